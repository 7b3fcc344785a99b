import { createHmac } from 'node:crypto';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { rowAuthority } from '../../../test/fakes/row-authority.ts';
import type { BrokenSet } from '../../aws/authority/authority.ts';
import { authorityMigrations, type AuthorityTables } from '../../aws/authority/schema.ts';
import { Secret } from '../../lib/secret.ts';
import { TestVault } from '../kms/test-vault.ts';
import {
  createEvents,
  eventMigrations,
  everyAccount,
  type Events,
  type EventTables,
} from './index.ts';
import type { WebhookHttp } from './ports.ts';

type Post = Parameters<WebhookHttp['send']>[0];

export const url = 'https://hooks.example/events';

/** The room for tests: its webhooks answer as the test says. */
export class EventsRoom extends FakePipeline {
  readonly store: MemoryStore<AuthorityTables & EventTables>;
  readonly broken: BrokenSet[] = [];
  readonly warnings: string[] = [];
  readonly posts: Post[] = [];
  events: Events;
  file: string | undefined;
  /** What a webhook answers. */
  answer: (post: Post) => Promise<number> = async () => 204;
  readonly #vault = new TestVault();

  static async open(): Promise<EventsRoom> {
    return new EventsRoom(await MemoryStore.open({ ...authorityMigrations, ...eventMigrations }));
  }

  private constructor(store: MemoryStore<AuthorityTables & EventTables>) {
    super(store);
    this.store = store;
    this.events = this.started();
  }

  /** As another process would, which knows only what is kept. */
  restart(): void {
    this.events = this.started();
  }

  started(): Events {
    const warn = (message: string) => this.warnings.push(message);
    return createEvents(this.store.db, rowAuthority(this.store.db, this.broken), {
      vault: this.#vault,
      http: {
        send: async (post) => {
          this.posts.push(post);
          return { status: await this.answer(post) };
        },
      },
      file: this.file,
      clock: this.clock,
      random: { bytes: (count) => new Uint8Array(count), uuid: () => '' },
      log: { info() {}, warn, error: warn },
    });
  }

  add(secret: Uint8Array, account = everyAccount): Promise<string> {
    return this.as((call) =>
      this.events.addWebhook(call, { url, account, secret: new Secret(secret.slice()) }),
    );
  }

  tell(n: number, account = '111122223333'): Promise<void> {
    return this.as(async (call) =>
      this.events.tell(call, {
        source: 'aws.acm',
        detailType: 'Something',
        account,
        region: 'eu-west-1',
        resources: ['arn'],
        detail: { n },
      }),
    );
  }

  /** One round of deliveries. */
  async deliver(): Promise<void> {
    const host = {
      commit: this.store.commit.bind(this.store),
      record: async (receipts: readonly unknown[]) => void this.recorded.push(...receipts),
    };
    await Promise.all(await this.events.startDeliveries(host));
  }

  readonly recorded: unknown[] = [];

  /** What the receivers were told, in order. */
  get told(): number[] {
    return this.posts.map(({ body }) => numberIn(Buffer.from(body).toString()));
  }
}

export function numberIn(body: string): number {
  return (JSON.parse(body) as { detail: { n: number } }).detail.n;
}

/** As a receiver would make it. */
export function signatureOf(secret: Uint8Array, { headers, body }: Post): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${Buffer.from(body).toString()}`;
  return `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`;
}

import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Call } from '../../aws/call.ts';
import { randomHex } from '../../lib/random.ts';
import { reveal, type Secret } from '../../lib/secret.ts';
import type { Change } from '../../store/change.ts';
import { Delivery, type DeliveryHost } from './delivery.ts';
import { eventBody, type Happening } from './domain/event.ts';
import { targetUrl, UrlRefused } from './domain/target-url.ts';
import { EventTargetRefused } from './errors.ts';
import { Outbox } from './outbox.ts';
import type { EventsPorts } from './ports.ts';
import type { EventTables } from './schema.ts';
import { SealedSecrets } from './sealed-secrets.ts';
import { everyAccount, fileTarget, Targets } from './targets.ts';

export { eventAuthoritySets } from './authority-sets.ts';
export { eventMigrations, type EventTables } from './schema.ts';
export { everyAccount } from './targets.ts';
export { webhookSecret } from './webhook.ts';

/** A target as the operator sees it: never its secret. */
interface ListedTarget {
  readonly id: string;
  readonly url: string;
  /** `*` for all. */
  readonly account: string;
  readonly backlog: number;
  readonly dropped: number;
  readonly lastFailure: string | null;
}

/** The room with its three doors: who tells, the operator, and the worker. */
export interface Events extends Disposable {
  /** Keeps an event for all who want to hear of it, in the commit of `call.change`. */
  tell(call: Call, happening: Happening): void;
  /** The file of the settings becomes a target, or none. Once in the life of a worker. */
  followSettings(change: Change): Promise<void>;
  /** @param secret stays the caller's @returns the id. @throws EventTargetRefused */
  addWebhook(
    call: Call,
    webhook: { readonly url: string; readonly account: string; readonly secret: Secret },
  ): Promise<string>;
  /** Signs with both secrets from now on, until this is done again. @throws EventTargetRefused */
  rotateSecret(call: Call, id: string, secret: Secret): Promise<void>;
  /** With all that waits for it. @throws EventTargetRefused */
  remove(call: Call, id: string): Promise<void>;
  list(): Promise<readonly ListedTarget[]>;
  /** Has an event delivered that says nothing. @throws EventTargetRefused */
  test(call: Call, id: string): Promise<void>;
  /** See `Delivery`. */
  startDeliveries(host: DeliveryHost): Promise<readonly Promise<void>[]>;
  dropOverdue(host: Pick<DeliveryHost, 'commit'>): Promise<void>;
}

export function createEvents(
  db: Kysely<EventTables>,
  authority: Authority,
  ports: EventsPorts,
): Events {
  const targets = new Targets(db, authority);
  const outbox = new Outbox(db);
  const sealed = new SealedSecrets(ports.vault, targets);
  const delivery = new Delivery(ports, targets, outbox, sealed);
  const newEvent = (call: Call, happening: Happening) => {
    const id = call.random.uuid();
    return { id, body: eventBody(id, call.clock.now(), happening) };
  };
  return {
    tell(call, happening) {
      const event = { ...newEvent(call, happening), account: happening.account };
      outbox.put(call.change, event, call.clock.now());
    },
    async followSettings(change) {
      const isKnown = (await targets.list()).some(({ id }) => id === fileTarget);
      const isWanted = ports.file !== undefined;
      if (isKnown && !isWanted) targets.remove(change, fileTarget);
      if (isKnown || !isWanted) return;
      const created_at = ports.clock.now().epochMilliseconds;
      const row = { id: fileTarget, url: '', account: everyAccount, created_at };
      await targets.add(change, { ...row, secret: null, previous_secret: null });
    },
    async addWebhook(call, { url: text, account, secret }) {
      const url = checkedUrl(text);
      const id = `webhook-${randomHex(call.random, 8)}`;
      await targets.add(call.change, {
        id,
        url,
        account,
        created_at: call.clock.now().epochMilliseconds,
        secret: await sealed.seal(call, { id, url }, reveal(secret)),
        previous_secret: null,
      });
      return id;
    },
    async rotateSecret(call, id, secret) {
      const target = await targets.named(id);
      if (target.secret === null) throw new EventTargetRefused('a file has no secret');
      targets.replaceSecret(call.change, target, await sealed.seal(call, target, reveal(secret)));
    },
    async remove(call, id) {
      const target = await targets.named(id);
      if (target.id === fileTarget)
        throw new EventTargetRefused('the file is a setting: start without --events-file');
      targets.remove(call.change, id);
    },
    async list() {
      const progress = new Map((await outbox.progress()).map((each) => [each.target_id, each]));
      const listed = (await targets.list()).map(async ({ id, url, account }) => ({
        id,
        url,
        account,
        backlog: await outbox.backlog(id),
        dropped: Number(progress.get(id)?.dropped ?? 0),
        lastFailure: progress.get(id)?.last_failure ?? null,
      }));
      return Promise.all(listed);
    },
    async test(call, id) {
      const target = await targets.named(id);
      const { account, region } = call;
      const happening = { source: 'holdfast', detailType: 'Test Event', resources: [], detail: {} };
      const event = newEvent(call, { ...happening, account, region });
      outbox.putFor(call.change, target.id, event, call.clock.now());
    },
    startDeliveries: (host) => delivery.start(host),
    dropOverdue: (host) => delivery.dropOverdue(host),
    [Symbol.dispose]: () => delivery[Symbol.dispose](),
  };
}

function checkedUrl(text: string): string {
  try {
    return targetUrl(text);
  } catch (error) {
    if (error instanceof UrlRefused) throw new EventTargetRefused(error.message);
    throw error;
  }
}

import { duplexPair } from 'node:stream';
import { AcmeServer } from '../../../test/fakes/acme-server.ts';
import { MemoryStore } from '../../../test/fakes/memory-store.ts';
import { FakePipeline } from '../../../test/fakes/pipeline.ts';
import { rowAuthority } from '../../../test/fakes/row-authority.ts';
import { orderFor } from '../../../test/suites/issuer.ts';
import { authorityMigrations } from '../../aws/authority/schema.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { connectVault } from '../../vault-client/client.ts';
import { VaultCore } from '../../vault/core.ts';
import { serveChannel } from '../../vault/server.ts';
import type { IssuedCertificate } from '../issuer.ts';
import { Challenges } from './challenges.ts';
import { createAcme, type Acme, type IssuerSettings } from './index.ts';
import type { AcmePorts } from './ports.ts';
import { acmeMigrations, type AcmeTables } from './schema.ts';

/** Orders at a small CA, with a clock that stands, and is put forward to the next step. */
export class TestWorld extends FakePipeline {
  readonly acme: Acme;
  readonly server: AcmeServer;
  /** A second CA, at `other.test`. */
  readonly other: AcmeServer;
  readonly challenges: Challenges;
  readonly store: MemoryStore<AcmeTables>;
  readonly warnings: string[] = [];
  readonly #vault = vault();

  static async open(): Promise<TestWorld> {
    return new TestWorld(await MemoryStore.open({ ...authorityMigrations, ...acmeMigrations }));
  }

  private constructor(store: MemoryStore<AcmeTables>) {
    super(store);
    this.store = store;
    this.challenges = new Challenges(store.db);
    const records = (domain: string) => this.challenges.valuesAt(validationNameOf(domain));
    this.server = new AcmeServer(this.now, records);
    this.other = new AcmeServer(this.now, records, 'other.test');
    this.acme = this.process();
  }

  /** As another process has it: it remembers nothing. */
  process(): Acme {
    return createAcme(this.store.db, {
      vault: this.#vault,
      authority: rowAuthority(this.store.db, []),
      http: {
        send: (request) =>
          (request.url.startsWith('https://other.test/') ? this.other : this.server).send(request),
      },
      clock: this.clock,
      run: (_eventName, work) => this.as(work),
      log: { ...silentLog, warn: (message: string) => this.warnings.push(message) },
    });
  }

  add(settings: Partial<IssuerSettings> = {}): Promise<void> {
    return this.as((call) =>
      this.acme.add(call, {
        name: 'ca',
        account: '*',
        domains: 'a.test',
        rank: 100,
        directory_url: this.server.directoryUrl,
        profile: null,
        preferred_chain: null,
        contacts: [],
        ...settings,
      }),
    );
  }

  /** The words of an order that is not made yet. */
  async prepared(names: readonly [string, ...string[]], replaced?: string): Promise<string> {
    const domains = names.map((name) => name.replace(/^\*\./, ''));
    const validationNames = Object.fromEntries(
      domains.map((domain) => [domain, `${validationNameOf(domain)}.`]),
    );
    const order = orderFor('EC_prime256v1', names);
    const external = { issuer: 'ca', validationNames, replaced };
    const { prepared } = await this.acme.issuer.prepare(this.call(), { ...order, external });
    return prepared;
  }

  /** Each step by a process of its own, and when it is time. @throws what the issuer throws */
  async finish(prepared: string, steps = 60): Promise<IssuedCertificate> {
    let words = prepared;
    for (let n = 0; n < steps; n += 1) {
      const answer = await this.as((call) => this.process().issuer.sign(call, words));
      if (!('prepared' in answer)) return answer;
      words = answer.prepared;
      if (Temporal.Instant.compare(answer.notBefore, this.now) > 0) this.now = answer.notBefore;
    }
    throw new Error(`no certificate after ${steps} steps`);
  }

  async issue(...names: [string, ...string[]]): Promise<IssuedCertificate> {
    return this.finish(await this.prepared(names));
  }
}

export function validationNameOf(domain: string): string {
  return `${domain.replaceAll('.', '-')}.validations.test`;
}

function vault(): AcmePorts['vault'] {
  const [ours, its] = duplexPair();
  const core = new VaultCore(systemRandom.bytes(32), systemClock, systemRandom);
  serveChannel(its, 'client', core, silentLog);
  return connectVault(ours);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeCaVault } from '../../../test/fakes/ca-vault.ts';
import { accountId, region } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { Change } from '../../store/change.ts';
import { openSqliteStore } from '../../store/sqlite/index.ts';
import { GuardFailed } from '../../store/store.ts';
import { createPrivateCa, type PrivateCa } from './index.ts';
import type { PrivateCaPorts } from './ports.ts';
import { privateCaMigrations, type PrivateCaTables } from './schema.ts';

/** A private authority on a store of its own, with a clock that stands. */
export class TestAuthority implements AsyncDisposable {
  now = Temporal.Instant.from('2026-11-24T12:00:00.5Z');
  readonly receipts: VaultReceipt[] = [];
  readonly ran: string[] = [];
  readonly vault;
  readonly store;
  readonly ca: PrivateCa;
  readonly #folder: string;

  static async open(vault: PrivateCaPorts['vault'] = fakeCaVault()): Promise<TestAuthority> {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-ca-'));
    const store = await openSqliteStore<PrivateCaTables>({
      file: join(folder, 'holdfast.db'),
      migrations: [privateCaMigrations],
      log: silentLog,
    });
    return new TestAuthority(folder, store, vault);
  }

  private constructor(
    folder: string,
    store: Awaited<ReturnType<typeof openSqliteStore<PrivateCaTables>>>,
    vault: PrivateCaPorts['vault'],
  ) {
    this.#folder = folder;
    this.store = store;
    this.vault = vault;
    this.ca = this.process();
  }

  /** The authority as another process sees it. */
  process(): PrivateCa {
    return createPrivateCa(this.store.db, {
      vault: this.vault,
      clock: this.clock,
      crlBaseUrl: 'http://127.0.0.1:4580/crl',
      run: (eventName, work) => {
        this.ran.push(eventName);
        return this.run(work);
      },
    });
  }

  readonly clock = { now: () => this.now, monotonic: () => 0 };

  /** As the pipeline does: again when a guard failed. */
  async run<T>(work: (call: Call) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      const call = this.call();
      const result = await work(call);
      try {
        await this.store.commit(call.change);
        return result;
      } catch (error) {
        if (!(error instanceof GuardFailed) || attempt === 5) throw error;
      }
    }
  }

  call(): Call {
    const account = accountId('111122223333');
    const call: Call = {
      requestId: systemRandom.uuid(),
      account,
      region: region('eu-west-1'),
      principal: { type: 'service', name: 'acm.eu-west-1.amazonaws.com', account },
      invokedBy: undefined,
      clock: this.clock,
      random: systemRandom,
      change: new Change(),
      audit: {
        resource() {},
        requestParameters() {},
        responseElements() {},
        additional() {},
        receipt: (receipt) => this.receipts.push(receipt),
      },
      signal: new AbortController().signal,
      authorize: () => Promise.reject(new Error('nothing is to be authorized')),
      needsNoPermission() {},
      via: () => call,
      as: () => call,
      nested: (_event, work) => work(call),
    };
    return call;
  }

  pass(duration: Temporal.DurationLike): void {
    this.now = this.now.toZonedDateTimeISO('UTC').add(duration).toInstant();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

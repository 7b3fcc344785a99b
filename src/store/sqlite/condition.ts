import type { Log } from '../../lib/log.ts';
import { StoreUnavailable } from '../store.ts';
import { databaseFailed, isDamage, resultCode } from './connection.ts';

const probeMilliseconds = 1_000;

/**
 * Whether the database does what it is asked: one line of the log when that ends, and one when it is so again.
 * Meanwhile it is probed once a second.
 */
export class Condition implements Disposable {
  readonly #log: Log;
  readonly #probe: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #isFailing = false;
  #isDamaged = false;
  #readFailed = false;
  #isDisposed = false;

  /** @param probe rejects as long as the database fails */
  constructor(log: Log, probe: () => Promise<void>) {
    this.#log = log;
    this.#probe = probe;
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Runs a query. @throws StoreUnavailable when the database is at fault, else what `query` throws */
  read<T>(query: () => T): T {
    try {
      return query();
    } catch (cause) {
      if (!(cause instanceof Error) || !databaseFailed.has(resultCode(cause) ?? 0)) throw cause;
      this.#readFailed = true;
      if (isDamage(cause)) this.#isDamaged = true;
      this.failed(cause.message);
      throw new StoreUnavailable(cause.message, { cause });
    }
  }

  /** @param reason SQLite's message, which names tables and columns, never values */
  failed(reason: string): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#log.error('the store fails, and calls are refused', { reason });
    this.#probeLater();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #probeLater(): void {
    // What is damaged stays so, whatever else can still be read and written.
    if (this.#isDamaged || this.#isDisposed) return;
    this.#readFailed = false;
    this.#timer = setTimeout(() => {
      this.#probe().then(
        () => this.#probed(),
        () => this.#probeLater(),
      );
    }, probeMilliseconds).unref();
  }

  #probed(): void {
    if (this.#readFailed || this.#isDamaged) return this.#probeLater();
    this.#isFailing = false;
    this.#log.info('the store works again');
  }
}

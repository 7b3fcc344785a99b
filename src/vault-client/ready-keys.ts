import type { Clock } from '../lib/clock.ts';
import { VaultUnavailable, type PrivateKeySpec, type ReadyKey, type Vault } from './vault.ts';

/** The algorithm of who names none, and the only common one that takes long. */
const spec: PrivateKeySpec = 'RSA_2048';
/** A start has better things to do. */
const settleMilliseconds = 2_000;
const restMilliseconds = 100;
/** After each key it rests so many times as long as the key took: at most a fifth of one core is spent. */
const restsPerKey = 4;

/**
 * Key pairs that the vault has made while nobody waited for one, so that an RSA certificate is as fast as any other until
 * they are used up. They are wrapped, and in the memory of this process only: when it ends they are gone, and none can be
 * found again by whoever comes next. So each serves one certificate at most.
 */
export class ReadyKeys {
  readonly #vault: Pick<Vault, 'generateReadyKey'>;
  readonly #size: number;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #keys: ReadyKey[] = [];

  constructor(
    vault: Pick<Vault, 'generateReadyKey'>,
    size: number,
    clock: Pick<Clock, 'monotonic'>,
  ) {
    this.#vault = vault;
    this.#size = size;
    this.#clock = clock;
  }

  /** One that nobody had or will have, also when the taker comes to nothing; undefined when none is ready. */
  take(wanted: PrivateKeySpec): ReadyKey | undefined {
    return wanted === spec ? this.#keys.shift() : undefined;
  }

  /** Makes one after the other while there is room, until `stop`. */
  async keepFilled(
    stop: AbortSignal,
    pause: (milliseconds: number, stop: AbortSignal) => Promise<void>,
  ): Promise<void> {
    for (let rest = settleMilliseconds; !stop.aborted;) {
      await pause(rest, stop);
      rest = restMilliseconds;
      if (stop.aborted || this.#keys.length >= this.#size) continue;
      const startedAt = this.#clock.monotonic();
      try {
        this.#keys.push(await this.#vault.generateReadyKey(spec));
      } catch (error) {
        // It is being restarted, or makes keys for those who wait.
        if (!(error instanceof VaultUnavailable)) throw error;
      }
      rest = Math.max(restMilliseconds, restsPerKey * (this.#clock.monotonic() - startedAt));
    }
  }
}

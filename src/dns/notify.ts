import { setTimeout as delay } from 'node:timers/promises';
import { describeError, type Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { rcodes } from './answer.ts';
import { exchange, type NameServer } from './exchange.ts';
import type { Transfers } from './transfer.ts';

export interface NotifyOptions extends Transfers {
  /** Another number after each commit: only then the serials are read again. */
  readonly changed: () => number;
  /** IP address of our own server, under which the secondaries know it; any of this machine when absent. */
  readonly localAddress?: string;
  readonly random: Random;
  readonly log: Log;
  /** Ends it. */
  readonly stop: AbortSignal;
  /** Between two looks at `changed`. */
  readonly intervalMilliseconds?: number;
  /** For each of the tries to tell a secondary. */
  readonly timeoutMilliseconds?: number;
}

const tries = 3;

/**
 * Tells every secondary which zones have another serial than before; at the start, all. A secondary that does not answer
 * learns of the change when it asks by itself, as the zone's SOA says. Resolves when it is stopped.
 * @see RFC 1996
 */
export async function notifySecondaries(options: NotifyOptions): Promise<void> {
  const { source, changed, log, stop, intervalMilliseconds = 1_000 } = options;
  const secondaries = options.secondaries.map((server) => new Secondary(server, options));
  let serials: ReadonlyMap<string, number> = new Map();
  let asOf: number | undefined;
  while (!stop.aborted) {
    try {
      const now = changed();
      if (now !== asOf) {
        const before = serials;
        serials = await source.serials();
        asOf = now;
        const moved = [...serials].filter(([name, serial]) => before.get(name) !== serial);
        for (const secondary of secondaries) secondary.tell(moved.map(([name]) => name));
      }
    } catch (error) {
      log.error('secondaries cannot be told of changes', { error: describeError(error) });
    }
    await delay(intervalMilliseconds, undefined, { signal: stop }).catch(() => undefined);
  }
}

/** Is told of one zone after the other. */
class Secondary {
  readonly #server: NameServer;
  readonly #options: NotifyOptions;
  readonly #untold = new Set<string>();
  #isTelling = false;
  #isSilent = false;

  constructor(server: NameServer, options: NotifyOptions) {
    this.#server = server;
    this.#options = options;
  }

  tell(zones: readonly string[]): void {
    for (const zone of zones) this.#untold.add(zone);
    if (!this.#isTelling) void this.#tellAll();
  }

  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    for (const zone of this.#untold) {
      if (this.#options.stop.aborted) break;
      // Before it is told: what changes meanwhile is told again.
      this.#untold.delete(zone);
      this.#note(await this.#isToldOf(zone));
    }
    this.#isTelling = false;
  }

  async #isToldOf(name: string): Promise<boolean> {
    const { random, localAddress, timeoutMilliseconds = 2_000, stop } = this.#options;
    for (let attempt = 0; attempt < tries && !stop.aborted; attempt++) {
      try {
        const { flags = 0 } = await exchange(this.#server, {
          question: { name, type: 'SOA' },
          isNotify: true,
          timeoutMilliseconds,
          random,
          ...(localAddress === undefined ? {} : { localAddress }),
        });
        return (flags & 0x0f) === rcodes.noError;
      } catch {
        // Silent: told again.
      }
    }
    return false;
  }

  #note(isTold: boolean): void {
    const { log, stop } = this.#options;
    if (isTold !== this.#isSilent || stop.aborted) return;
    this.#isSilent = !isTold;
    const { host, port } = this.#server;
    if (isTold) log.info('a secondary takes NOTIFY again', { host, port });
    else log.warn('a secondary does not take NOTIFY', { host, port });
  }
}

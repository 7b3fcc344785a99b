import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError, type Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { rcodes } from './answer.ts';
import { exchange, type NameServer } from './exchange.ts';
import type { Transfers } from './transfer.ts';

export interface NotifyOptions extends Transfers {
  /** Another number after each commit: only then the serials are read again. */
  readonly changed: () => number;
  /** IP address of our own server, under which secondaries of its family know it; any of this machine when absent. */
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

type Reaction = 'taken' | 'refused' | 'silent';

/** Is told of one zone after the other. */
class Secondary {
  readonly #server: NameServer;
  readonly #options: NotifyOptions;
  readonly #untold = new Set<string>();
  readonly #refused = new Set<string>();
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
      this.#note(zone, await this.#answerTo(zone));
    }
    this.#isTelling = false;
  }

  async #answerTo(name: string): Promise<Reaction> {
    const { random, localAddress = '', timeoutMilliseconds = 2_000, stop } = this.#options;
    const isReachableFromIt = isIPv6(localAddress) === isIPv6(this.#server.host);
    for (let attempt = 0; attempt < tries && !stop.aborted; attempt++) {
      try {
        const { flags = 0 } = await exchange(this.#server, {
          question: { name, type: 'SOA' },
          isNotify: true,
          timeoutMilliseconds,
          random,
          ...(localAddress !== '' && isReachableFromIt ? { localAddress } : {}),
        });
        return (flags & 0x0f) === rcodes.noError ? 'taken' : 'refused';
      } catch {
        // Silent: told again.
      }
    }
    return 'silent';
  }

  /** Each zone that it does not have, and each time that it falls silent, is on record once. */
  #note(zone: string, reaction: Reaction): void {
    const { log, stop } = this.#options;
    if (stop.aborted) return;
    const { host, port } = this.#server;
    const isSilent = reaction === 'silent';
    if (isSilent && !this.#isSilent) log.warn('a secondary does not answer NOTIFY', { host, port });
    if (!isSilent && this.#isSilent) log.info('a secondary answers NOTIFY again', { host, port });
    this.#isSilent = isSilent;
    if (reaction === 'taken') this.#refused.delete(zone);
    if (reaction !== 'refused' || this.#refused.has(zone)) return;
    this.#refused.add(zone);
    log.warn('a secondary does not have all zones', { host, port, missing: this.#refused.size });
  }
}

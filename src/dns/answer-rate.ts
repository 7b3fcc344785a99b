import { ipv6Network, plainAddress } from '../lib/ip-network.ts';
import { TokenBucket, type Rate } from '../lib/token-bucket.ts';

/** Answers to one network over UDP: a resolver with an empty cache asks for less. */
const rate: Rate = { burst: 200, perSecond: 50 };
/** Networks that are remembered; the oldest is forgotten first, and begins anew. */
const maxNetworks = 10_000;

/**
 * How often a network is answered over UDP, where anybody can write anybody's address on a query: answers are longer
 * than queries, and would go to whom the sender wants to flood. Loopback addresses come over no network.
 */
export class AnswerRate {
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #monotonic: () => number;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** @returns false for a query that is to be asked again over TCP, where the address is proved */
  take(address: string): boolean {
    const network = networkOf(address);
    if (network === undefined) return true;
    let bucket = this.#buckets.get(network);
    if (bucket === undefined) {
      bucket = new TokenBucket(rate, this.#monotonic);
      this.#buckets.set(network, bucket);
      const [oldest] = this.#buckets.keys();
      if (this.#buckets.size > maxNetworks && oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket.take();
  }
}

/** The /24 or /56 of an address; undefined for loopback. */
function networkOf(address: string): string | undefined {
  const plain = plainAddress(address);
  if (plain.startsWith('127.') || plain === '::1') return undefined;
  return ipv6Network(plain) ?? plain.slice(0, plain.lastIndexOf('.'));
}

import type { Call } from '../../aws/call.ts';
import { ipv6Network, plainAddress } from '../../lib/ip-network.ts';
import { Recent } from '../../lib/recent.ts';
import { TokenBucket, type Rate } from '../../lib/token-bucket.ts';

interface GuessRate extends Rate {
  /** What a process that has just started allows: whoever makes it start again gains nothing by it. */
  readonly atStart: number;
}

/** Ten wrong answers about somebody, then one more with each half minute. */
const perHolder: GuessRate = { burst: 10, perSecond: 1 / 30, atStart: 1 };
/** From one address, about whomever. */
const perAddress: GuessRate = { burst: 50, perSecond: 1 / 3, atStart: 10 };
const remembered = 10_000;

/**
 * Slows down who guesses passwords and codes, by whose they are and by the address. A right answer costs nothing. Nobody
 * is locked out for good: time brings more guesses, and an address from which a right answer came has its own, which
 * others cannot use up.
 */
export class Guesses {
  readonly #ofHolders = new Recent<TokenBucket>(remembered);
  readonly #ofAddresses = new Recent<TokenBucket>(remembered);
  /** Of holders at addresses from which they gave a right answer. */
  readonly #ofKnown = new Recent<TokenBucket>(remembered);
  #startedAt: number | undefined;

  /**
   * Looks at one guess, unless there were too many wrong ones: then it is as wrong as they.
   * @param holder whose secret is guessed, of whatever account
   * @param look undefined or false when the guess is wrong
   */
  async look<T>(
    call: Pick<Call, 'clock' | 'sourceIp'>,
    holder: string,
    look: () => Promise<T>,
  ): Promise<T | undefined> {
    const address = networkOf(call.sourceIp);
    const place = `${holder} ${address}`;
    const known = this.#ofKnown.find(place);
    const buckets = [
      known ?? this.#bucket(this.#ofHolders, holder, { call, rate: perHolder }),
      this.#bucket(this.#ofAddresses, address, { call, rate: perAddress }),
    ];
    // Taken before the look: of many guesses at once no more are looked at than of as many in a row.
    const taken = buckets.filter((each) => each.take());
    const isLooked = taken.length === buckets.length;
    const found = isLooked ? await look() : undefined;
    const isRight = found !== undefined && found !== false;
    if (isRight || !isLooked) taken.forEach((each) => each.giveBack());
    if (isRight && known === undefined)
      this.#bucket(this.#ofKnown, place, { call, rate: perHolder });
    return found;
  }

  #bucket(
    from: Recent<TokenBucket>,
    key: string,
    { call: { clock }, rate }: { readonly call: Pick<Call, 'clock'>; readonly rate: GuessRate },
  ): TokenBucket {
    return from.get(key, () => {
      const now = clock.monotonic();
      this.#startedAt ??= now;
      const earned = ((now - this.#startedAt) / 1000) * rate.perSecond;
      return new TokenBucket(rate, () => clock.monotonic(), rate.atStart + earned);
    });
  }
}

/** What one customer of a provider has; the operator's own socket has no address. */
function networkOf(address = ''): string {
  const plain = plainAddress(address);
  return ipv6Network(plain) ?? plain;
}

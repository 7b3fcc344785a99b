import type { SigningCredentials } from '../../aws/sigv4/sign.ts';
import type { Clock } from '../../lib/clock.ts';

const askAgainMilliseconds = 5_000;
/** Asked for after this share of their life, so that there is time for many attempts. */
const shareOfLife = 0.75;

export interface TemporaryCredentials extends SigningCredentials {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Credentials that others renew: asks for new ones, whenever they are used, as often as it needs to. */
export class RenewedCredentials {
  readonly #clock: Clock;
  readonly #ask: () => void;
  #current: TemporaryCredentials;
  #renewAt: number;
  #lastAsked = -Infinity;

  constructor(first: TemporaryCredentials, ask: () => void, clock: Clock) {
    this.#clock = clock;
    this.#ask = ask;
    this.#current = first;
    this.#renewAt = this.#renewalOf(first);
  }

  /** The newest there are; whether they still hold is for the control plane to say. */
  current(): SigningCredentials {
    if (this.#clock.now().epochMilliseconds >= this.#renewAt) this.#askAgain();
    return this.#current;
  }

  replace(credentials: TemporaryCredentials): void {
    this.#current = credentials;
    this.#renewAt = this.#renewalOf(credentials);
  }

  /** The control plane did not take them, whatever the clock says. */
  refused(): void {
    this.#askAgain();
  }

  #renewalOf({ expiresAt }: TemporaryCredentials): number {
    const now = this.#clock.now().epochMilliseconds;
    return now + (expiresAt - now) * shareOfLife;
  }

  #askAgain(): void {
    const now = this.#clock.monotonic();
    if (now - this.#lastAsked < askAgainMilliseconds) return;
    this.#lastAsked = now;
    this.#ask();
  }
}

/** How often something may be done: so many times at once, and so many times a second in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export class TokenBucket {
  readonly #rate: Rate;
  readonly #monotonic: () => number;
  #tokens: number;
  #at: number;

  /**
   * @param monotonic milliseconds, as `Clock.monotonic` counts them
   * @param tokens at first
   */
  constructor(rate: Rate, monotonic: () => number, tokens = rate.burst) {
    this.#rate = rate;
    this.#monotonic = monotonic;
    this.#tokens = Math.min(rate.burst, tokens);
    this.#at = monotonic();
  }

  /** Takes one token; false when there is none. */
  take(): boolean {
    const now = this.#monotonic();
    const earned = ((now - this.#at) / 1000) * this.#rate.perSecond;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + earned);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Takes a token back that was not needed. */
  giveBack(): void {
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + 1);
  }
}

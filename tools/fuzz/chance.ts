/**
 * Numbers that a seed decides (xorshift32, Marsaglia 2003): a run can be repeated from its seed. For tests only,
 * these can be foretold.
 */
export class Chance {
  #state: number;

  constructor(seed: number) {
    // Zero would stay zero for ever.
    this.#state = (seed ^ 0x9e3779b9) | 0 || 1;
    for (let round = 0; round < 8; round += 1) this.#next();
  }

  /** A whole number of at least 0 and below `end`. */
  below(end: number): number {
    return end <= 1 ? 0 : this.#next() % end;
  }

  /** True once in `n` times. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.below(from.length)];
    if (from.length === 0) throw new TypeError('nothing to pick from');
    return found as T;
  }

  /** Small numbers often, `most` seldom: each power of two is as likely as the next. */
  size(most: number): number {
    const bits = 1 + this.below(Math.max(1, Math.ceil(Math.log2(most + 1))));
    return Math.min(most, 1 + this.below(2 ** bits));
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }
}

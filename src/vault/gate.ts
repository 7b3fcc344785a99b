/** Lets some tasks run at once; the others wait their turn, first come first served. */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  readonly #maxAtOnce: number;

  constructor(maxAtOnce: number) {
    this.#maxAtOnce = maxAtOnce;
    this.#free = maxAtOnce;
  }

  get isIdle(): boolean {
    return this.#free === this.#maxAtOnce;
  }

  async pass<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

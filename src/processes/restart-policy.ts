const longestBackOffMilliseconds = 5_000;
/** A process that lived this long has not failed at its start; less is enough for one that was ready. */
const steadyMilliseconds = 10_000;
const steadyOnceReadyMilliseconds = 1_000;

/** How long to wait before a process that ended is started again. */
export class RestartPolicy {
  #failures = 0;

  /** Starts in a row that came to nothing. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * The first time not at all: a single crash should cost clients no more than the start itself.
   * @param livedMilliseconds from the start to the end of the process
   * @param wasReady whether it did its work in between
   * @returns milliseconds
   */
  waitAfter(livedMilliseconds: number, wasReady: boolean): number {
    const steady = wasReady ? steadyOnceReadyMilliseconds : steadyMilliseconds;
    this.#failures = livedMilliseconds > steady ? 0 : this.#failures + 1;
    if (this.#failures <= 1) return 0;
    return Math.min(100 * 2 ** this.#failures, longestBackOffMilliseconds);
  }
}

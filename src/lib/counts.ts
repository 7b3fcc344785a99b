/** What was counted: the name of a metric, the values of its labels in order, and how much was added. */
export type Count = readonly [name: string, labels: readonly string[], amount: number];

/** Sums of what was counted, by name and labels. */
export class Counts {
  readonly #sums = new Map<string, { name: string; labels: readonly string[]; sum: number }>();

  add(name: string, labels: readonly string[], amount = 1): void {
    const key = JSON.stringify([name, ...labels]);
    const known = this.#sums.get(key);
    if (known === undefined) this.#sums.set(key, { name, labels, sum: amount });
    else known.sum += amount;
  }

  addAll(counts: readonly Count[]): void {
    for (const [name, labels, amount] of counts) this.add(name, labels, amount);
  }

  all(): readonly Count[] {
    return [...this.#sums.values()].map(({ name, labels, sum }) => [name, labels, sum] as const);
  }

  /** All of it, and begins at nothing again. */
  take(): readonly Count[] {
    const counts = this.all();
    this.#sums.clear();
    return counts;
  }
}

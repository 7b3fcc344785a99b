/**
 * A bounded memory of values that can be made again; one that was not asked for long goes first. To move a value to the
 * end each time it is asked for would cost more than to find it: those near the end stay where they are.
 */
export class Recent<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly n: number }>();
  readonly #capacity: number;
  readonly #forget: (value: Value) => void;
  /** Counts what was put at the end. */
  #n = 0;

  constructor(capacity: number, forget: (value: Value) => void = () => {}) {
    this.#capacity = capacity;
    this.#forget = forget;
  }

  get(key: string, make: () => Value): Value {
    const found = this.find(key);
    if (found !== undefined) return found;
    const value = make();
    this.set(key, value);
    return value;
  }

  /** Undefined when it is not remembered. */
  find(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (this.#n - entry.n >= this.#capacity / 4) this.set(key, entry.value);
    return entry.value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, n: ++this.#n });
    if (this.#entries.size <= this.#capacity) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.delete(oldest);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#forget(entry.value);
  }
}

/** A bounded memory of values that can be made again; the one that was not asked for longest goes first. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #capacity: number;
  readonly #forget: (value: Value) => void;

  constructor(capacity: number, forget: (value: Value) => void = () => {}) {
    this.#capacity = capacity;
    this.#forget = forget;
  }

  get(key: string, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    this.set(key, value);
    return value;
  }

  /** Undefined when it is not remembered. */
  find(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#capacity && oldest !== undefined) this.delete(oldest);
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#values.delete(key);
    this.#forget(value);
  }
}

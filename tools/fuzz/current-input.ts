/** The input that a thread is working on, for another thread to see. */
export class CurrentInput {
  readonly memory: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#counters = new Int32Array(memory, 0, 2);
    this.#bytes = new Uint8Array(memory, 8);
  }

  static of(maxBytes: number): CurrentInput {
    return new CurrentInput(new SharedArrayBuffer(8 + maxBytes));
  }

  set(input: Uint8Array): void {
    this.#bytes.set(input);
    this.#counters[1] = input.length;
    Atomics.add(this.#counters, 0, 1);
  }

  /** How many there have been. */
  get count(): number {
    return Atomics.load(this.#counters, 0);
  }

  get(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, this.#counters[1]));
  }
}

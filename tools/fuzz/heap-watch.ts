import { setTimeout } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A heap that has warmed up may still grow by so much. */
export const mostGrowthBytes = 16 * 1024 * 1024;
/** Measurements in which it warms up. */
const warmUp = 3;

/** Measures what stays in memory after a full garbage collection, again and again. */
export class HeapWatch {
  readonly #collect: () => void;
  readonly #samples: number[] = [];

  constructor() {
    setFlagsFromString('--expose-gc');
    this.#collect = runInNewContext('gc') as () => void;
  }

  async measure(): Promise<void> {
    // What is freed by a finalizer is so in a later turn of the event loop.
    this.#collect();
    await setTimeout(10);
    this.#collect();
    const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
    this.#samples.push(heap + external);
  }

  /** Since it was warm: the least of the last three measurements, so that one bad moment is no trend. */
  get growthBytes(): number {
    if (this.#samples.length < warmUp + 3) return 0;
    return Math.min(...this.#samples.slice(-3)) - Math.max(...this.#samples.slice(0, warmUp));
  }
}

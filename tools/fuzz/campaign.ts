import fc from 'fast-check';
import { Chance } from './chance.ts';
import type { Coverage } from './coverage.ts';
import { HeapWatch, mostGrowthBytes } from './heap-watch.ts';
import { findOf, judged, milliseconds, type Find } from './judge.ts';
import { minimized } from './minimize.ts';
import { mutated } from './mutate.ts';
import type { Subject, Target } from './target.ts';

export interface CampaignOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Ends the campaign earlier. */
  readonly executions?: number;
  /** Kinds of finds after which it ends; 5 when absent. */
  readonly mostFinds?: number;
  /** Inputs to begin with. */
  readonly corpus: readonly Uint8Array[];
  /** Told of every input before it is taken. */
  readonly onInput?: (input: Uint8Array) => void;
}

export interface FoundInput extends Find {
  /** Empty when it takes many inputs. */
  readonly input: Uint8Array;
}

export interface Outcome {
  readonly executions: number;
  readonly seconds: number;
  /** Characters of the product's code that have run. */
  readonly reached: number;
  readonly heapGrowthBytes: number;
  /** Inputs that reached new code. */
  readonly kept: readonly Uint8Array[];
  readonly finds: readonly FoundInput[];
}

const [fewest, most] = [64, 2_048];
/** So that the corpus is no growth of memory. */
const mostKept = 1_000;
const millisecondsBetweenMeasurements = 500;

/** Feeds a subject until time is up or enough is found. What it does depends on the seed; how far it comes, on the machine. */
export async function campaign(
  target: Target,
  subject: Subject,
  coverage: Coverage,
  options: CampaignOptions,
): Promise<Outcome> {
  const run = new Campaign(target, subject, coverage, options);
  process.on('uncaughtException', run.onStray);
  process.on('unhandledRejection', run.onStray);
  try {
    return await run.toItsEnd();
  } finally {
    process.off('uncaughtException', run.onStray);
    process.off('unhandledRejection', run.onStray);
  }
}

class Campaign {
  readonly #target: Target;
  readonly #subject: Subject;
  readonly #coverage: Coverage;
  readonly #options: CampaignOptions;
  readonly #chance: Chance;
  readonly #heap = new HeapWatch();
  readonly #words: readonly Uint8Array[];
  readonly #corpus: Uint8Array[];
  readonly #kept: Uint8Array[] = [];
  readonly #finds = new Map<string, FoundInput>();
  #stray: Find | undefined;
  #executions = 0;
  #batchInputs = fewest;

  /** What was thrown where nobody could catch it: in a callback of the product. */
  readonly onStray = (error: unknown): void => {
    this.#stray ??= findOf(error);
  };

  constructor(target: Target, subject: Subject, coverage: Coverage, options: CampaignOptions) {
    this.#target = target;
    this.#subject = subject;
    this.#coverage = coverage;
    this.#options = options;
    this.#chance = new Chance(options.seed);
    this.#words = (target.words ?? []).map((word) => Buffer.from(word, 'latin1'));
    this.#corpus = [...options.corpus];
  }

  async toItsEnd(): Promise<Outcome> {
    const { seconds, executions = Infinity, mostFinds = 5, corpus } = this.#options;
    const begin = milliseconds();
    let measured = begin;
    const isOver = (): boolean =>
      milliseconds() - begin >= seconds * 1_000 ||
      this.#executions >= executions ||
      this.#finds.size >= mostFinds;
    await this.#feed(corpus, isOver);
    while (!isOver()) {
      await this.#feed(this.#batch(), isOver);
      if (milliseconds() - measured < millisecondsBetweenMeasurements) continue;
      measured = milliseconds();
      await this.#heap.measure();
      this.#judgeHeap();
    }
    return {
      executions: this.#executions,
      seconds: (milliseconds() - begin) / 1_000,
      reached: this.#coverage.reached,
      heapGrowthBytes: this.#heap.growthBytes,
      kept: this.#kept,
      finds: [...this.#finds.values()],
    };
  }

  /** Half with the structure of the format, half mutations of what got far before. */
  #batch(): Uint8Array[] {
    const { inputs, maxBytes, mutate } = this.#target;
    const made = fc.sample(inputs, {
      seed: this.#chance.below(0x7fff_ffff),
      numRuns: this.#batchInputs / 2,
    });
    const pool = this.#corpus.length === 0 ? made : this.#corpus;
    const mutations = Array.from({ length: this.#batchInputs / 2 }, () => {
      const input = this.#chance.pick(this.#chance.oneIn(4) ? made : pool);
      if (mutate !== undefined && this.#chance.oneIn(2)) return mutate(input, this.#chance);
      return mutated(input, { others: pool, words: this.#words, maxBytes }, this.#chance);
    });
    return [...made, ...mutations].map((input) => input.subarray(0, maxBytes));
  }

  async #feed(batch: readonly Uint8Array[], isOver: () => boolean): Promise<void> {
    const sound: Uint8Array[] = [];
    for (const input of batch) {
      if (await this.#take(input)) sound.push(input);
      if (isOver()) break;
    }
    const hasNews = this.#coverage.hasNews();
    if (hasNews) await this.#keepNews(sound);
    // To ask for the coverage takes two milliseconds: the less often there is news, the less often.
    this.#batchInputs = hasNews ? fewest : Math.min(2 * this.#batchInputs, most);
  }

  /** Which of them it was shows when they are taken once more: by halves, as most were not. */
  async #keepNews(batch: readonly Uint8Array[]): Promise<void> {
    for (const input of batch) await this.#judge(input);
    if (!this.#coverage.hasNews()) return;
    const [only, ...more] = batch;
    if (only !== undefined && more.length === 0) {
      await this.#judge(only);
      if (this.#coverage.learn() && !this.#options.corpus.includes(only)) this.#keep(only);
      return;
    }
    const half = batch.length >> 1;
    await this.#keepNews(batch.slice(0, half));
    await this.#keepNews(batch.slice(half));
  }

  #keep(input: Uint8Array): void {
    this.#kept.push(input);
    if (this.#corpus.length < mostKept) this.#corpus.push(input);
    else this.#corpus[this.#chance.below(mostKept)] = input;
  }

  /** @returns whether every law held */
  async #take(input: Uint8Array): Promise<boolean> {
    const find = await this.#judge(input);
    if (find === undefined) return true;
    if (this.#finds.has(find.kind)) return false;
    const isSame = async (smaller: Uint8Array): Promise<boolean> =>
      (await this.#judge(smaller))?.kind === find.kind;
    const smallest = (await isSame(input)) ? await minimized(input, isSame) : input;
    this.#finds.set(find.kind, { ...find, input: smallest });
    return false;
  }

  async #judge(input: Uint8Array): Promise<Find | undefined> {
    this.#options.onInput?.(input);
    this.#executions += 1;
    const find = await judged(this.#subject, input);
    const stray = this.#stray;
    this.#stray = undefined;
    return find ?? stray;
  }

  #judgeHeap(): void {
    const grown = this.#heap.growthBytes;
    if (grown <= mostGrowthBytes || this.#finds.has('memory')) return;
    const text = `memory grew by ${(grown / 1024 / 1024).toFixed(1)} MiB`;
    this.#finds.set('memory', { kind: 'memory', text, input: new Uint8Array(0) });
  }
}

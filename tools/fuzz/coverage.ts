import { Session, type Profiler } from 'node:inspector';

/** From and up to which offset. */
type Range = readonly [start: number, end: number];

/**
 * Which code has run, as V8 counts it. What it counts are blocks, but it tells only of those whose count differs from
 * what is around them: so what is compared is the code that did not run.
 */
export class Coverage implements Disposable {
  readonly #session = new Session();
  /** By function: what of it has never run. */
  readonly #dark = new Map<string, readonly Range[]>();
  readonly #isOfInterest: (url: string) => boolean;
  #reached = 0;

  /** @param isOfInterest told the URL of a script */
  constructor(isOfInterest: (url: string) => boolean) {
    this.#isOfInterest = isOfInterest;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Characters of code that have run. */
  get reached(): number {
    return this.#reached;
  }

  /** Whether code ran since the last question that is not known yet; it is not known afterwards either. */
  hasNews(): boolean {
    return this.#functionsThatRan().some((each) => this.#newsIn(each).reached > 0);
  }

  /** Whether code ran since the last question that was not known yet. */
  learn(): boolean {
    const before = this.#reached;
    for (const each of this.#functionsThatRan()) {
      const { reached, dark } = this.#newsIn(each);
      if (reached === 0) continue;
      this.#dark.set(each.name, dark);
      this.#reached += reached;
    }
    return this.#reached > before;
  }

  [Symbol.dispose](): void {
    this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  #newsIn({ name, whole, dark }: FunctionThatRan): { reached: number; dark: readonly Range[] } {
    const known = this.#dark.get(name);
    const before = known ?? [whole];
    const now = before.flatMap((one) => dark.flatMap((other) => overlap(one, other)));
    return { reached: length(before) - length(now), dark: now };
  }

  #functionsThatRan(): FunctionThatRan[] {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    // Answers before it returns: the session is of this very thread.
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw error;
      scripts = answer.result;
    });
    return scripts
      .filter(({ url }) => this.#isOfInterest(url))
      .flatMap(({ scriptId, functions }) => functions.flatMap((each) => thatRan(scriptId, each)));
  }
}

interface FunctionThatRan {
  readonly name: string;
  readonly whole: Range;
  readonly dark: readonly Range[];
}

function thatRan(scriptId: string, { ranges }: Profiler.FunctionCoverage): FunctionThatRan[] {
  const [first] = ranges;
  if (first === undefined || first.count === 0) return [];
  const { startOffset, endOffset } = first;
  const dark = ranges
    .filter(({ count }) => count === 0)
    .map((range): Range => [range.startOffset, range.endOffset]);
  return [{ name: `${scriptId} ${startOffset}`, whole: [startOffset, endOffset], dark }];
}

function overlap([start, end]: Range, [otherStart, otherEnd]: Range): Range[] {
  const common: Range = [Math.max(start, otherStart), Math.min(end, otherEnd)];
  return common[0] < common[1] ? [common] : [];
}

function length(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [start, end]) => sum + end - start, 0);
}

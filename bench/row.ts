/** One line of the table that a run of the benchmarks prints: a figure beside its named baseline of the same run. */
export interface Row {
  /** What was measured, for example `KMS Decrypt, 64 clients`. */
  readonly name: string;
  readonly figure: number;
  /** Of figure and baseline, for example `calls/s`. */
  readonly unit: string;
  readonly baselineName: string;
  readonly baselineFigure: number;
  /** `figure / baselineFigure`. */
  readonly ratio: number;
  /** Absent where the row only tells. */
  readonly goal?: Goal;
  /** Everything else that the run measured, for the file of raw figures. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** What `figure` or `ratio` is to be. */
export interface Goal {
  readonly of: 'figure' | 'ratio';
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface RowOptions {
  /** How long each side is measured in each of its rounds. */
  readonly seconds: number;
  readonly clients: number;
}

export function row(parts: Omit<Row, 'ratio'>): Row {
  return { ...parts, ratio: parts.figure / parts.baselineFigure };
}

/** @returns undefined without a goal */
export function isReached({ goal, figure, ratio }: Row): boolean | undefined {
  if (goal === undefined) return undefined;
  const value = goal.of === 'figure' ? figure : ratio;
  return value >= (goal.atLeast ?? -Infinity) && value <= (goal.atMost ?? Infinity);
}

export function median<Each>(samples: readonly Each[], figure: (each: Each) => number): number {
  const figures = samples.map(figure).toSorted((one, other) => one - other);
  return figures[figures.length >> 1] ?? Number.NaN;
}

const columns = [46, 22, 52, 8] as const;

/** The line over the rows. */
export const headText: string = cells('', 'holdfast', 'baseline', 'ratio', 'goal');

/** A row as a line of text. */
export function rowText(each: Row): string {
  return cells(
    each.name,
    `${rounded(each.figure)} ${each.unit}`,
    `${rounded(each.baselineFigure)}  ${each.baselineName}`,
    each.ratio.toFixed(2),
    goalText(each),
  );
}

function goalText(each: Row): string {
  const { goal } = each;
  if (goal === undefined) return '';
  const bound = goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return `${goal.of} ${bound}: ${isReached(each) === true ? 'reached' : 'MISSED'}`;
}

function cells(...texts: readonly string[]): string {
  return texts
    .map((text, index) => text.padEnd(columns[index] ?? 0))
    .join(' ')
    .trimEnd();
}

function rounded(figure: number): string {
  return figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toFixed(1);
}

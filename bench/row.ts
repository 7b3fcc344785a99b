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
  readonly goal: Goal;
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

export function isReached({ goal, figure, ratio }: Row): boolean {
  const value = goal.of === 'figure' ? figure : ratio;
  return value >= (goal.atLeast ?? -Infinity) && value <= (goal.atMost ?? Infinity);
}

/** A row as text, for who runs one benchmark alone. */
export function rowText(each: Row): string {
  const { goal } = each;
  const bound = goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return [
    each.name.padEnd(40),
    `${rounded(each.figure)} ${each.unit}`.padEnd(18),
    `${each.baselineName}: ${rounded(each.baselineFigure)}`,
    `ratio ${each.ratio.toFixed(2)}`,
    `goal ${goal.of} ${bound}: ${isReached(each) ? 'reached' : 'NOT reached'}`,
  ].join('  ');
}

function rounded(figure: number): string {
  return figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toFixed(1);
}

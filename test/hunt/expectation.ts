import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const heading = '### What is in the memory of each process';

/** The table of SECURITY.md: which secret, when; then for each process whether it may be in its memory. */
export class Expectation {
  readonly #head: readonly string[];
  readonly #rows: ReadonlyMap<string, readonly string[]>;

  constructor() {
    const text = readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8');
    const section = text.split(`${heading}\n`)[1]?.split('\n#')[0] ?? '';
    const [head = [], , ...rows] = section
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    this.#head = head;
    this.#rows = new Map(rows.map((row) => [row[0] ?? '', row]));
  }

  get rows(): string[] {
    return [...this.#rows.keys()];
  }

  /** @throws TypeError when the table does not say */
  mayHold(process: string, row: string): boolean {
    const cell = this.#rows.get(row)?.[this.#head.indexOf(process)];
    if (cell === 'never') return false;
    if (cell?.startsWith('may: ') === true) return true;
    throw new TypeError(`SECURITY.md says neither "never" nor "may" of ${process}, ${row}`);
  }
}

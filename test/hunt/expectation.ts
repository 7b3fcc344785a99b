import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const heading = '### What is in the memory of each process';

/** The table of SECURITY.md: for each process and moment whether a key may be in its memory. */
export function mayHold(process: string, moment: string): boolean {
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
  const cell = rows.find(([name]) => name === process)?.[head.indexOf(moment)];
  if (cell === 'never') return false;
  if (cell?.startsWith('may') === true) return true;
  throw new TypeError(`SECURITY.md says neither "never" nor "may" of ${process}, ${moment}`);
}

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { formsIn, type SecretForms } from '../planted-key.ts';
import { isAlive } from '../process-table.ts';

const pageBytes = 4096;
const chunkBytes = 8 * 1024 * 1024;
/** So much of a chunk is looked at again with the next: more than the longest form. */
const overlapBytes = 256;

/**
 * The forms that are in the memory of a process, read as root while it runs: all that a core dump would hold, and what
 * is kept out of dumps, OpenSSL's secure heap, too.
 */
export function formsInProcess(pid: number, forms: SecretForms): string[] {
  // One that has just ended holds nothing any more.
  if (!isAlive(pid)) return [];
  const found = new Set<string>();
  const file = openSync(`/proc/${pid}/mem`, 'r');
  const touched = new TouchedPages(pid);
  try {
    for (const range of writableRanges(pid))
      for (const [start, end] of touched.within(range))
        for (const name of formsInRange(file, start, end, forms)) found.add(name);
    return [...found];
  } finally {
    closeSync(file);
    touched.close();
  }
}

/** What the process can write, and thereby all that it did; not the kernel's own pages. */
function writableRanges(pid: number): [number, number][] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n');
  return lines.flatMap((line) => {
    const [, start, end, mode, name] =
      /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
    if (mode?.startsWith('rw') !== true || name?.startsWith('[v') === true) return [];
    return [[Number.parseInt(start ?? '', 16), Number.parseInt(end ?? '', 16)]];
  });
}

/** Which pages of a process were ever used: V8 reserves twenty times as many. */
class TouchedPages {
  readonly #file: number;

  constructor(pid: number) {
    this.#file = openSync(`/proc/${pid}/pagemap`, 'r');
  }

  /** In runs. */
  within([start, end]: readonly [number, number]): [number, number][] {
    const entries = Buffer.alloc(((end - start) / pageBytes) * 8);
    readSync(this.#file, entries, 0, entries.length, (start / pageBytes) * 8);
    const runs: [number, number][] = [];
    for (let at = start; at < end; at += pageBytes) {
      // Bit 63: in memory. Bit 62: swapped out.
      const flags = entries[((at - start) / pageBytes) * 8 + 7] ?? 0;
      if ((flags & 0xc0) === 0) continue;
      const last = runs.at(-1);
      if (last?.[1] === at) last[1] = at + pageBytes;
      else runs.push([at, at + pageBytes]);
    }
    return runs;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function formsInRange(file: number, start: number, end: number, forms: SecretForms): string[] {
  const found: string[] = [];
  const chunk = Buffer.alloc(Math.min(chunkBytes, end - start));
  for (let at = start; at < end; at += chunkBytes - overlapBytes) {
    const count = readSome(file, chunk, Math.min(chunk.length, end - at), at);
    found.push(...formsIn(chunk.subarray(0, count), forms));
  }
  return found;
}

/** What cannot be read (memory of devices, or gone meanwhile) counts as nothing. */
function readSome(file: number, chunk: Buffer, length: number, at: number): number {
  try {
    return readSync(file, chunk, 0, length, at);
  } catch {
    return 0;
  }
}

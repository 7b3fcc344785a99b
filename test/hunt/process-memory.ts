import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { formsIn, type SecretForms } from '../planted-key.ts';

const chunkBytes = 8 * 1024 * 1024;
/** So much of a chunk is looked at again with the next: more than the longest form. */
const overlapBytes = 256;

/**
 * The forms that are in the memory of a process, read as root while it runs: all that a core dump would hold, and what
 * is kept out of dumps, OpenSSL's secure heap, too.
 */
export function formsInProcess(pid: number, forms: SecretForms): string[] {
  const found = new Set<string>();
  const file = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const range of writableRanges(pid)) addFormsInRange(file, range, forms, found);
    return [...found];
  } finally {
    closeSync(file);
  }
}

/** What the process can write, and thereby all that it did; not what is only reserved, nor the kernel's own pages. */
function writableRanges(pid: number): [number, number][] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n');
  return lines.flatMap((line) => {
    const [, start, end, mode, name] =
      /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
    if (mode?.startsWith('rw') !== true || name?.startsWith('[v') === true) return [];
    return [[Number.parseInt(start ?? '', 16), Number.parseInt(end ?? '', 16)]];
  });
}

function addFormsInRange(
  file: number,
  [start, end]: readonly [number, number],
  forms: SecretForms,
  found: Set<string>,
): void {
  const chunk = Buffer.alloc(Math.min(chunkBytes, end - start));
  for (let at = start; at < end; at += chunkBytes - overlapBytes) {
    const count = readSome(file, chunk, Math.min(chunk.length, end - at), at);
    for (const name of formsIn(chunk.subarray(0, count), forms)) found.add(name);
  }
}

/** What cannot be read (memory of devices, or gone meanwhile) counts as nothing. */
function readSome(file: number, chunk: Buffer, length: number, at: number): number {
  try {
    return readSync(file, chunk, 0, length, at);
  } catch {
    return 0;
  }
}

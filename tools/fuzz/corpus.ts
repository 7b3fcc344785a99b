import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../test/corpora');
/** The tree stays small. */
const [mostBytes, mostInputs] = [1_024, 24];

/** The inputs that are kept for a target, by file name. */
export function corpusOf(target: string): ReadonlyMap<string, Uint8Array> {
  const folder = join(root, target);
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** Adds the shortest inputs to a target's corpus, each under its hash, as long as there is room. */
export function keepInCorpus(target: string, inputs: readonly Uint8Array[]): void {
  const short = inputs
    .filter((input) => input.length <= mostBytes)
    .toSorted((one, other) => one.length - other.length);
  for (const input of short.slice(0, Math.max(0, mostInputs - corpusOf(target).size)))
    writeInput(join(root, target), hashOf(input), input);
}

/** @returns the path of the file */
export function writeInput(folder: string, name: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, input);
  return path;
}

export function hashOf(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('hex').slice(0, 16);
}

import childProcess from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultPoint } from '../../src/lib/fault-point.ts';
import type { Armed, Mutation } from './control.ts';

/**
 * Loaded before everything else (`--import`) into each process of an installation under torture, and into the threads of
 * its stores. It takes the place of src/lib/fault-points.ts, changes what a mutation says, and goes on to every child.
 * The product knows nothing of it.
 */
const self = import.meta.url;
const { searchParams: told } = new URL(self);
const control = told.get('control') ?? '';
const processName = told.get('process') ?? 'supervisor';
const armedFile = join(control, 'armed');
const hitsFile = join(control, 'hits');

let armedText = '';
let armed: Armed | undefined;
let hits = 0;

export function faultPoint(name: FaultPoint, of?: string): void {
  if (existsSync(hitsFile)) appendFileSync(hitsFile, `${processName} ${name} ${of ?? '-'}\n`);
  if (!isHit(name, of)) return;
  try {
    // Of several that come here at once, one.
    renameSync(armedFile, join(control, 'fired'));
  } catch {
    return;
  }
  if (armed?.next !== undefined) writeFileSync(armedFile, JSON.stringify(armed.next));
  process.kill(process.pid, 'SIGKILL');
}

function isHit(name: FaultPoint, of = '-'): boolean {
  const text = readArmed();
  if (text !== armedText) {
    armedText = text;
    armed = text === '' ? undefined : (JSON.parse(text) as Armed);
    hits = 0;
  }
  if (armed?.point !== name || armed.process !== processName || armed.of !== of) return false;
  hits += 1;
  return hits === armed.hit;
}

function readArmed(): string {
  try {
    return existsSync(armedFile) ? readFileSync(armedFile, 'utf8') : '';
  } catch {
    // It went off meanwhile.
    return '';
  }
}

const mutationsFile = join(control, 'mutations');
const mutations: readonly Mutation[] = existsSync(mutationsFile)
  ? (JSON.parse(readFileSync(mutationsFile, 'utf8')) as Mutation[])
  : [];

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.endsWith('/fault-points.ts')) return next(specifier, context);
    return { url: self, format: 'module-typescript', shortCircuit: true };
  },
  load(url, context, next) {
    const loaded = next(url, context);
    const changes = mutations.filter(({ file }) => url.endsWith(`/${file}`));
    if (changes.length === 0) return loaded;
    const text = Buffer.from(loaded.source as Uint8Array).toString();
    return { ...loaded, source: changes.reduce(mutated, text) };
  },
});

function mutated(text: string, { file, replace, by }: Mutation): string {
  if (text.split(replace).length !== 2)
    throw new Error(`a mutation of ${file} does not fit it any more`);
  return text.replace(replace, () => by);
}

const { spawn } = childProcess;
childProcess.spawn = ((command: string, args: readonly string[], options: object) => {
  const file = args.find((each) => each.includes('/src/processes/') && each.startsWith('/'));
  return spawn(command, file === undefined ? args : [...preload(file), ...args], options);
}) as typeof spawn;
syncBuiltinESMExports();

function preload(file: string): string[] {
  const url = new URL(self);
  url.searchParams.set('process', basename(file, '.ts'));
  // The vault may read its own code only.
  const allowed = [
    'read=' + fileURLToPath(self.replace(/\?.*/, '')),
    `read=${control}`,
    `write=${control}`,
  ];
  const isVault = basename(file) === 'vault.ts';
  return [...(isVault ? allowed.map((each) => `--allow-fs-${each}`) : []), `--import=${url.href}`];
}

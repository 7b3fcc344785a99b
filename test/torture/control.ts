import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FaultPoint } from '../../src/lib/fault-point.ts';
import type { ProcessName } from '../process-table.ts';

export type Victim = ProcessName | 'supervisor';

/** Where a process is to be killed: at its `hit`-th arrival at the point, from 1. */
export interface Armed extends Place {
  readonly hit: number;
  /** Where the next one is killed, once this one is. */
  readonly next?: Armed | undefined;
}

export interface Place {
  readonly process: Victim;
  readonly point: FaultPoint;
  /** What is done there: `-` where all do the same. */
  readonly of: string;
}

/** A line of the product, made wrong on purpose. */
export interface Mutation {
  /** Its file's path, or the end of it. */
  readonly file: string;
  /** Text that is there once. */
  readonly replace: string;
  readonly by: string;
}

/** The folder through which a test and armed processes speak. */
export class Control {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The words with which an armed `holdfast` begins. */
  get command(): readonly string[] {
    return [...this.node, join(import.meta.dirname, '../../src/main.ts')];
  }

  /** The words with which any armed program begins. */
  get node(): readonly string[] {
    const armed = pathToFileURL(join(import.meta.dirname, 'armed.ts'));
    armed.searchParams.set('control', this.folder);
    return [process.execPath, `--import=${armed.href}`];
  }

  arm(armed: Armed): void {
    this.disarm();
    writeFileSync(this.#file('armed'), JSON.stringify(armed));
  }

  disarm(): void {
    rmSync(this.#file('armed'), { force: true });
    rmSync(this.#file('fired'), { force: true });
  }

  /** Whether the process was killed where it was to be, and the next one, too. */
  get hasFired(): boolean {
    return existsSync(this.#file('fired')) && !existsSync(this.#file('armed'));
  }

  /** From the next start on. */
  mutate(mutations: readonly Mutation[]): void {
    writeFileSync(this.#file('mutations'), JSON.stringify(mutations));
  }

  startCounting(): void {
    writeFileSync(this.#file('hits'), '');
  }

  /** How often each place was reached since `startCounting`. */
  endCounting(): ReadonlyMap<string, number> {
    const lines = readFileSync(this.#file('hits'), 'utf8').split('\n').filter(Boolean);
    rmSync(this.#file('hits'));
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
    return counts;
  }

  #file(name: string): string {
    return join(this.folder, name);
  }
}

export function placeName({ process, point, of }: Place): string {
  return `${process} ${point} ${of}`;
}

/** @throws TypeError */
export function parsePlace(text: string): Place {
  const [victim, point, of = '-'] = text.split(' ');
  if (victim === undefined || point === undefined) throw new TypeError(`'${text}' is no place`);
  return { process: victim as Victim, point: point as FaultPoint, of };
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { formsIn, searchForms, type SecretForms } from '../planted-key.ts';
import { apiProcessesOf, processesOf, visiblePartsOf } from '../process-table.ts';
import type { World } from '../world.ts';
import { Expectation } from './expectation.ts';
import { coreDump } from './core-dump.ts';
import { formsInProcess } from './process-memory.ts';

/** Secrets that are known, by their row of the table in SECURITY.md. */
export type Known = Readonly<Record<string, SecretForms>>;

/** Looks for known secrets wherever a world leaves something behind, and compares with what SECURITY.md says. */
export class Hunt {
  readonly #world: World;
  readonly #say: (text: string) => void;
  readonly #expectation = new Expectation();
  readonly #looked = new Set<string>();

  constructor(world: World, say: (text: string) => void) {
    this.#world = world;
    this.#say = say;
  }

  /** Rows of the table that were never looked for. */
  get missing(): string[] {
    return this.#expectation.rows.filter((row) => !this.#looked.has(row));
  }

  /**
   * In the memory of every process, the supervisor included.
   * @returns what was found, as `process: row`, allowed or not
   */
  inMemory(known: Known): Set<string> {
    return this.#compare(known, (pid, forms) => formsInProcess(pid, forms));
  }

  /** In a core dump of every process, which ends by it. The supervisor's is the last. */
  inCoreDumps(known: Known): Set<string> {
    return this.#compare(known, (pid, forms) => {
      using dump = coreDump(pid);
      return formsIn(dump.read(), forms);
    });
  }

  /** In files, logs, and what the system shows of each process: there is nothing that may be there. */
  outside(known: Known): void {
    const forms = byRow(known);
    const folders = [this.#world.dataDirectory, '/dev/shm'].filter((each) => existsSync(each));
    const inFiles = folders.flatMap((folder) => searchForms(folder, forms).found);
    const log = formsIn(Buffer.from(this.#world.log()), forms);
    const shown = this.#processes().flatMap(([process, pid]) =>
      formsIn(visiblePartsOf(pid), forms).map((name) => `${name} is shown of ${process}`),
    );
    assert.deepEqual([...inFiles, ...log.map((name) => `${name} in the log`), ...shown], []);
  }

  #compare(known: Known, look: (pid: number, forms: SecretForms) => string[]): Set<string> {
    const forms = byRow(known);
    const found = new Set<string>();
    const wrong: string[] = [];
    for (const row of Object.keys(known)) this.#looked.add(row);
    for (const [name, pid] of this.#processes()) {
      const counts = Map.groupBy(look(pid, forms), (each) => each.split(separator)[0] ?? '');
      for (const [row, those] of counts) {
        found.add(`${name}: ${row}`);
        this.#say(`${name}: ${row}: ${those.length} forms`);
        if (!this.#expectation.mayHold(name, row))
          wrong.push(...those.map((each) => `${name}: ${each}`));
      }
    }
    assert.deepEqual(wrong, []);
    return found;
  }

  #processes(): [string, number][] {
    const { pid } = this.#world;
    const others = [...processesOf(pid)].filter(([name]) => name !== 'api');
    const apis = apiProcessesOf(pid).map((api): [string, number] => ['api', api]);
    return [...others, ...apis, ['supervisor', pid]];
  }
}

const separator = ' · ';

function byRow(known: Known): SecretForms {
  const rows = Object.entries(known);
  return new Map(
    rows.flatMap(([row, forms]) =>
      [...forms].map(([name, form]) => [`${row}${separator}${name}`, form] as const),
    ),
  );
}

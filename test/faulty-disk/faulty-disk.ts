import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, visiblePartsOf } from '../process-table.ts';
import { until } from '../until.ts';
import { undoUnsynced, type Survival } from './power-cut.ts';

/** Bits of `enum call` in faulty-disk.c. */
const calls = { write: 1, sync: 2, truncate: 4, open: 8, rename: 16, unlink: 32 } as const;
export type Call = keyof typeof calls;
export const changes = Object.keys(calls) as readonly Call[];

export interface Fault {
  /** `power-off`: from that call on nothing is done any more, by nobody, until `cutPower`. */
  readonly error: 'EIO' | 'ENOSPC' | 'EROFS' | 'power-off';
  readonly calls: readonly Call[];
  /** Only of files whose path ends so; of all when absent. */
  readonly end?: string;
  /** So many of these calls go well before. */
  readonly passes?: number;
  /** So many fail; all when absent. */
  readonly failures?: number;
}

/** Where things stand in the control file. */
const place = {
  calls: 0,
  error: 4,
  passes: 8,
  failures: 16,
  lies: 24,
  keeps: 28,
  isOff: 32,
  end: 36,
  folder: 100,
};
const [endBytes, folderBytes] = [64, 512];

/** Why there can be no faulty disk here, or undefined. */
export function noFaultyDisk(): string | undefined {
  if (process.platform !== 'linux') return 'LD_PRELOAD is of Linux';
  const { status } = spawnSync('cc', ['--version'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'there is no C compiler: apt-get install gcc libc6-dev';
}

/**
 * A disk with the data folder and the seal of an installation that is started with `command` and `options`. It fails as it
 * is told, for all processes save the vault, which has no files.
 */
export class FaultyDisk implements Disposable {
  /** Goes with the disk, and whatever else is put there. */
  readonly home = mkdtempSync(join(tmpdir(), 'holdfast-faulty-disk-'));
  readonly #journals = join(this.home, 'journals');
  readonly #control: number;
  /** Where the disk begins. */
  readonly root = join(this.home, 'disk');
  readonly dataDirectory = join(this.root, 'data');
  readonly sealFile = join(this.root, 'seals', 'seal');
  readonly options: Readonly<Record<string, string>> = {
    '--data': this.dataDirectory,
    '--seal': `file:${this.sealFile}`,
  };

  /** @param losesWhatFailed a sync that fails has lost what was written before, whatever later ones say */
  constructor({ losesWhatFailed = false } = {}) {
    for (const folder of [this.#journals, this.root]) mkdirSync(folder);
    const library = join(this.home, 'faulty-disk.so');
    compile(library);
    const control = join(this.#journals, 'control');
    writeFileSync(control, Buffer.alloc(place.folder + folderBytes));
    this.#control = openSync(control, 'r+');
    writeSync(this.#control, this.root, place.folder);
    this.#tell(place.keeps, losesWhatFailed ? 1 : 0);
    const text = wrapper(process.execPath, library, this.#journals, this.#pidFile);
    writeFileSync(this.#wrapper, text, { mode: 0o700 });
  }

  get #wrapper(): string {
    return join(this.home, 'node');
  }

  get #pidFile(): string {
    return join(this.home, 'pids');
  }

  /** @param words those with which `holdfast` begins, node first */
  command([, ...words]: readonly string[]): readonly string[] {
    const setPath = `process.execPath=${JSON.stringify(this.#wrapper)}`;
    // The supervisor starts its children by that path, with an environment of its own making.
    return [
      this.#wrapper,
      `--import=data:text/javascript,${encodeURIComponent(setPath)}`,
      ...words,
    ];
  }

  /** From now on, until `heal`. */
  fail({ error, calls: failing, end = '', passes = 0, failures }: Fault): void {
    this.heal();
    const numbers = Buffer.alloc(16);
    numbers.writeBigInt64LE(BigInt(passes));
    numbers.writeBigInt64LE(failures === undefined ? 2n ** 62n : BigInt(failures), 8);
    writeSync(this.#control, numbers, 0, 16, place.passes);
    writeSync(this.#control, Buffer.alloc(endBytes, `${end}\0`), 0, endBytes, place.end);
    this.#tell(place.error, error === 'power-off' ? 0 : constants.errno[error]);
    this.#tell(
      place.calls,
      failing.reduce((bits, each) => bits | calls[each], 0),
    );
  }

  heal(): void {
    this.#tell(place.calls, 0);
  }

  /** Whether each sync says that it is done, and does nothing. */
  lie(lies: boolean): void {
    this.#tell(place.lies, lies ? 1 : 0);
  }

  /** As many calls have failed as were to. */
  get isSpent(): boolean {
    return this.#read(place.failures, 8).readBigInt64LE() <= 0n;
  }

  /** The power went off at the call that was chosen. */
  get isOff(): boolean {
    return this.#read(place.isOff, 4).readInt32LE() !== 0;
  }

  /** Ends every process at once, and leaves what a power cut could have left. */
  async cutPower(survival: Survival): Promise<void> {
    this.#tell(place.isOff, 1);
    // The supervisor, which starts others, is the first of them.
    await until('all have ended', 120, async () => {
      const running = this.#running();
      for (const pid of running) process.kill(pid, 'SIGKILL');
      return running.length === 0 ? true : undefined;
    });
    rmSync(this.#pidFile, { force: true });
    undoUnsynced(this.root, this.#journals, survival);
    this.heal();
    this.#tell(place.isOff, 0);
  }

  #running(): number[] {
    if (!existsSync(this.#pidFile)) return [];
    const pids = readFileSync(this.#pidFile, 'utf8').trim().split('\n').map(Number);
    return pids.filter((pid) => isAlive(pid) && this.#isOurs(pid));
  }

  /** And not another one that got the number since; the vault's environment is empty. */
  #isOurs(pid: number): boolean {
    const parts = visiblePartsOf(pid);
    return [this.#journals, '/processes/vault.'].some((each) => parts.includes(each));
  }

  #read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.#control, bytes, 0, length, at);
    return bytes;
  }

  #tell(at: number, number: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(number);
    writeSync(this.#control, bytes, 0, 4, at);
  }

  [Symbol.dispose](): void {
    closeSync(this.#control);
    rmSync(this.home, { recursive: true, force: true });
  }
}

function compile(library: string): void {
  const source = join(import.meta.dirname, 'faulty-disk.c');
  const flags = ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror'];
  const { status, stderr } = spawnSync('cc', [...flags, '-o', library, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`faulty-disk.c: ${stderr}`);
}

/** A node that loads the disk first, save for the vault: its environment is empty, and remains so. */
function wrapper(node: string, library: string, journals: string, pids: string): string {
  return `#!/bin/sh
echo $$ >>'${pids}'
case "$*" in
*/processes/vault.*) ;;
*) export LD_PRELOAD='${library}' FAULTY_DISK='${journals}' ;;
esac
exec '${node}' "$@"
`;
}

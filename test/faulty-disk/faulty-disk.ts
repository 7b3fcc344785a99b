import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutPower, type Survival } from './power-cut.ts';

/** Bits of `enum call` in faulty-disk.c. */
const calls = { write: 1, sync: 2, truncate: 4, open: 8, rename: 16, unlink: 32 } as const;
type Call = keyof typeof calls;

export interface Fault {
  readonly error: 'EIO' | 'ENOSPC' | 'EROFS';
  readonly calls: readonly Call[];
  /** Only of files in whose path this stands; of all when absent. */
  readonly part?: string;
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
  part: 32,
  folder: 96,
};
const [partBytes, folderBytes] = [64, 512];

/** Why there can be no faulty disk here, or undefined. */
export function noFaultyDisk(): string | undefined {
  if (process.platform !== 'linux') return 'LD_PRELOAD is of Linux';
  const { status } = spawnSync('cc', ['--version'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'there is no C compiler: apt-get install gcc libc6-dev';
}

/**
 * A data folder on a disk that fails as it is told: for all processes of an installation that is started with `command`, save
 * the vault, which has no files.
 */
export class FaultyDisk implements Disposable {
  readonly #home = mkdtempSync(join(tmpdir(), 'holdfast-faulty-disk-'));
  readonly #journals = join(this.#home, 'journals');
  readonly #control: number;
  readonly dataDirectory: string;

  /** @param keepsJournals so that a sync that fails may have lost what was written before it */
  constructor(keepsJournals = false, dataDirectory?: string) {
    this.dataDirectory = dataDirectory ?? join(this.#home, 'data');
    mkdirSync(this.#journals);
    const source = join(import.meta.dirname, 'faulty-disk.c');
    const flags = ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror'];
    const { status, stderr } = spawnSync('cc', [...flags, '-o', this.#library, source], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`faulty-disk.c: ${stderr}`);
    this.#control = openSync(join(this.#journals, 'control'), 'w');
    writeSync(this.#control, Buffer.alloc(place.folder + folderBytes));
    writeSync(this.#control, this.dataDirectory, place.folder);
    this.#tell(place.keeps, keepsJournals ? 1 : 0);
    writeFileSync(this.#wrapper, wrapper(process.execPath, this.#library, this.#journals), {
      mode: 0o700,
    });
  }

  get #library(): string {
    return join(this.#home, 'faulty-disk.so');
  }

  get #wrapper(): string {
    return join(this.#home, 'node');
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
  fail({ error, calls: failing, part = '', passes = 0, failures }: Fault): void {
    this.heal();
    const numbers = Buffer.alloc(16);
    numbers.writeBigInt64LE(BigInt(passes));
    numbers.writeBigInt64LE(failures === undefined ? 2n ** 62n : BigInt(failures), 8);
    writeSync(this.#control, numbers, 0, 16, place.passes);
    writeSync(this.#control, Buffer.alloc(partBytes, `${part}\0`), 0, partBytes, place.part);
    this.#tell(place.error, constants.errno[error]);
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

  /** Every process has ended: leaves what a power cut could have left. */
  cutPower(survival: Survival): void {
    cutPower(this.dataDirectory, this.#journals, survival);
  }

  #tell(at: number, number: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(number);
    writeSync(this.#control, bytes, 0, 4, at);
  }

  [Symbol.dispose](): void {
    closeSync(this.#control);
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A node that loads the disk first, save for the vault: its environment is empty, and remains so. */
function wrapper(node: string, library: string, journals: string): string {
  return `#!/bin/sh
case "$*" in
*/processes/vault.*) ;;
*) export LD_PRELOAD='${library}' FAULTY_DISK='${journals}' ;;
esac
exec '${node}' "$@"
`;
}

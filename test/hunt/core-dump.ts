import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../process-table.ts';

/** Why there are no core dumps here; undefined where there are. */
export function noCoreDumps(): string | undefined {
  const pattern = readFileSync('/proc/sys/kernel/core_pattern', 'latin1').trim();
  return /^[|/]|%/.test(pattern) ? `core dumps go to '${pattern}'` : undefined;
}

/** Disposing removes the file. */
interface CoreDump extends Disposable {
  /** What the process had written to its memory: most of the file is holes. */
  read(): Buffer;
}

/** The core dump of a process, which is ended for it. */
export function coreDump(pid: number): CoreDump {
  const folder = readlinkSync(`/proc/${pid}/cwd`);
  execFileSync('prlimit', ['--pid', String(pid), '--core=unlimited']);
  process.kill(pid, 'SIGABRT');
  // The kernel writes the dump before the process is gone.
  while (isAlive(pid)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  const path = ['core', `core.${pid}`]
    .map((name) => join(folder, name))
    .find((each) => existsSync(each));
  if (path === undefined) throw new Error(`the system wrote no core dump of ${pid}`);
  return {
    // Node cannot ask where the holes are; tar can.
    read: () => execFileSync('tar', ['-cSPf', '-', path], { maxBuffer: 2 ** 30 }),
    [Symbol.dispose]: () => rmSync(path),
  };
}

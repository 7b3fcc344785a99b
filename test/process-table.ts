import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Who runs is read from Linux's /proc. */
export const hasProcessTable = platform() === 'linux';

export const processNames = ['api', 'worker', 'dns', 'gateway', 'vault'] as const;
export type ProcessName = (typeof processNames)[number];

/** The processes of a supervisor that are alive just now, by name. */
export function processesOf(supervisor: number): ReadonlyMap<ProcessName, number> {
  const children = of(supervisor, `task/${supervisor}/children`).split(' ').map(Number);
  const named = children.flatMap((pid) => {
    const name = processNames.find((each) =>
      of(pid, 'cmdline').includes(`/processes/${each}.ts\0`),
    );
    return name === undefined ? [] : [[name, pid] as const];
  });
  return new Map(named);
}

/** More than one while a process of the API takes another one's place. */
export function apiProcessesOf(supervisor: number): number[] {
  return childrenOf(supervisor).filter((pid) => of(pid, 'cmdline').includes('/processes/api.ts\0'));
}

function childrenOf(pid: number): number[] {
  return of(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** What other users of the machine may read of a process, or with its owner's rights: arguments and environment. */
export function visiblePartsOf(pid: number): Buffer {
  return Buffer.from(`${of(pid, 'cmdline')}\0${of(pid, 'environ')}`, 'latin1');
}

/** Neither gone nor a zombie. */
export function isAlive(pid: number): boolean {
  const state = /\) ([A-Z]) /.exec(of(pid, 'stat'))?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Empty when the process has gone. */
function of(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

import { readdirSync, readFileSync } from 'node:fs';

/** On Linux: the processes of a supervisor, by their names in `src/processes`. */
export function processesUnder(supervisor: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    if (statOf(pid)[3] !== String(supervisor)) continue;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const name = /processes\/([a-z]+)\.[jt]s/.exec(command)?.[1];
    if (name !== undefined) found.set(name, pid);
  }
  return found;
}

/** On Linux: the supervisor and all its processes. */
export function constellationUnder(supervisor: number): readonly number[] {
  return [supervisor, ...processesUnder(supervisor).values()];
}

/** User and system time of all threads of a process so far; 0 where there is no /proc. @see proc_pid_stat(5): in ticks of 10 ms */
export function cpuMilliseconds(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[13] ?? 0) + Number(stat[14] ?? 0)) * 10;
}

function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/\(.*\)/, 'name')
      .split(' ');
  } catch {
    return [];
  }
}

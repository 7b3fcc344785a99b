import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * Who is measured gets the first core, the clients get the others: undefined where there is but one core, or no
 * `taskset`, and nobody is pinned.
 */
export function cores(): { readonly measured: string; readonly clients: string } | undefined {
  const count = availableParallelism();
  if (count < 2) return undefined;
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { measured: '0', clients: count === 2 ? '1' : `1-${count - 1}` };
}

/** All threads of the processes, and with them all that they start from now on. @see taskset(1) */
export function pin(pids: Iterable<number>, to: string | undefined): void {
  if (to === undefined) return;
  for (const pid of pids)
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', to, String(pid)], {
      stdio: 'ignore',
    });
}

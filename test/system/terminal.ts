import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../until.ts';

/** Whether there is util-linux's `script`, not BSD's. */
export const hasTerminals = spawnSync('script', ['--version']).status === 0;

interface Typed {
  /** What the screen shows before it is typed. */
  readonly after: RegExp;
  readonly type: (screen: string) => string;
}

/**
 * Runs a command line of the shell at a terminal of its own (util-linux's `script`), typing as one would. Resolves with
 * its exit status and all that the screen showed.
 */
export async function atTerminal(
  commandLine: string,
  environment: NodeJS.ProcessEnv,
  typed: readonly Typed[] = [],
): Promise<{ readonly status: number | null; readonly screen: string }> {
  const child = spawn('script', ['-qec', commandLine, '/dev/null'], {
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  const ended = once(child, 'close');
  let seen = 0;
  for (const { after, type } of typed) {
    await until(`the screen shows ${after}`, 120, async () => {
      const at = screen.slice(seen).search(after);
      return at === -1 ? undefined : at;
    });
    seen = screen.length;
    child.stdin.write(`${type(screen)}\n`);
  }
  const [status] = (await ended) as [number | null];
  child.stdin.destroy();
  return { status, screen };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

const patienceMilliseconds = 240_000;

/**
 * Runs `holdfast` with these arguments to its end. The environment holds a home and nothing else.
 * @param files open as descriptors 3, 4 …
 */
export async function holdfast(
  args: readonly string[],
  home = '/nonexistent',
  files: readonly string[] = [],
): Promise<Outcome> {
  const main = join(import.meta.dirname, '../src/main.ts');
  const descriptors = files.map((file) => openSync(file, 'r'));
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', ...descriptors],
    env: { PATH: process.env['PATH'], HOME: home },
    timeout: patienceMilliseconds,
    killSignal: 'SIGKILL',
  });
  for (const each of descriptors) closeSync(each);
  const [output, errors] = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  }) as [() => string, () => string];
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output: output(), errors: errors() };
}

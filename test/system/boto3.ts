import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startWorld } from '../world.ts';

/** Debian's and, where there is another one before it on the PATH, that one too. */
export const interpreters = ['/usr/bin/python3', 'python3'].filter(
  (python) => spawnSync(python, ['-c', 'import boto3']).status === 0,
);

/**
 * Runs a program beside this file with each version of boto3, each in a world and a folder of its own. A program that
 * fails, or an error in the world's log, fails the test.
 * @param prepare puts into the folder what the program is to find there
 */
export async function driveBoto3(
  t: TestContext,
  script: string,
  prepare: (folder: string) => void = () => {},
): Promise<void> {
  const versions = new Set<string>();
  for (const python of interpreters) {
    const { stdout } = spawnSync(python, ['-c', 'import boto3; print(boto3.__version__)']);
    const version = stdout.toString().trim();
    if (versions.has(version)) continue;
    versions.add(version);
    t.diagnostic(`${python}: boto3 ${version}`);
    using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-boto3-'));
    prepare(folder.path);
    await drive(python, join(import.meta.dirname, script), folder.path);
  }
}

async function drive(python: string, script: string, folder: string): Promise<void> {
  await using world = await startWorld();
  const child = spawn(python, ['-W', 'ignore', script, folder], {
    env: { PATH: process.env['PATH'], HOME: folder, ...world.environment },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [status] = (await once(child, 'close')) as [number | null];
  assert.equal(status, 0, errors);
  assert.doesNotMatch(world.log(), /"level":"error"/);
}

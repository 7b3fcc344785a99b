import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { plantedKey } from '../planted-key.ts';
import { startWorld } from '../world.ts';

const script = join(import.meta.dirname, 'boto3-client.py');
// Debian's and, where there is another one before it on the PATH, that one too.
const interpreters = ['/usr/bin/python3', 'python3'].filter(
  (python) => spawnSync(python, ['-c', 'import boto3']).status === 0,
);

test(
  'a Python program with boto3',
  { skip: interpreters.length === 0, timeout: 900_000 },
  async (t) => {
    const versions = new Set<string>();
    for (const python of interpreters) {
      const { stdout } = spawnSync(python, ['-c', 'import boto3; print(boto3.__version__)']);
      const version = stdout.toString().trim();
      if (versions.has(version)) continue;
      versions.add(version);
      t.diagnostic(`${python}: boto3 ${version}`);
      await drive(python);
    }
  },
);

async function drive(python: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-boto3-'));
  try {
    for (const name of ['first', 'second']) {
      const { certificatePem, keyPem } = plantedKey();
      writeFileSync(join(folder, `${name}.pem`), certificatePem);
      writeFileSync(join(folder, `${name}-key.pem`), keyPem);
    }
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
  } finally {
    rmSync(folder, { recursive: true });
  }
}

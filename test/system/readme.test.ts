import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { freePort } from '../loopback.ts';
import { startWorld } from '../world.ts';

/** The block of the README that a newcomer copies. */
function session(): string {
  const text = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  return blocks.find((block) => block.includes('client.env')) ?? assert.fail();
}

void test('the session of the README works as it is typed', async (t) => {
  await using world = await startWorld();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-readme-'));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(world.dataDirectory, join(folder, 'holdfast-data'));
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'docs/hello.md'), '');
  const script = session()
    .replaceAll('8000', String(await freePort()))
    // Nobody types faster: what was told to the server has reached the gateway by then.
    .replaceAll(/^curl /gm, 'sleep 5; curl ');

  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    ['-c', `trap 'kill $!' EXIT\n${script}`],
    { cwd: folder, env: { ...process.env, AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true' } },
  );
  assert.equal(stdout.split('hello.md</a>').length - 1, 1, 'served once, before the revocation');
  assert.match(stderr, /curl: \(35\) .*handshake failure/);
  assert.match(stdout, /\| +admin +\| +RevokeGrant +\|/);
});

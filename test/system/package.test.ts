import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { clientsOf } from '../sdk-clients.ts';
import { startWorld } from '../world.ts';

const root = join(import.meta.dirname, '../..');
/** As of somebody who has only what the machine has: npm scripts put our own Node in front. */
const path = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

function run(folder: string, program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

void test('the package, installed into an empty folder, brings its own Node and serves', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-package-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const packed = run(root, 'npm', 'pack', '--pack-destination', folder).trim().split('\n').at(-1);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', join(folder, packed ?? ''));

  // What kills processes on purpose stands in test/torture, and nowhere in what is published.
  const dist = join(folder, 'node_modules/holdfast/dist');
  const code = globSync('**/*.js', { cwd: dist }).map((file) =>
    readFileSync(join(dist, file), 'utf8'),
  );
  assert.ok(code.length > 100);
  assert.ok(!code.some((text) => /registerHooks/.test(text)));
  assert.match(
    readFileSync(join(dist, 'lib/fault-points.js'), 'utf8'),
    /^export function faultPoint\(_name, _of\) \{ ?\}$/m,
  );

  const holdfast = join(folder, 'node_modules/.bin/holdfast');
  assert.match(run(folder, holdfast, 'version'), /^holdfast \d+\.\d+\.\d+\n$/);

  await using world = await startWorld({}, [holdfast]);
  using clients = clientsOf(world);
  const { Arn } = await clients.sts.send(new GetCallerIdentityCommand());
  assert.match(Arn ?? '', /:user\/admin$/);
  assert.equal(await world.stop(), 0);
});

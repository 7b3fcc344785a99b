import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openInstallation } from './installation.ts';
import { RefusedStart } from './refused-start.ts';
import { serveSettings, type Settings } from './settings.ts';

function scratch(t: TestContext): { folder: string; seal: string; settings: Settings } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-installation-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const seal = join(folder, 'the.seal');
  return { folder, seal, settings: serveSettings(['--data', data, '--seal', `file:${seal}`]) };
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test("another's folder is refused, and neither closed to others nor written to", async (t) => {
  const { folder } = scratch(t);
  writeFileSync(join(folder, 'letter.txt'), 'mine');
  chmodSync(folder, 0o755);
  await assert.rejects(
    openInstallation(serveSettings(['--data', folder])),
    (error) =>
      error instanceof RefusedStart &&
      error.message === `${folder} is not empty and is no data folder of holdfast`,
  );
  assert.equal(modeOf(folder), 0o755);
  assert.deepEqual(readdirSync(folder), ['letter.txt']);
});

test('a data folder that was opened to others is closed again', async (t) => {
  const { settings } = scratch(t);
  await (await openInstallation(settings))[Symbol.asyncDispose]();
  chmodSync(settings.dataDirectory, 0o777);
  await using installation = await openInstallation(settings);
  assert.equal(modeOf(settings.dataDirectory), 0o700);
  assert.equal(modeOf(installation.sealFile), 0o600);
});

test('a first start that was cut short is begun anew', async (t) => {
  const { seal, settings } = scratch(t);
  await (await openInstallation(settings))[Symbol.asyncDispose]();
  rmSync(join(settings.dataDirectory, 'installation.json'));
  rmSync(seal);
  writeFileSync(join(settings.dataDirectory, 'installation.json.new'), '{');
  await using installation = await openInstallation(settings);
  assert.match(installation.installationId, /^[0-9a-f-]{36}$/);
});

test('a folder that cannot be made is said in one line', async () => {
  const isLinux = process.platform === 'linux';
  const data = isLinux ? '/proc/holdfast/data' : '/dev/null/data';
  await assert.rejects(
    openInstallation(serveSettings(['--data', data])),
    (error) =>
      error instanceof RefusedStart &&
      error.message ===
        `the data folder ${data} cannot be made or opened (${isLinux ? 'ENOENT' : 'EEXIST'})`,
  );
});

test('a folder that is sealed with a file is not opened with a passphrase', async (t) => {
  const { settings } = scratch(t);
  await (await openInstallation(settings))[Symbol.asyncDispose]();
  await assert.rejects(
    openInstallation({ ...settings, seal: { kind: 'passphrase' } }),
    /^Error: the data folder is sealed with a file, not a passphrase: holdfast reseal changes that$/,
  );
});

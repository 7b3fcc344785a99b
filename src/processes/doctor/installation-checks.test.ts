import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { writeDescription } from '../installation-file.ts';
import { serveSettings, type Settings } from '../settings.ts';
import { clockCheck, diskCheck, sealCheck } from './installation-checks.ts';

/** A data folder with a seal in a file beside it. */
function installation(t: TestContext): { settings: Settings; seal: string } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-doctor-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const seal = join(folder, 'test.seal');
  writeFileSync(seal, 'a seal', { mode: 0o600 });
  const settings = serveSettings(['--data', mkdtempSync(join(folder, 'data-'))]);
  writeDescription(settings.dataDirectory, {
    format: 1,
    installationId: '7d1c9b1e-0000-4000-8000-000000000000',
    sealCheck: '00',
    seal: { kind: 'file', path: seal },
  });
  return { settings, seal };
}

test('a clock that is behind the last commit is wrong', (t) => {
  const { settings } = installation(t);
  const file = join(settings.dataDirectory, 'holdfast.db');
  writeFileSync(file, '');
  const commit = Temporal.Instant.from('2026-01-01T00:00:00Z');
  utimesSync(file, commit.epochMilliseconds / 1000, commit.epochMilliseconds / 1000);
  assert.equal(clockCheck(settings, commit.add({ seconds: 1 })).status, 'ok');
  const behind = clockCheck(settings, commit.subtract({ minutes: 1 }));
  assert.deepEqual([behind.status, behind.detail], ['failed', '60 s behind the last commit']);
});

test('a seal that is missing, or that others may open, is told with what to do', (t) => {
  const { settings, seal } = installation(t);
  assert.equal(sealCheck(settings).status, 'ok');
  chmodSync(seal, 0o640);
  assert.match(sealCheck(settings).advice ?? '', /^chmod go= .*test\.seal$/);
  rmSync(seal);
  assert.match(sealCheck(settings).detail, /test\.seal is missing/);
});

test('the room on the disk is told in megabytes', (t) => {
  assert.match(diskCheck(installation(t).settings).detail, /^\d+ MB free \(\d+ %\)$/);
});

import assert from 'node:assert/strict';
import { mkdtempDisposableSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makePrivateFolder } from './private-folder.ts';

test('makes all that is missing, for its owner only, and lets be what is there', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-folder-'));
  const path = join(folder.path, 'a', 'b');
  makePrivateFolder(path);
  makePrivateFolder(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
});

test('says why where nothing can be made', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-folder-'));
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  assert.throws(() => makePrivateFolder(join(file, 'a')), { code: 'EEXIST' });
  if (process.platform === 'linux')
    assert.throws(() => makePrivateFolder('/proc/x/y'), { code: 'ENOENT' });
});

import assert from 'node:assert/strict';
import { mkdtempDisposableSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { keepPrivateFile, movePrivateFile, writePrivateFile } from './private-file.ts';

test('a file that holds the content already is left alone, any other is replaced for its owner only', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-private-'));
  const path = join(folder.path, 'ca.pem');
  keepPrivateFile(path, 'one');
  const { ino, mode } = statSync(path);
  assert.equal(mode & 0o777, 0o600);
  keepPrivateFile(path, 'one');
  assert.equal(statSync(path).ino, ino);
  keepPrivateFile(path, 'two');
  assert.notEqual(statSync(path).ino, ino);
  assert.equal(readFileSync(path, 'utf8'), 'two');
});

test('a file that cannot be written is named, with the reason of the system', () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-private-'));
  const path = join(folder.path, 'absent', 'ca.pem');
  const refusal = { name: 'FileNotWritten', message: `${path} cannot be written (ENOENT)` };
  assert.throws(() => writePrivateFile(path, ''), refusal);
  assert.throws(() => movePrivateFile(join(folder.path, 'other'), path), refusal);
});

import assert from 'node:assert/strict';
import { existsSync, mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fillNewPrivateFile } from './new-private-file.ts';

function newFile(t: TestContext): string {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-private-'));
  t.after(() => folder.remove());
  return join(folder.path, 'file');
}

test('a file has its place before anything is made, and only its owner reads it', async (t) => {
  const file = newFile(t);
  const made = await fillNewPrivateFile(file, async () => {
    assert.ok(existsSync(file));
    return { text: 'secret\n', made: 7 };
  });
  assert.equal(made, 7);
  assert.equal(readFileSync(file, 'utf8'), 'secret\n');
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('nothing is made for a file that is there, which stays as it was', async (t) => {
  const file = newFile(t);
  writeFileSync(file, 'before');
  const make = (): never => assert.fail();
  await assert.rejects(fillNewPrivateFile(file, make), { message: `${file} exists already` });
  assert.equal(readFileSync(file, 'utf8'), 'before');
});

test('nothing stays behind when nothing was made', async (t) => {
  const file = newFile(t);
  await assert.rejects(
    fillNewPrivateFile(file, () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.ok(!existsSync(file));
});

import assert from 'node:assert/strict';
import { chmodSync, mkdtempDisposableSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { reveal, Secret } from '../lib/secret.ts';
import { createSealFile, openSealFile } from './file.ts';
import { checkSeal, makeSealCheck } from './seal-check.ts';
import { SealError } from './seal-error.ts';

const installationId = '3f1d2c4b-5a69-4788-9687-a5b4c3d2e1f0';

function sealPath(t: TestContext): string {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-seal-'));
  t.after(() => folder.remove());
  return join(folder.path, 'keys', 'one.seal');
}

test('gives back the root key that it made, from a file for its owner only', (t) => {
  const path = sealPath(t);
  const made = createSealFile(path, installationId);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
  assert.deepEqual(reveal(openSealFile(path, installationId)), reveal(made));
});

test('never writes over a seal', (t) => {
  const path = sealPath(t);
  createSealFile(path, installationId);
  const before = readFileSync(path);
  assert.throws(
    () => createSealFile(path, installationId),
    new SealError(`the seal ${path} exists already`),
  );
  assert.deepEqual(readFileSync(path), before);
});

test('says in one line why a seal is of no use, and shows nothing of it', (t) => {
  const path = sealPath(t);
  const refusal = (pattern: RegExp, id = installationId): void => {
    assert.throws(
      () => openSealFile(path, id),
      (error) =>
        error instanceof SealError && pattern.test(error.message) && !error.message.includes('\n'),
    );
  };
  refusal(/is missing$/);
  const key = Buffer.from(reveal(createSealFile(path, installationId))).toString('hex');
  refusal(/belongs to another installation$/, '00000000-0000-4000-8000-000000000000');
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(path, damaged);
    refusal(/is damaged$|another version/);
  }
  writeFileSync(path, whole.subarray(0, -1));
  refusal(/is damaged$/);
  writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]));
  refusal(/is damaged$/);
  writeFileSync(path, whole);
  chmodSync(path, 0o640);
  refusal(/others may read the seal .*: chmod 600 it$/);
  chmodSync(path, 0o600);
  assert.equal(Buffer.from(reveal(openSealFile(path, installationId))).toString('hex'), key);
  assert.ok(!inspect(openSealFile(path, installationId)).includes(key));
});

test('finds a wrong key by the seal check', () => {
  const rootKey = new Secret(new Uint8Array(32).fill(7));
  const check = makeSealCheck(rootKey);
  checkSeal(rootKey, check);
  assert.throws(() => checkSeal(new Secret(new Uint8Array(32).fill(8)), check), SealError);
  assert.throws(() => checkSeal(rootKey, check.subarray(1)), SealError);
  assert.throws(() => checkSeal(rootKey, new Uint8Array(0)), SealError);
});

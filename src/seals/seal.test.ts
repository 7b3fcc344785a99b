import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { installationId, refuses, rootKey, sealPath, sealSuite } from '../../test/suites/seal.ts';
import { Secret } from '../lib/secret.ts';
import { FileSeal } from './file.ts';
import { PassphraseSeal, usualCost } from './passphrase.ts';
import { checkSeal, makeSealCheck } from './seal-check.ts';
import { SealError } from './seal-error.ts';

/** The least that argon2id takes: these tests open seals hundreds of times. */
const cost = { memory: 8, passes: 1, parallelism: 1 };
const typing = (passphrase: string) => async () => new Secret(new TextEncoder().encode(passphrase));
const ofPassphrase = (path: string, id: string, passphrase = 'correct horse battery') =>
  new PassphraseSeal(path, id, typing(passphrase), { cost });

sealSuite('file', (path, id) => new FileSeal(path, id));
sealSuite('passphrase', (path, id) => ofPassphrase(path, id));

test('a wrong passphrase is told from a damaged seal', async (t) => {
  const path = sealPath(t);
  await ofPassphrase(path, installationId).keep(rootKey());
  const wrong = ofPassphrase(path, installationId, 'correct horse batterz');
  await refuses(wrong.open(), /^the passphrase does not open the seal /);
});

test('nobody is asked for the passphrase of a seal that cannot be opened', async (t) => {
  const path = sealPath(t);
  const seal = new PassphraseSeal(path, installationId, () => assert.fail('asked'));
  await refuses(seal.open(), /is missing$/);
});

test('a seal that asks for all memory or endless time is refused before a passphrase is asked for', async (t) => {
  const path = sealPath(t);
  await ofPassphrase(path, installationId).keep(rootKey());
  const whole = readFileSync(path);
  const seal = new PassphraseSeal(path, installationId, () => assert.fail('asked'));
  for (const [at, value] of [
    [33, 2 ** 32 - 1],
    [33, 1024 * 1024 + 1],
    [33, 7],
    [37, 0],
    [37, 17],
    [41, 0],
    [41, 17],
  ] as const) {
    const hostile = Buffer.from(whole);
    hostile.writeUInt32BE(value, at);
    createHash('sha256').update(hostile.subarray(0, 121)).digest().copy(hostile, 121);
    writeFileSync(path, hostile);
    await refuses(seal.open(), /asks for more memory or time than it may$/);
  }
});

test('a cheaper derivation than was chosen does not open the seal', async (t) => {
  const path = sealPath(t);
  const dearer = { ...cost, passes: 2 };
  await new PassphraseSeal(path, installationId, typing('correct horse battery'), {
    cost: dearer,
  }).keep(rootKey());
  const changed = readFileSync(path);
  changed.writeUInt32BE(1, 37);
  createHash('sha256').update(changed.subarray(0, 121)).digest().copy(changed, 121);
  writeFileSync(path, changed);
  await refuses(ofPassphrase(path, installationId).open(), /does not open the seal/);
});

test('a seal of one kind is not opened as the other', async (t) => {
  const path = sealPath(t);
  await new FileSeal(path, installationId).keep(rootKey());
  await refuses(ofPassphrase(path, installationId).open(), /is of another kind \(file\)$/);
});

test('the usual cost is above what RFC 9106 recommends where memory is scarce', () => {
  assert.ok(usualCost.memory >= 64 * 1024 && usualCost.passes >= 3);
});

test('finds a wrong key by the seal check', () => {
  const key = new Secret(new Uint8Array(32).fill(7));
  const check = makeSealCheck(key);
  checkSeal(key, check);
  assert.throws(() => checkSeal(new Secret(new Uint8Array(32).fill(8)), check), SealError);
  assert.throws(() => checkSeal(key, check.subarray(1)), SealError);
  assert.throws(() => checkSeal(key, new Uint8Array(0)), SealError);
});

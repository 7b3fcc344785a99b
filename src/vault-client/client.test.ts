import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { silentLog } from '../lib/log.ts';
import { Secret } from '../lib/secret.ts';
import { serveChannel } from '../vault/server.ts';
import { acmKeyName, claim, context, TestVault } from '../vault/test-vault.ts';

test('a key is used in no life of the vault that is not begun', async () => {
  const [one, two] = [new TestVault(), new TestVault()];
  const begun: string[] = [];
  const { promise: mayBegin, resolve } = Promise.withResolvers<void>();
  const { client } = one;
  client.beforeUse(async (epoch) => {
    await mayBegin;
    begun.push(epoch);
  });
  const uses = [1, 2].map(() => client.createBackingKey(acmKeyName, claim));
  await setImmediate();
  assert.deepEqual(one.core.receipts.abandoned(0, 10), []);
  resolve();
  for (const { receipt } of await Promise.all(uses)) assert.equal(receipt.epoch, begun[0]);

  const [near, far] = duplexPair();
  serveChannel(far, 'client', two.core, silentLog);
  client.replace(near);
  await client.createBackingKey(acmKeyName, claim);
  assert.deepEqual(
    begun,
    [one, two].map(({ core }) => core.receipts.epoch.toHex()),
  );
});

test('where a life cannot be begun no key is used, until it can', async () => {
  const { client } = new TestVault();
  let isFull = true;
  client.beforeUse(async () => {
    if (isFull) throw new Error('the disk is full');
  });
  await assert.rejects(client.createBackingKey(acmKeyName, claim), /the disk is full/);
  isFull = false;
  const { receipt } = await client.createBackingKey(acmKeyName, claim);
  assert.equal(receipt.n, 1);
});

test('a private key that waits for a life to begin is sent whole', async () => {
  const vault = new TestVault();
  const key = await vault.backingKey('acm-private-key');
  vault.client.beforeUse(() => setImmediate());
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const pem = new Secret(Uint8Array.from(Buffer.from(text)));
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' });
  const { spec } = await vault.client.importPrivateKey(key, pem, publicKey, context, claim);
  assert.equal(spec, 'EC_prime256v1');
});

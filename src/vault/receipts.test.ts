import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { duplexPair } from 'node:stream';
import { silentLog } from '../lib/log.ts';
import { joinedFields, longField, textField } from '../lib/vault-protocol.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';
import { connectVault } from '../vault-client/client.ts';
import { Receipts } from './receipts.ts';
import { Busy } from './refusal.ts';
import { serveChannel } from './server.ts';
import { claim, TestVault } from './test-vault.ts';
import { systemRandom } from '../lib/random.ts';

const text = new TextEncoder().encode('x');

test('each use of a key has a receipt that names it, chained to the one before', async () => {
  const vault = new TestVault();
  const key = await vault.backingKey('encrypt-decrypt');
  const receipts: VaultReceipt[] = [];
  for (let i = 0; i < 3; i += 1) {
    receipts.push((await vault.client.encrypt(key, text, { a: 'b' }, claim)).receipt);
  }
  assert.deepEqual(
    receipts.map(({ n }) => n),
    [2, 3, 4],
  );
  const [first, second] = receipts as [VaultReceipt, VaultReceipt];
  assert.equal(first.epoch, vault.client.epoch);
  assert.equal(first.operation, 'encrypt');
  assert.equal(first.keyId, key.keyId);
  assert.equal(first.principal, claim.principal);
  assert.equal(first.recipientHash, undefined);
  assert.notEqual(
    first.contextHash,
    (await vault.client.encrypt(key, text, {}, claim)).receipt.contextHash,
  );
  const chained = createHmac('sha256', vault.core.keyring.derive('receipts'))
    .update(Buffer.from(first.mac, 'hex'))
    .update(
      joinedFields([
        Uint8Array.fromHex(second.epoch),
        longField(second.n),
        textField(second.operation),
        textField(second.keyId),
        Uint8Array.fromHex(second.contextHash),
        new Uint8Array(0),
        textField(second.principal),
      ]),
    )
    .digest('hex');
  assert.equal(second.mac, chained);
});

test('another life of the vault is another epoch, counted from 1', async () => {
  const [one, two] = [new TestVault(), new TestVault()];
  const key = await one.backingKey('encrypt-decrypt');
  const { receipt } = await two.client.encrypt(key, text, {}, claim);
  assert.equal(receipt.n, 1);
  assert.notEqual(one.client.epoch, two.client.epoch);
});

test('what a client that is gone never confirmed is told to the next one, until it confirms it', async () => {
  const vault = new TestVault();
  const key = await vault.backingKey('encrypt-decrypt');
  const [near, far] = duplexPair();
  serveChannel(far, 'client', vault.core, silentLog);
  const client = connectVault(near);
  const long = { principal: 'x'.repeat(1024) };
  const all = await Promise.all(
    Array.from({ length: 250 }, async () => (await client.encrypt(key, text, {}, long)).receipt),
  );
  client.confirm(all.slice(0, 20));
  assert.deepEqual(await vault.client.unconfirmed(), [], 'a client that lives records its own');
  const gone = once(far, 'close');
  near.destroy();
  await gone;
  const abandoned = await vault.client.unconfirmed();
  assert.deepEqual(abandoned, all.slice(20));
  vault.client.confirm(abandoned);
  assert.deepEqual(await vault.client.unconfirmed(), []);
});

test('what a client gives up is told to those who record it, while the client lives', async () => {
  const vault = new TestVault();
  const key = await vault.backingKey('encrypt-decrypt');
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map(async () => (await vault.client.encrypt(key, text, {}, claim)).receipt),
  );
  vault.client.abandon([second!, { ...third!, epoch: '00'.repeat(16) }]);
  assert.deepEqual(await vault.client.unconfirmed(), [second]);
  vault.client.confirm([first!, second!]);
  assert.deepEqual(await vault.client.unconfirmed(), []);
});

test('confirmations of another epoch confirm nothing', async () => {
  const vault = new TestVault();
  const receipts = new Receipts(new Uint8Array(32), systemRandom);
  const asker = {};
  receipts.issue(
    { operation: 'encrypt', keyId: 'k', context: text, recipient: undefined, principal: 'p' },
    asker,
  );
  receipts.askerIsGone(asker);
  receipts.confirm(vault.core.receipts.epoch, 1);
  assert.equal(receipts.abandoned(0, 9).length, 1);
  receipts.confirm(receipts.epoch, 1);
  assert.equal(receipts.abandoned(0, 9).length, 0);
});

test('keys are not used while too many receipts wait for their confirmation', () => {
  const receipts = new Receipts(new Uint8Array(32), systemRandom);
  const use = {
    operation: 'encrypt',
    keyId: 'k',
    context: text,
    recipient: undefined,
    principal: 'p',
  };
  for (let i = 0; i < 65_536; i += 1) {
    receipts.checkRoom();
    receipts.issue(use, receipts);
  }
  assert.throws(() => receipts.checkRoom(), Busy);
  receipts.confirm(receipts.epoch, 7);
  receipts.checkRoom();
});

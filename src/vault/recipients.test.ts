import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { openEnvelope } from '../dataplane/gateway/enrolled-holder.ts';
import { readRecipientDocument } from '../lib/recipient-document.ts';
import { claim, spki, TestVault } from './test-vault.ts';

const refused = { name: 'VaultRefusal', reason: 'recipient-refused' };

test('believes a document of an enrolled holder, once', async () => {
  const vault = new TestVault();
  const holder = await vault.holder();
  const document = holder.document();
  assert.deepEqual(await vault.client.verifyHolder(document), { holderId: 'gateway-1' });
  await assert.rejects(vault.client.verifyHolder(document), refused);
  assert.deepEqual(await vault.client.verifyHolder(holder.document()), { holderId: 'gateway-1' });
});

test('a document may be five minutes old, or one minute early, and no more', async () => {
  const vault = new TestVault();
  const holder = await vault.holder();
  const at = (seconds: number): Uint8Array => holder.document({ time: vault.now.add({ seconds }) });
  for (const seconds of [-300, 0, 60]) await vault.client.verifyHolder(at(seconds));
  for (const seconds of [-301, 61, -86_400, 86_400]) {
    await assert.rejects(vault.client.verifyHolder(at(seconds)), refused, `${seconds} s`);
  }
});

test('a nonce is remembered as long as its document would be believed', async () => {
  const vault = new TestVault();
  const holder = await vault.holder();
  const document = holder.document({ time: vault.now.add({ seconds: 60 }) });
  await vault.client.verifyHolder(document);
  for (let minute = 0; minute < 7; minute += 1) {
    await assert.rejects(vault.client.verifyHolder(document), refused);
    await vault.client.verifyHolder(holder.document());
    vault.now = vault.now.add({ minutes: 1 });
  }
});

test('believes nobody else: strangers, other signers, holders that were removed, damaged documents', async () => {
  const vault = new TestVault();
  const holder = await vault.holder();
  const signer = generateKeyPairSync('ed25519').privateKey;
  await assert.rejects(vault.client.verifyHolder(holder.document({ signer })), refused);
  const stranger = await new TestVault().holder();
  await assert.rejects(vault.client.verifyHolder(stranger.document()), refused);
  const document = holder.document();
  for (let at = 0; at < document.length; at += 1) {
    const changed = Uint8Array.from(document);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(vault.client.verifyHolder(changed), refused);
    await assert.rejects(vault.client.verifyHolder(document.subarray(0, at)), refused);
  }
  assert.ok(readRecipientDocument(document));
  await vault.control.removeHolder('gateway-1');
  await assert.rejects(vault.client.verifyHolder(document), refused);
});

test("encrypts to the ephemeral key of the document, for customers' keys too", async () => {
  const vault = new TestVault();
  const holder = await vault.holder();
  const key = await vault.backingKey('encrypt-decrypt');
  const plaintext = new TextEncoder().encode('for the enclave');
  const { ciphertext } = await vault.client.encrypt(key, plaintext, { a: 'b' }, claim);
  const answer = await vault.client.decryptToRecipient(
    key,
    ciphertext,
    { a: 'b' },
    holder.document(),
    claim,
  );
  assert.equal(answer.holderId, 'gateway-1');
  assert.match(answer.receipt.recipientHash ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual(
    openEnvelope(answer.ciphertextForRecipient, holder.ephemeral.privateKey),
    plaintext,
  );
  const wrong = vault.client.decryptToRecipient(
    key,
    ciphertext,
    { a: 'c' },
    holder.document(),
    claim,
  );
  await assert.rejects(wrong, { name: 'VaultRefusal', reason: 'invalid-ciphertext' });
});

test('encrypts to RSA keys of 2048 to 4096 bits only', async () => {
  const vault = new TestVault();
  const holder = await vault.holder();
  const key = await vault.backingKey('encrypt-decrypt');
  const { ciphertext } = await vault.client.encrypt(key, new Uint8Array(4), {}, claim);
  const weak = [
    spki(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey),
    spki(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey),
    new Uint8Array(5),
  ];
  for (const publicKey of weak) {
    const document = holder.document({ publicKey });
    await assert.rejects(
      vault.client.decryptToRecipient(key, ciphertext, {}, document, claim),
      refused,
    );
  }
});

test('a holder enrols with an Ed25519 key only', async () => {
  const { control } = new TestVault();
  const publicKey = spki(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey);
  await assert.rejects(control.enrolHolder({ holderId: 'x', publicKey }), {
    reason: 'malformed-request',
  });
});

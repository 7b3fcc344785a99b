import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCiphertextHeader } from '../lib/ciphertext-header.ts';
import { serializeEncryptionContext } from '../lib/encryption-context.ts';
import type { BackingKey } from '../vault-client/vault.ts';
import { isSerializedContext } from './serialized-context.ts';
import { claim, TestVault } from './test-vault.ts';

const vault = new TestVault();
const { client } = vault;
const key = await vault.backingKey('encrypt-decrypt');
const text = new TextEncoder().encode('a plaintext');
const refused = (reason: string) => ({ name: 'VaultRefusal', reason });

test('decrypts what it encrypted, under the same encryption context in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 4096 }),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), { maxKeys: 5 }),
      async (plaintext, context) => {
        const { ciphertext } = await client.encrypt(key, plaintext, context, claim);
        const reversed = Object.fromEntries(Object.entries(context).toReversed());
        const opened = await client.decrypt(key, ciphertext, reversed, claim);
        assert.deepEqual(opened.plaintext, plaintext);
      },
    ),
    { numRuns: 50 },
  );
});

test('encrypts the same plaintext differently each time, and says with which key', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => client.encrypt(key, text, {}, claim)));
  assert.notDeepEqual(one?.ciphertext, two?.ciphertext);
  const { keyId, backingKeyId } = key;
  assert.deepEqual(readCiphertextHeader(one?.ciphertext ?? text), { keyId, backingKeyId });
  assert.equal(readCiphertextHeader(text), undefined);
});

test('refuses another encryption context', async () => {
  const { ciphertext } = await client.encrypt(key, text, { a: 'b', c: 'd' }, claim);
  for (const context of [
    {},
    { a: 'b' },
    { a: 'b', c: 'D' },
    { a: 'b', c: 'd', e: '' },
    { ab: '', cd: '' },
  ]) {
    await assert.rejects(
      client.decrypt(key, ciphertext, context, claim),
      refused('invalid-ciphertext'),
    );
  }
});

test('refuses a ciphertext that was changed anywhere', async () => {
  const { ciphertext } = await client.encrypt(key, text, {}, claim);
  for (let at = 0; at < ciphertext.length; at += 1) {
    const changed = Uint8Array.from(ciphertext);
    changed[at] = (changed[at] ?? 0) ^ 0x80;
    await assert.rejects(
      client.decrypt(key, changed, {}, claim),
      refused('invalid-ciphertext'),
      `byte ${at}`,
    );
    const cut = ciphertext.subarray(0, at);
    await assert.rejects(
      client.decrypt(key, cut, {}, claim),
      refused('invalid-ciphertext'),
      `cut at ${at}`,
    );
  }
});

test('a wrapped key is of no use under another name, and in no other installation', async () => {
  const { ciphertext } = await client.encrypt(key, text, {}, claim);
  const other = '00000000-0000-4000-8000-00000000000f';
  const changes: Partial<BackingKey>[] = [
    { account: '444455556666' },
    { region: 'eu-west-2' },
    { keyId: other },
    { backingKeyId: other },
    // Moves the border between two names.
    { account: '111122223333e', region: 'u-west-1' },
  ];
  for (const change of changes) {
    await assert.rejects(
      client.decrypt({ ...key, ...change }, ciphertext, {}, claim),
      refused('invalid-ciphertext'),
    );
  }
  const asPrivateKey = { ...key, usage: 'acm-private-key' } as const;
  const options = { isExportable: true };
  await assert.rejects(
    client.generatePrivateKey(asPrivateKey, 'EC_prime256v1', {}, options, claim),
    refused('invalid-ciphertext'),
  );
  const elsewhere = new TestVault(new Uint8Array(32).fill(2));
  await assert.rejects(
    elsewhere.client.decrypt(key, ciphertext, {}, claim),
    refused('invalid-ciphertext'),
  );
});

test('a key that is known by its name is still unwrapped again when other bytes come for it', async () => {
  const { ciphertext } = await client.encrypt(key, text, {}, claim);
  const wrapped = Uint8Array.from(key.wrapped) as typeof key.wrapped;
  wrapped[20] = (wrapped[20] ?? 0) ^ 1;
  await assert.rejects(
    client.decrypt({ ...key, wrapped }, ciphertext, {}, claim),
    refused('invalid-ciphertext'),
  );
  assert.deepEqual((await client.decrypt(key, ciphertext, {}, claim)).plaintext, text);
});

test('re-encrypts under another key without showing the plaintext', async () => {
  const other = await vault.backingKey('encrypt-decrypt', { region: 'eu-north-1' });
  const { ciphertext } = await client.encrypt(key, text, { a: 'b' }, claim);
  const again = await client.reEncrypt(
    { key, ciphertext, context: { a: 'b' } },
    { key: other, context: { c: 'd' } },
    claim,
  );
  assert.deepEqual(
    (await client.decrypt(other, again.ciphertext, { c: 'd' }, claim)).plaintext,
    text,
  );
  assert.equal(again.receipt.keyId, other.keyId);
});

test('makes data keys and random bytes of the length that is asked for', async () => {
  const made = await client.generateDataKey(key, 32, { a: 'b' }, claim);
  assert.equal(made.plaintext.length, 32);
  assert.deepEqual(
    (await client.decrypt(key, made.ciphertext, { a: 'b' }, claim)).plaintext,
    made.plaintext,
  );
  assert.equal((await client.generateRandom(1024)).length, 1024);
  for (const count of [0, 1025]) {
    await assert.rejects(client.generateRandom(count), refused('malformed-request'));
    await assert.rejects(
      client.generateDataKey(key, count, {}, claim),
      refused('malformed-request'),
    );
  }
});

test('refuses plaintexts that are empty or too long, contexts that are no text, ids that are no UUIDs', async () => {
  for (const length of [0, 4097]) {
    await assert.rejects(
      client.encrypt(key, new Uint8Array(length), {}, claim),
      refused('malformed-request'),
    );
  }
  await assert.rejects(
    client.encrypt(key, text, { a: '\ud800' }, claim),
    refused('malformed-request'),
  );
  await assert.rejects(
    client.encrypt({ ...key, keyId: 'x' }, text, {}, claim),
    refused('malformed-request'),
  );
  await assert.rejects(
    client.encrypt(key, new Uint8Array(70_000), {}, claim),
    refused('malformed-request'),
  );
});

test('keeps a bounded number of unwrapped keys, and finds the others again', async () => {
  const small = new TestVault();
  const first = await small.backingKey('encrypt-decrypt');
  const { ciphertext } = await small.client.encrypt(first, text, {}, claim);
  const lent = small.core.keyring.backingKey(first);
  for (let i = 0; i < 4096; i += 1) {
    const name = { ...first, backingKeyId: small.core.random.uuid() };
    small.core.keyring.backingKey({ ...name, wrapped: small.core.keyring.createBackingKey(name) });
  }
  assert.deepEqual(lent, Buffer.alloc(32), 'overwritten when it was forgotten');
  assert.deepEqual((await small.client.decrypt(first, ciphertext, {}, claim)).plaintext, text);
});

test('writes contexts in one way, sorted by their UTF-8 bytes', () => {
  // In UTF-16 order U+FF5E comes after the surrogates of U+1F600; in UTF-8 it comes before.
  const serialized = serializeEncryptionContext({ '😀': '1', '～': '2', a: '' });
  assert.deepEqual(serialized, serializeEncryptionContext({ a: '', '～': '2', '😀': '1' }));
  assert.ok(isSerializedContext(serialized));
  assert.ok(isSerializedContext(serializeEncryptionContext({})));
  const hex = Buffer.from(serialized).toString('hex');
  assert.ok(hex.indexOf('efbd9e') < hex.indexOf('f09f9880'));
  for (let at = 0; at < serialized.length; at += 1) {
    assert.ok(!isSerializedContext(serialized.subarray(0, at)), `cut at ${at}`);
  }
  assert.ok(
    !isSerializedContext(Buffer.from('00000002000000016100000000000000016100000000', 'hex')),
    'a key twice',
  );
  assert.ok(
    !isSerializedContext(Buffer.from('00000002000000016200000000000000016100000000', 'hex')),
    'not sorted',
  );
});

import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { openEnvelope } from '../dataplane/gateway/enrolled-holder.ts';
import type { Sealed } from '../lib/secret.ts';
import { systemRandom } from '../lib/random.ts';
import { claim, context, spki, TestVault } from './test-vault.ts';

const vault = new TestVault();
const { client } = vault;
const key = await vault.backingKey('acm-private-key');
const kept = { isExportable: false };
const invalid = { name: 'VaultRefusal', reason: 'invalid-ciphertext' };

test('a ready key becomes the private key of a certificate, as one that is made then', async () => {
  const ready = await client.generateReadyKey('RSA_2048');
  const made = await client.generatePrivateKey(key, 'RSA_2048', context, { ...kept, ready }, claim);
  assert.deepEqual(made.publicKey, ready.publicKey);
  assert.equal(made.receipt.operation, 'generatePrivateKey');
  const holder = await vault.holder();
  const { ciphertextForRecipient } = await client.decryptToRecipient(
    key,
    made.ciphertext,
    context,
    holder.document(),
    claim,
  );
  const der = openEnvelope(ciphertextForRecipient, holder.ephemeral.privateKey);
  const opened = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  assert.deepEqual(spki(opened), Buffer.from(made.publicKey));
});

test('a ready key is of use in another life of the vault, and under its root key only', async () => {
  const ready = await client.generateReadyKey('EC_prime256v1');
  const use = (by: TestVault, under: typeof key) =>
    by.client.generatePrivateKey(under, ready.spec, context, { ...kept, ready }, claim);
  assert.deepEqual((await use(new TestVault(), key)).publicKey, ready.publicKey);
  const stranger = new TestVault(new Uint8Array(32).fill(2));
  await assert.rejects(use(stranger, await stranger.backingKey('acm-private-key')), invalid);
});

test('a ready key passes for no other: not with another public key or spec, not as a backing key or an authority', async () => {
  const [ready, other] = [
    await client.generateReadyKey('EC_prime256v1'),
    await client.generateReadyKey('EC_prime256v1'),
  ];
  const damaged = new Uint8Array(ready.wrapped) as Sealed<'ready-key'>;
  damaged[20] = (damaged[20] ?? 0) ^ 1;
  const forged = [
    { ...ready, publicKey: other.publicKey },
    { ...ready, spec: 'EC_secp384r1' as const },
    { ...ready, wrapped: damaged },
    { ...ready, wrapped: key.wrapped as Uint8Array as Sealed<'ready-key'> },
  ];
  for (const each of forged) {
    const options = { ...kept, ready: each };
    await assert.rejects(
      client.generatePrivateKey(key, each.spec, context, options, claim),
      invalid,
    );
  }
  const wrapped = ready.wrapped as Uint8Array;
  const name = { caId: systemRandom.uuid(), role: 'root', spec: 'EC_prime256v1' } as const;
  const asBackingKey = { ...key, wrapped: wrapped as Sealed<'backing-key'> };
  await assert.rejects(
    client.generatePrivateKey(asBackingKey, 'EC_prime256v1', context, kept, claim),
    invalid,
  );
  assert.throws(
    () => vault.core.keyring.unwrapCaKey({ ...name, publicKey: ready.publicKey }, wrapped),
    { reason: 'invalid-ciphertext' },
  );
});

test('no ready key is made while somebody waits for a key pair', async () => {
  const waited = client.generatePrivateKey(key, 'RSA_2048', context, kept, claim);
  await assert.rejects(client.generateReadyKey('RSA_2048'), { name: 'VaultUnavailable' });
  await waited;
  await client.generateReadyKey('EC_prime256v1');
});

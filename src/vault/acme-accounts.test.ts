import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { integer, sequence } from '../lib/der.ts';
import { claim, TestVault } from './test-vault.ts';

const { client } = new TestVault();
const spec = 'EC_prime256v1';
const account = await client.generateCaKey({ caId: 'acme-1', role: 'acme-account', spec }, claim);
const input = 'eyJhbGciOiJFUzI1NiJ9.e30';
const notAllowed = { name: 'VaultRefusal', reason: 'not-allowed' };
const unsignable = { name: 'VaultRefusal', reason: 'unsignable' };

test('the key of an ACME account signs requests by ES256, in the form of RFC 7518 §3.4', async () => {
  const key = createPublicKey({
    key: Buffer.from(account.publicKey),
    format: 'der',
    type: 'spki',
  });
  // Numbers of 33 bytes, of 32, and now and then of fewer.
  for (let n = 0; n < 200; n += 1) {
    const { signature, receipt } = await client.signJws(account, input, claim);
    assert.equal(signature.length, 64);
    const options = { key, dsaEncoding: 'ieee-p1363' } as const;
    assert.ok(verify('sha256', Buffer.from(input), options, signature));
    assert.equal(receipt.operation, 'signJws');
    assert.equal(receipt.keyId, 'acme-1');
  }
});

test('the key of an ACME account signs no certificate and no revocation list', async () => {
  const tbs = sequence(integer(2));
  await assert.rejects(client.signCertificate(account, tbs, claim), notAllowed);
  await assert.rejects(client.signCrl(account, tbs, claim), notAllowed);
});

test('no authority signs a request, and none becomes an account by another name', async () => {
  for (const role of ['root', 'intermediate'] as const) {
    const ca = await client.generateCaKey({ caId: role, role, spec }, claim);
    await assert.rejects(client.signJws(ca, input, claim), notAllowed);
    await assert.rejects(client.signJws({ ...ca, role: 'acme-account' }, input, claim), {
      name: 'VaultRefusal',
      reason: 'invalid-ciphertext',
    });
  }
});

test('only header and payload in base64url are signed, and only by ES256', async () => {
  for (const text of ['', 'e30', '.e30', 'eyJ', 'eyJh.e30.e30', 'eyJh.e3=', '0eyJh.e30', 'eyJh.é'])
    await assert.rejects(client.signJws(account, text, claim), unsignable, text);
  const name = { caId: 'acme-2', role: 'acme-account', spec: 'EC_secp384r1' } as const;
  const other = await client.generateCaKey(name, claim);
  await assert.rejects(client.signJws(other, input, claim), unsignable);
});

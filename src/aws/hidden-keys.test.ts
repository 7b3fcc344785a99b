import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersWithoutPrivateKeys, withoutPrivateKeys } from './hidden-keys.ts';

const key = '-----BEGIN EC PRIVATE KEY-----\nMIGHAgEAMBMGByqG\n-----END EC PRIVATE KEY-----';

test('private keys in a text are hidden, also when their end is cut off', () => {
  assert.equal(
    withoutPrivateKeys(`Value '${key}' and '${key}' failed`),
    "Value 'HIDDEN_DUE_TO_SECURITY_REASONS' and 'HIDDEN_DUE_TO_SECURITY_REASONS' failed",
  );
  assert.equal(
    withoutPrivateKeys(`Value '${key.slice(0, 40)}…`),
    "Value 'HIDDEN_DUE_TO_SECURITY_REASONS",
  );
});

test('so are those in base64, and certificates are not', () => {
  for (const label of ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])
    for (const encoding of ['base64', 'base64url'] as const) {
      const encoded = Buffer.from(`-----BEGIN ${label}-----\nMIGHAgEA?>`).toString(encoding);
      assert.equal(
        withoutPrivateKeys(`Value '${encoded}' failed`),
        "Value 'HIDDEN_DUE_TO_SECURITY_REASONS' failed",
      );
    }
  const certificate = Buffer.from('-----BEGIN CERTIFICATE-----\nMII').toString('base64');
  assert.equal(withoutPrivateKeys(certificate), certificate);
});

test('and in the members of a record, whatever they are called', () => {
  const members = { keyId: key, context: { [key]: [key, 1, null, true] }, date: 'x' };
  assert.deepEqual(membersWithoutPrivateKeys(members), {
    keyId: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    context: { HIDDEN_DUE_TO_SECURITY_REASONS: ['HIDDEN_DUE_TO_SECURITY_REASONS', 1, null, true] },
    date: 'x',
  });
});

test('other texts stay as they are', () => {
  for (const text of ['', 'a PRIVATE KEY-----', '-----BEGIN CERTIFICATE-----\nMII\n-----END'])
    assert.equal(withoutPrivateKeys(text), text);
});

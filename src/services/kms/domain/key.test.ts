import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DisabledException, KMSInvalidStateException } from '../errors.ts';
import type { KeyState } from '../model.ts';
import { disabled, enabled, keyArn, refuseState, refuseUsage, type KmsKey } from './key.ts';

const key: KmsKey = {
  account: '111122223333',
  region: 'eu-west-1',
  keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  createdAt: Temporal.Instant.from('2026-11-24T12:00:00Z'),
  description: '',
  keySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  keyManager: 'CUSTOMER',
  state: 'Enabled',
  policy: '{}',
  backingKeyId: '1234abcd-12ab-34cd-56ef-1234567890ac',
};
const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

test('a key is named by its Region, account and id', () => {
  assert.equal(keyArn(key), arn);
});

const refusing: readonly [KeyState, RegExp, typeof DisabledException | undefined][] = [
  ['Enabled', /./, undefined],
  ['Disabled', /is disabled\.$/, DisabledException],
  ['PendingDeletion', /is pending deletion\.$/, KMSInvalidStateException],
  ['PendingImport', /is pending import\.$/, KMSInvalidStateException],
  ['Unavailable', /is unavailable\.$/, KMSInvalidStateException],
  ['Creating', /is creating\.$/, KMSInvalidStateException],
  ['Updating', /./, undefined],
];
for (const [state, text, Refusal] of refusing) {
  test(`a key that is ${state} ${Refusal === undefined ? 'can' : 'cannot'} be used`, () => {
    const use = (): void => refuseState({ ...key, state }, 'use');
    if (Refusal === undefined) assert.doesNotThrow(use);
    else assert.throws(use, (error) => error instanceof Refusal && text.test(error.message));
  });
}

test('enabling and disabling always end in the state that was asked for last', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1 }), (wishes) => {
      const end = wishes.reduce((each, wish) => (wish ? enabled(each) : disabled(each)), key);
      assert.deepEqual(end, { ...key, state: wishes.at(-1) === true ? 'Enabled' : 'Disabled' });
    }),
  );
});

test('a key that is going to be deleted is neither enabled nor disabled', () => {
  const doomed: KmsKey = { ...key, state: 'PendingDeletion' };
  for (const change of [enabled, disabled]) {
    assert.throws(() => change(doomed), {
      name: 'KMSInvalidStateException',
      message: `${arn} is pending deletion.`,
    });
  }
});

test('an algorithm of another key spec is refused', () => {
  assert.throws(() => refuseUsage(key, 'Encrypt', 'RSAES_OAEP_SHA_256'), {
    name: 'InvalidKeyUsageException',
    message: 'Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.',
  });
});

test('a key for something else is refused', () => {
  const signing: KmsKey = { ...key, keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' };
  assert.throws(() => refuseUsage(signing, 'Encrypt', 'RSAES_OAEP_SHA_256'), {
    name: 'InvalidKeyUsageException',
    message: `${arn} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
  });
});

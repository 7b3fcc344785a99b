import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOfAccessKey } from '../../../lib/access-key-id.ts';
import { systemRandom } from '../../../lib/random.ts';
import { newAccessKeyId, newAccountId, newSecretCharacters, newUniqueId } from './identifiers.ts';

test('an access key id names its account, as those of AWS do', () => {
  assert.equal(accountOfAccessKey('ASIAQNZGKIQY56JQ7WML'), '029608264753');
  assert.equal(accountOfAccessKey('AKIAIOSFODNN7EXAMPLE'), '581039954779');
  for (const account of ['111122223333', '000000000001', '999999999999']) {
    for (let n = 0; n < 100; n++) {
      const id = newAccessKeyId('AKIA', account, systemRandom);
      assert.match(id, /^AKIA[A-Z2-7]{16}$/);
      assert.equal(accountOfAccessKey(id), account);
    }
  }
});

test('what is no access key id has no account', () => {
  for (const text of [
    '',
    'AKIA',
    'AIDAIOSFODNN7EXAMPLE',
    'AKIAIOSFODNN7EXAMPLé',
    'AKIA7777777777777777',
  ])
    assert.equal(accountOfAccessKey(text), undefined);
});

test('ids and secrets are of the alphabets and lengths of AWS', () => {
  assert.match(newAccountId(systemRandom), /^[1-9][0-9]{11}$/);
  assert.match(newUniqueId('AROA', systemRandom), /^AROA[A-Z2-7]{17}$/);
  assert.match(
    Buffer.from(newSecretCharacters(40, systemRandom)).toString(),
    /^[A-Za-z0-9+/]{40}$/,
  );
});

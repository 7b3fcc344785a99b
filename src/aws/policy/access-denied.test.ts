import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { accessDenied } from './access-denied.ts';
import { accountId } from '../arn.ts';
import type { Decision } from './types.ts';

const account = accountId('111122223333');

function text(reason: Decision['reason'], isTold = true): string {
  const principal = {
    type: 'user',
    account,
    arn: 'arn:u',
    principalId: 'AIDA',
    accessKeyId: 'AKIA',
    userName: 'u',
  } as const;
  return accessDenied(principal, 'kms:Decrypt', 'arn:k', { reason, isTold }).message;
}

void suite('the text of a denial', () => {
  const start = 'User: arn:u is not authorized to perform: kms:Decrypt on resource: arn:k';

  void test('tells which kind of policy decided, and how', () => {
    const reasons = {
      'no-identity-allow': 'because no identity-based policy allows the kms:Decrypt action',
      'no-resource-allow': 'because no resource-based policy allows the kms:Decrypt action',
      'no-session-allow': 'because no session policy allows the kms:Decrypt action',
      'explicit-deny-identity': 'with an explicit deny in an identity-based policy',
      'explicit-deny-resource': 'with an explicit deny in a resource-based policy',
      'explicit-deny-session': 'with an explicit deny in a session policy',
    } as const;
    for (const [reason, words] of Object.entries(reasons))
      assert.equal(text(reason as Decision['reason']), `${start} ${words}`);
  });

  void test('tells callers of another account no reason', () => {
    assert.equal(text('explicit-deny-resource', false), start);
  });
});

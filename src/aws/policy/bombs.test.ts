import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId } from '../arn.ts';
import type { Principal } from '../principal.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy, PolicySyntaxError } from './parse.ts';

const account = accountId('111122223333');
const bob: Principal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/bob`,
  principalId: 'AIDABOB',
  accessKeyId: 'AKIABOB',
  userName: 'bob',
};
const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
const document = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });

for (const [what, text] of [
  ['a megabyte', document({ Sid: 'a'.repeat(1 << 20) })],
  ['a megabyte of blanks', document({}) + ' '.repeat(1 << 20)],
  ['ten thousand wildcards', document({ Resource: `arn:aws:s3:::${'*a'.repeat(10_000)}` })],
  ['nested arrays', '['.repeat(60_000) + ']'.repeat(60_000)],
  ['nested objects', '{"Statement":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
  ['the same key twice', '{"Version":"2012-10-17","Version":"2008-10-17","Statement":[]}'],
  [
    'the same key in two spellings of JSON',
    document({}).replace('"Effect":"Allow"', '"Effect":"Deny","\\u0045ffect":"Allow"'),
  ],
  ['text that is no JSON', '{"Version":'],
] as const) {
  test(`${what}: refused`, () => {
    assert.throws(() => parsePolicy(text, 'identity'), PolicySyntaxError);
  });
}

test('a policy as large as it may be, full of wildcards, is decided', () => {
  const resources = Array.from(
    { length: 60 },
    (_none, n) => `arn:aws:s3:::${'*a'.repeat(40)}${n}b`,
  );
  const policy = parsePolicy(document({ Resource: resources }), 'identity');
  const asked = {
    principal: bob,
    action: 's3:GetObject',
    resource: `arn:aws:s3:::${'a'.repeat(2000)}`,
    context: {},
  };
  const decided = evaluate(asked, { identity: [policy], resourceAccount: account });
  assert.equal(decided.allowed, false);
});

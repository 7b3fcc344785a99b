import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePolicy, policySize, PolicySyntaxError, type PolicyKind } from './parse.ts';

const good = { Effect: 'Allow', Action: 's3:Get*', Resource: '*' };
const withStatement = (changes: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { ...good, ...changes } });

test('one value and a list of one value read the same', () => {
  const one = parsePolicy(
    withStatement({ Condition: { Bool: { 'aws:SecureTransport': true } } }),
    'identity',
  );
  assert.deepEqual(one, {
    version: '2012-10-17',
    statements: [
      {
        effect: 'Allow',
        actions: ['s3:Get*'],
        resources: ['*'],
        conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] }],
      },
    ],
  });
});

test('a document without Version is of version 2008-10-17', () => {
  assert.equal(
    parsePolicy(JSON.stringify({ Statement: [good] }), 'identity').version,
    '2008-10-17',
  );
});

const syntax = 'Syntax errors in policy.';
const legacy = 'The policy failed legacy parsing';
const regexes = 'Resource vendor must be fully qualified and cannot contain regexes.';
const vendor = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
const refused: readonly (readonly [string, string, string, PolicyKind?])[] = [
  ['text that is no JSON', '{', syntax],
  ['a trust policy that is no JSON', '{', 'This policy contains invalid Json', 'trust'],
  ['the same key twice', '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', syntax],
  ['the same key twice, once escaped', '{"Statement":[],"Stat\\u0065ment":[]}', syntax],
  ['a list', '[]', syntax],
  ['no statement', '{"Version":"2012-10-17","Statement":[]}', syntax],
  ['an unknown element', withStatement({ Actions: 's3:*' }), syntax],
  ['an element in another case', withStatement({ effect: 'Allow' }), syntax],
  ['a prototype', '{"__proto__":{},"Statement":[]}', syntax],
  ['another effect', withStatement({ Effect: 'Permit' }), syntax],
  ['an effect in another case', withStatement({ Effect: 'allow' }), legacy],
  ['a version of its own', JSON.stringify({ Version: '2020-01-01', Statement: [good] }), syntax],
  ['no action', withStatement({ Action: undefined }), 'Policy statement must contain actions.'],
  ['an empty list of actions', withStatement({ Action: [] }), 'Policy statement must contain actions.'],
  ['Action and NotAction', withStatement({ NotAction: 's3:*' }), syntax],
  ['an action that is no string', withStatement({ Action: [1] }), syntax],
  ['an action without a service', withStatement({ Action: 'GetObject' }), vendor],
  ['a wildcard for the service', withStatement({ Action: '*:Get' }), 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.'],
  ['a service with a blank', withStatement({ Action: 'a a:Get' }), 'Vendor a a is not valid'],
  ['an action with two colons', withStatement({ Action: 's3:List:Bucket' }), 'Actions/Condition can contain only one colon.'],
  ['an empty action', withStatement({ Action: '' }), vendor],
  ['no resource', withStatement({ Resource: undefined }), 'Policy statement must contain resources.'],
  ['Resource and NotResource', withStatement({ NotResource: '*' }), syntax],
  ['a resource that is no ARN', withStatement({ Resource: 'bucket' }), 'Resource bucket must be in ARN format or "*".'],
  ['an ARN with an empty part that is cut short', withStatement({ Resource: 'arn:aws:s3::bucket' }), legacy],
  ['an ARN of no service', withStatement({ Resource: 'arn:aws' }), regexes],
  ['an ARN of many services', withStatement({ Resource: 'arn:aws:s*:::b' }), regexes],
  ['an ARN of a service without a name', withStatement({ Resource: 'arn:aws::::b' }), legacy],
  ['another prefix', withStatement({ Resource: 'a:b:c' }), 'Partition "b" is not valid for resource "arn:b:c:*:*:*".'],
  ['another partition', withStatement({ Resource: 'arn:x:s3:::b' }), 'Partition "x" is not valid for resource "arn:x:s3:::b".'],
  ['a variable in the account of an ARN', withStatement({ Resource: 'arn:aws:s3::${aws:x}:b' }), 'Resource arn:aws:s3::${aws:x}:b must be in ARN format or "*".'],
  ['a variable that is not closed', withStatement({ Resource: 'arn:aws:s3:::${aws:username' }), syntax],
  ['a principal in an identity policy', withStatement({ Principal: '*' }), 'Policy document should not specify a principal.'],
  ['no principal in a resource policy', withStatement({}), syntax, 'resource'],
  ['a wildcard inside a principal', withStatement({ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }), 'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"', 'resource'],
  ['an unknown kind of principal', withStatement({ Principal: { Aws: '*' } }), syntax, 'resource'],
  ['a resource in a trust policy', withStatement({ Principal: '*' }), 'Has prohibited field Resource.', 'trust'],
  ['an unknown operator', withStatement({ Condition: { StringEqual: { 'aws:x': 'a' } } }), 'Invalid Condition type : StringEqual.'],
  ['NullIfExists', withStatement({ Condition: { NullIfExists: { 'aws:x': 'true' } } }), 'Invalid Condition type : NullIfExists.'],
  ['an unknown set prefix', withStatement({ Condition: { 'ForSome:StringEquals': { 'aws:x': 'a' } } }), 'Invalid Condition type : ForSome:StringEquals.'],
  ['a condition key without a name', withStatement({ Condition: { StringEquals: { '': 'a' } } }), syntax],
  ['a number that is none', withStatement({ Condition: { NumericEquals: { 'aws:x': 'many' } } }), legacy],
  ['a date that is none', withStatement({ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-13-01' } } }), legacy],
  ['an address range that is none', withStatement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }), legacy],
  ['a Sid with a blank', withStatement({ Sid: 'a b' }), syntax],
  ['the same Sid twice', JSON.stringify({ Statement: [{ ...good, Sid: 'a' }, { ...good, Sid: 'a' }] }), 'Statement IDs (SID) in a single policy must be unique.'],
  ['a character outside Latin-1', withStatement({ Resource: 'arn:aws:s3:::€' }), syntax],
  ['more than 6144 characters in a managed policy', withStatement({ Resource: `arn:aws:s3:::${'b'.repeat(6144)}` }), 'Cannot exceed quota for PolicySize: 6144', 'managed'],
  ['more than 10,240 characters in any', withStatement({ Resource: `arn:aws:s3:::${'b'.repeat(10_240)}` }), 'Cannot exceed quota for PolicySize: 10240'],
  ['more than 2048 characters in a session policy', withStatement({ Resource: `arn:aws:s3:::${'b'.repeat(2048)}` }), 'Cannot exceed quota for PolicySize: 2048', 'session'],
]; // prettier-ignore

for (const [what, text, message, kind = 'identity'] of refused) {
  test(`refuses ${what}`, () => {
    assert.throws(
      () => parsePolicy(text, kind),
      (error) => error instanceof PolicySyntaxError && error.message === message,
    );
  });
}

for (const [what, changes] of [
  ['an action that no service has', { Action: 'service-prefix:action-name' }],
  ['a service with a dot', { Action: 's3.s:ListBucket' }],
  ['an ARN that is cut short', { Resource: 'arn:aws:kms' }],
  ['a condition key without a service', { Condition: { StringEquals: { team: 'a' } } }],
  ['a condition without values', { Condition: { StringEquals: { 'aws:x': [] } } }],
  ['an operator without keys', { Condition: { StringEquals: {} } }],
] as const) {
  test(`accepts ${what}, as AWS does`, () => {
    assert.equal(parsePolicy(withStatement(changes), 'identity').statements.length, 1);
  });
}

test('accepts a Sid with blanks in a resource policy', () => {
  const text = withStatement({
    Sid: 'Allow creation of decryption grants',
    Principal: { AWS: '*' },
  });
  assert.equal(
    parsePolicy(text, 'resource').statements[0]?.sid,
    'Allow creation of decryption grants',
  );
});

test('white space counts against the size inside strings only', () => {
  assert.equal(policySize('{ "a b" :\n 1 }'), '{"a b":1}'.length);
});

test('refuses a hundred thousand opened lists without running out of stack', () => {
  assert.throws(() => parsePolicy('['.repeat(6000), 'identity'), PolicySyntaxError);
});

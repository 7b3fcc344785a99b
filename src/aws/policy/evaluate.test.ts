import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountId } from '../arn.ts';
import type {
  Principal,
  RoleSessionPrincipal,
  RootPrincipal,
  UserPrincipal,
} from '../principal.ts';
import { evaluate } from './evaluate.ts';
import { parsePolicy, type PolicyKind } from './parse.ts';
import type {
  ApplicablePolicies,
  ConditionContext,
  Decision,
  PolicyDocument,
  Statement,
} from './types.ts';

const account = accountId('111122223333');
const other = accountId('444455556666');
const bob: UserPrincipal = {
  type: 'user', account, arn: `arn:aws:iam::${account}:user/bob`, principalId: 'AIDABOB', accessKeyId: 'AKIABOB', userName: 'bob',
}; // prettier-ignore
const root: RootPrincipal = {
  type: 'root',
  account,
  arn: `arn:aws:iam::${account}:root`,
  principalId: account,
  accessKeyId: 'AKIAROOT',
};
const session: RoleSessionPrincipal = {
  type: 'role-session', account, arn: `arn:aws:sts::${account}:assumed-role/deploy/s1`, principalId: 'AROADEPLOY:s1', accessKeyId: 'ASIA1',
  roleArn: `arn:aws:iam::${account}:role/deploy`, roleName: 'deploy', roleId: 'AROADEPLOY', sessionName: 's1',
}; // prettier-ignore
const acm: Principal = { type: 'service', name: 'acm.eu-west-1.amazonaws.com', account };

const policy = (
  statements: object | object[],
  kind: PolicyKind = 'identity',
  version = '2012-10-17',
): PolicyDocument => parsePolicy(JSON.stringify({ Version: version, Statement: statements }), kind);
const allowAll = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
const bucket = 'arn:aws:s3:::bucket/key';
const key = `arn:aws:kms:eu-west-1:${account}:key/1`;

const decide = (
  request: { action: string; resource?: string; context?: ConditionContext; principal?: Principal },
  policies: Partial<ApplicablePolicies>,
): Decision['reason'] =>
  evaluate(
    { principal: bob, resource: '*', context: {}, ...request },
    { identity: [], resourceAccount: account, ...policies },
  ).reason;

/** Whether one Allow statement with these elements covers the request. */
const covers = (
  elements: object,
  action: string,
  resource: string,
  context: ConditionContext = {},
  version?: string,
): boolean =>
  decide(
    { action, resource, context },
    {
      identity: [
        policy({ Effect: 'Allow', Action: '*', Resource: '*', ...elements }, 'identity', version),
      ],
    },
  ) === 'allowed';

test('nothing is allowed without an Allow', () => {
  assert.equal(decide({ action: 's3:GetObject', resource: bucket }, {}), 'no-identity-allow');
});

for (const [pattern, action, expected] of [
  ['s3:GetObject', 's3:getobject', true],
  ['S3:Get*', 's3:GetObject', true],
  ['s3:Get?bject', 's3:GetObject', true],
  ['s3:Get', 's3:GetObject', false],
  ['s3:*Object', 's3:GetObjectAcl', false],
  ['*', 'iam:CreateUser', true],
] as const) {
  test(`Action ${pattern} ${expected ? 'covers' : 'does not cover'} ${action}`, () => {
    assert.equal(covers({ Action: pattern }, action, bucket), expected);
  });
}

for (const [pattern, resource, expected] of [
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b:c', true],
  ['arn:aws:s3:::bucket/?', 'arn:aws:s3:::bucket/ab', false],
  ['arn:aws:s3:::BUCKET/*', 'arn:aws:s3:::bucket/a', false],
  ['arn:aws:acm:*:*:certificate/1', `arn:aws:acm:eu-west-1:${account}:certificate/1`, true],
  ['arn:aws:acm:*:certificate/*', `arn:aws:acm:eu-west-1:${account}:certificate/1`, false],
  ['arn:aws:acm:::certificate/1', `arn:aws:acm:eu-west-1:${account}:certificate/1`, false],
  ['arn:aws:acm:*', `arn:aws:acm:eu-west-1:${account}:certificate/1`, true],
  [`arn:aws:acm:eu-west-1:${account}:certificate/*`, '*', false],
  ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/bob/x', true],
  ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/eve/x', false],
  ['arn:aws:s3:::home/${aws:missing}', 'arn:aws:s3:::home/${aws:missing}', false],
  ["arn:aws:s3:::home/${aws:missing, 'none'}", 'arn:aws:s3:::home/none', true],
  ['arn:aws:s3:::a${*}b', 'arn:aws:s3:::a*b', true],
  ['arn:aws:s3:::a${*}b', 'arn:aws:s3:::aXb', false],
  ['arn:aws:s3:::home/${aws:star}', 'arn:aws:s3:::home/bob', false],
] as const) {
  test(`Resource ${pattern} ${expected ? 'covers' : 'does not cover'} ${resource}`, () => {
    assert.equal(
      covers({ Resource: pattern }, 's3:GetObject', resource, {
        'aws:username': 'bob',
        'aws:star': '*',
      }),
      expected,
    );
  });
}

test('NotAction and NotResource cover everything else', () => {
  assert.equal(covers({ Action: undefined, NotAction: 'iam:*' }, 's3:GetObject', bucket), true);
  assert.equal(covers({ Action: undefined, NotAction: 'iam:*' }, 'iam:GetUser', bucket), false);
  assert.equal(
    covers({ Resource: undefined, NotResource: 'arn:aws:s3:::bucket/*' }, 's3:GetObject', bucket),
    false,
  );
  assert.equal(
    covers({ Resource: undefined, NotResource: 'arn:aws:s3:::secret/*' }, 's3:GetObject', bucket),
    true,
  );
});

test('an exception with a variable without value excepts nothing, as it matches no resource; others do', () => {
  const exception = { Resource: undefined, NotResource: 'arn:aws:s3:::home/${aws:missing}' };
  assert.equal(covers(exception, 's3:GetObject', bucket), true);
  const denied = (...more: string[]) =>
    decide(
      { action: 's3:GetObject', resource: bucket },
      {
        identity: [
          allowAll,
          policy({
            Effect: 'Deny',
            Action: '*',
            Resource: undefined,
            NotResource: [exception.NotResource, ...more],
          }),
        ],
      },
    );
  assert.equal(denied(), 'explicit-deny-identity');
  assert.equal(denied(bucket), 'allowed');
});

test('decisions do not depend on how many resources were asked about before', () => {
  const some = policy({
    Effect: 'Allow',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::?1*', 'arn:aws:s3:::${aws:username}'],
  });
  for (let round = 0; round < 2; round++)
    for (let n = 10; n < 200; n++)
      for (const action of ['s3:GetObject', 'kms:Decrypt'])
        assert.equal(
          decide({ action, resource: `arn:aws:s3:::${n}` }, { identity: [some] }) === 'allowed',
          action === 's3:GetObject' && String(n)[1] === '1',
          `${action} ${n}`,
        );
});

test('a short ARN is filled up with wildcards, in every kind of statement', () => {
  assert.equal(covers({ Resource: 'arn:aws:s3' }, 's3:GetObject', bucket), true);
  assert.equal(covers({ Resource: 'arn:aws:kms' }, 's3:GetObject', bucket), false);
});

test('an empty list of values matches nothing: a condition holds if it is negated', () => {
  for (const [operator, holds] of [
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAllValues:StringNotEquals', true],
    ['Null', false],
  ] as const)
    assert.equal(
      covers({ Condition: { [operator]: { 'aws:username': [] } } }, 's3:GetObject', bucket),
      holds,
      operator,
    );
});

test('variables are plain text in documents of version 2008-10-17', () => {
  assert.equal(
    covers(
      { Resource: 'arn:aws:s3:::${aws:username}' },
      's3:GetObject',
      'arn:aws:s3:::bob',
      { 'aws:username': 'bob' },
      '2008-10-17',
    ),
    false,
  );
});

const a = { 'k:a': 'x' };
const list = { 'k:l': ['x', 'y'] };
for (const [operator, keyName, value, context, expected] of [
  ['StringEquals', 'k:a', ['z', 'x'], a, true],
  ['StringEquals', 'K:A', 'x', a, true],
  ['StringEquals', 'k:a', 'X', a, false],
  ['StringEquals', 'k:a', '*', a, false],
  ['StringEquals', 'k:a', 'x', {}, false],
  ['StringEqualsIfExists', 'k:a', 'x', {}, true],
  ['StringEqualsIfExists', 'k:a', 'y', a, false],
  ['StringNotEquals', 'k:a', 'x', {}, true],
  ['StringNotEquals', 'k:a', ['y', 'x'], a, false],
  ['StringNotEquals', 'k:a', '${aws:missing}', a, true],
  ['StringEquals', 'k:a', '${aws:missing}', a, false],
  ['StringEquals', 'k:a', '${k:b}', { 'k:a': 'x', 'k:b': 'x' }, true],
  ['StringEqualsIgnoreCase', 'k:a', 'X', a, true],
  ['StringLike', 'k:a', '?*', a, true],
  ['StringLike', 'k:a', '${k:b}', { 'k:a': 'x', 'k:b': '*' }, false],
  ['StringNotLike', 'k:a', 'x*', a, false],
  ['StringEquals', 'k:l', 'x', list, false],
  ['ForAnyValue:StringEquals', 'k:l', 'x', list, true],
  ['ForAnyValue:StringEquals', 'k:l', 'x', {}, false],
  ['ForAnyValue:StringNotEquals', 'k:l', 'x', list, true],
  ['ForAnyValue:StringNotEquals', 'k:l', ['x', 'y'], list, false],
  ['ForAllValues:StringEquals', 'k:l', 'x', list, false],
  ['ForAllValues:StringEquals', 'k:l', ['x', 'y', 'z'], list, true],
  ['ForAllValues:StringEquals', 'k:l', 'x', {}, true],
  ['ForAllValues:StringEquals', 'k:l', 'x', { 'k:l': [] }, true],
  ['ForAllValues:StringNotEquals', 'k:l', 'y', list, false],
  ['Bool', 'k:a', 'TRUE', { 'k:a': 'true' }, true],
  ['Bool', 'k:a', 'false', {}, false],
  ['BoolIfExists', 'k:a', 'false', {}, true],
  ['Null', 'k:a', 'true', {}, true],
  ['Null', 'k:a', 'true', a, false],
  ['Null', 'k:a', 'false', a, true],
  ['Null', 'k:l', 'false', { 'k:l': [] }, false],
  ['NumericLessThan', 'k:a', '10', { 'k:a': '9.5' }, true],
  ['NumericLessThan', 'k:a', '10', { 'k:a': 'nine' }, false],
  ['NumericNotEquals', 'k:a', '10', { 'k:a': '10.0' }, false],
  ['DateGreaterThan', 'k:a', '2026-01-01', { 'k:a': '2026-01-01T00:00:01Z' }, true],
  ['DateLessThan', 'k:a', '1767225601', { 'k:a': '2026-01-01T00:00Z' }, true],
  ['IpAddress', 'k:a', '10.0.0.0/8', { 'k:a': '10.1.2.3' }, true],
  ['IpAddress', 'k:a', '10.0.0.0/8', { 'k:a': '::ffff:10.1.2.3' }, true],
  ['IpAddress', 'k:a', '2001:db8::/32', { 'k:a': '2001:db8:1::1' }, true],
  ['IpAddress', 'k:a', '::/0', { 'k:a': '10.1.2.3' }, false],
  ['NotIpAddress', 'k:a', '10.0.0.0/8', { 'k:a': '11.0.0.1' }, true],
  ['ArnLike', 'k:a', 'arn:aws:s3:::b*', { 'k:a': bucket }, true],
  ['ArnEquals', 'k:a', 'arn:aws:s3:*:b*', { 'k:a': bucket }, false],
  ['ArnNotLike', 'k:a', 'arn:aws:s3:::b*', { 'k:a': bucket }, false],
  ['BinaryEquals', 'k:a', 'YQ==', { 'k:a': 'YQ' }, true],
] as const) {
  test(`${operator} ${keyName} ${JSON.stringify(value)} with ${JSON.stringify(context)} is ${String(expected)}`, () => {
    assert.equal(
      covers({ Condition: { [operator]: { [keyName]: value } } }, 's3:GetObject', bucket, context),
      expected,
    );
  });
}

test('operators and keys of one statement must all hold', () => {
  const elements = {
    Condition: { StringEquals: { 'k:a': 'x', 'k:b': 'y' }, Bool: { 'k:c': 'true' } },
  };
  assert.equal(
    covers(elements, 's3:GetObject', bucket, { 'k:a': 'x', 'k:b': 'y', 'k:c': 'true' }),
    true,
  );
  assert.equal(
    covers(elements, 's3:GetObject', bucket, { 'k:a': 'x', 'k:b': 'z', 'k:c': 'true' }),
    false,
  );
  assert.equal(covers(elements, 's3:GetObject', bucket, { 'k:a': 'x', 'k:b': 'y' }), false);
});

test('an operator that is not known gives nothing in an Allow and takes all in a Deny', () => {
  const statement = (effect: Statement['effect']): PolicyDocument => ({
    version: '2012-10-17',
    statements: [
      {
        effect,
        actions: ['*'],
        resources: ['*'],
        conditions: [{ operator: 'Unheard', key: 'k:a', values: ['x'] }],
      },
    ],
  });
  assert.equal(
    decide({ action: 's3:GetObject' }, { identity: [statement('Allow')] }),
    'no-identity-allow',
  );
  assert.equal(
    decide({ action: 's3:GetObject' }, { identity: [allowAll, statement('Deny')] }),
    'explicit-deny-identity',
  );
});

test('two keys that differ by case only cannot satisfy a condition', () => {
  const pinned = { Condition: { StringEquals: { 'kms:EncryptionContext:Arn': 'mine' } } };
  assert.equal(
    covers(pinned, 'kms:Decrypt', key, {
      'kms:EncryptionContext:arn': 'theirs',
      'kms:EncryptionContext:ARN': 'mine',
    }),
    false,
  );
});

const getObject = { action: 's3:GetObject', resource: bucket };
const bucketPolicy = (principal: unknown, effect = 'Allow'): PolicyDocument =>
  policy({ Effect: effect, Principal: principal, Action: '*', Resource: '*' }, 'resource');
const nothing: PolicyDocument[] = [];
const denyAll = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
/** A policy that allows something else. */
const somethingElse = policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' });

for (const [what, principal, policies, reason] of [
  [
    'a Deny in the resource policy beats everything',
    bob,
    { identity: [allowAll], resource: bucketPolicy('*', 'Deny'), isGranted: true },
    'explicit-deny-resource',
  ],
  [
    'a Deny in a session policy beats everything',
    session,
    { identity: [allowAll], session: [denyAll], resource: bucketPolicy({ AWS: session.arn }) },
    'explicit-deny-session',
  ],
  [
    'a Deny in an identity policy beats a grant',
    bob,
    { identity: [denyAll], isGranted: true, resourcePolicyDecides: true },
    'explicit-deny-identity',
  ],
  ['root is allowed by default', root, {}, 'allowed'],
  [
    'root obeys a Deny of the resource',
    root,
    { resource: bucketPolicy('*', 'Deny') },
    'explicit-deny-resource',
  ],
  [
    'a resource policy that names the user is enough',
    bob,
    { resource: bucketPolicy({ AWS: bob.arn }) },
    'allowed',
  ],
  [
    'a resource policy that names the account only delegates',
    bob,
    { resource: bucketPolicy({ AWS: account }) },
    'no-identity-allow',
  ],
  [
    'a resource policy that names another user does nothing',
    bob,
    { resource: bucketPolicy({ AWS: `${bob.arn}2` }) },
    'no-identity-allow',
  ],
  [
    'session policies must allow too',
    session,
    { identity: [allowAll], session: nothing },
    'no-session-allow',
  ],
  [
    'naming the session passes over its session policies',
    session,
    { session: nothing, resource: bucketPolicy({ AWS: session.arn }) },
    'allowed',
  ],
  [
    'naming the role does not',
    session,
    { session: nothing, resource: bucketPolicy({ AWS: session.roleArn }) },
    'no-session-allow',
  ],
  [
    'a boundary must allow too',
    bob,
    { identity: [allowAll], boundary: somethingElse },
    'no-boundary-allow',
  ],
  ['a boundary gives nothing by itself', bob, { boundary: allowAll }, 'no-identity-allow'],
  [
    'a Deny in a boundary beats a resource policy that names the user',
    bob,
    { boundary: denyAll, resource: bucketPolicy({ AWS: bob.arn }) },
    'explicit-deny-boundary',
  ],
  [
    'naming the user passes over what the boundary leaves out',
    bob,
    { boundary: somethingElse, resource: bucketPolicy({ AWS: bob.arn }) },
    'allowed',
  ],
  [
    'naming everybody does not',
    bob,
    { boundary: somethingElse, resource: bucketPolicy('*') },
    'no-boundary-allow',
  ],
  [
    'a boundary limits a grant',
    bob,
    { boundary: somethingElse, isGranted: true, resourcePolicyDecides: true },
    'no-boundary-allow',
  ],
  [
    'a boundary limits a role that a resource policy names',
    session,
    { boundary: somethingElse, resource: bucketPolicy({ AWS: session.roleArn }) },
    'no-boundary-allow',
  ],
  [
    'Deny with NotPrincipal spares nobody who has a boundary',
    bob,
    {
      identity: [allowAll],
      boundary: allowAll,
      resource: policy(
        { Effect: 'Deny', NotPrincipal: { AWS: [bob.arn, account] }, Action: '*', Resource: '*' },
        'resource',
      ),
    },
    'explicit-deny-resource',
  ],
  ['a service has no identity policies', acm, { identity: [allowAll] }, 'no-identity-allow'],
  [
    'a service is allowed by a resource policy that names it',
    acm,
    { resource: bucketPolicy({ Service: 'acm.eu-west-1.amazonaws.com' }) },
    'allowed',
  ],
  [
    'the account does not stand for services',
    acm,
    { resource: bucketPolicy({ AWS: account }) },
    'no-identity-allow',
  ],
  [
    'another account needs both sides: only identity',
    bob,
    { identity: [allowAll], resourceAccount: other },
    'no-resource-allow',
  ],
  [
    'another account needs both sides: only resource',
    bob,
    { resource: bucketPolicy({ AWS: bob.arn }), resourceAccount: other },
    'no-identity-allow',
  ],
  [
    'another account needs both sides: both',
    bob,
    { identity: [allowAll], resource: bucketPolicy({ AWS: account }), resourceAccount: other },
    'allowed',
  ],
  [
    'another account and a grant',
    bob,
    { identity: [allowAll], isGranted: true, resourceAccount: other },
    'allowed',
  ],
  [
    'another account and a grant without identity policy',
    bob,
    { isGranted: true, resourceAccount: other },
    'no-identity-allow',
  ],
  [
    'KMS: identity policies alone do nothing',
    bob,
    { identity: [allowAll], resourcePolicyDecides: true },
    'no-resource-allow',
  ],
  ['KMS: nor does being root', root, { resourcePolicyDecides: true }, 'no-resource-allow'],
  [
    'KMS: the key policy lets root in',
    root,
    { resource: bucketPolicy({ AWS: account }), resourcePolicyDecides: true },
    'allowed',
  ],
  [
    'KMS: delegation needs an identity policy',
    bob,
    { resource: bucketPolicy({ AWS: root.arn }), resourcePolicyDecides: true },
    'no-identity-allow',
  ],
  [
    'KMS: delegation and an identity policy',
    bob,
    {
      identity: [allowAll],
      resource: bucketPolicy({ AWS: root.arn }),
      resourcePolicyDecides: true,
    },
    'allowed',
  ],
  ['KMS: a grant is enough', bob, { isGranted: true, resourcePolicyDecides: true }, 'allowed'],
  [
    'KMS: a grant is enough for a service',
    acm,
    { isGranted: true, resourcePolicyDecides: true },
    'allowed',
  ],
  [
    'KMS: a grant does not pass over session policies',
    session,
    { isGranted: true, session: nothing, resourcePolicyDecides: true },
    'no-session-allow',
  ],
  [
    'Deny with NotPrincipal hits a user whose account is not listed',
    bob,
    {
      identity: [allowAll],
      resource: policy(
        { Effect: 'Deny', NotPrincipal: { AWS: bob.arn }, Action: '*', Resource: '*' },
        'resource',
      ),
    },
    'explicit-deny-resource',
  ],
  [
    'Deny with NotPrincipal spares a user listed with its account',
    bob,
    {
      identity: [allowAll],
      resource: policy(
        { Effect: 'Deny', NotPrincipal: { AWS: [bob.arn, account] }, Action: '*', Resource: '*' },
        'resource',
      ),
    },
    'allowed',
  ],
] as const satisfies readonly (readonly [
  string,
  Principal,
  Partial<ApplicablePolicies>,
  Decision['reason'],
])[]) {
  // prettier-ignore
  test(`${what}: ${reason}`, () => {
    assert.equal(decide({ ...getObject, principal }, policies), reason);
  });
}

test('a user of team A may request names of team-a.example only, and may not export', () => {
  const teamA = policy([
    { Effect: 'Allow', Action: 'acm:*', Resource: '*' },
    { Effect: 'Deny', Action: 'acm:RequestCertificate', Resource: '*', Condition: { 'ForAnyValue:StringNotLike': { 'acm:DomainNames': '*.team-a.example' } } },
    { Effect: 'Deny', Action: 'acm:ExportCertificate', Resource: '*' },
  ]); // prettier-ignore
  const request = (...names: string[]): Decision['reason'] =>
    decide(
      { action: 'acm:RequestCertificate', context: { 'acm:DomainNames': names } },
      { identity: [teamA] },
    );
  assert.equal(request('www.team-a.example', '*.team-a.example'), 'allowed');
  assert.equal(request('www.team-a.example', 'www.team-b.example'), 'explicit-deny-identity');
  assert.equal(request('team-a.example.evil.example'), 'explicit-deny-identity');
  const certificate = `arn:aws:acm:eu-west-1:${account}:certificate/1`;
  assert.equal(
    decide({ action: 'acm:ExportCertificate', resource: certificate }, { identity: [teamA] }),
    'explicit-deny-identity',
  );
  assert.equal(
    decide({ action: 'acm:DescribeCertificate', resource: certificate }, { identity: [teamA] }),
    'allowed',
  );
});

test('the policy of aws/acm lets its owner look and revoke, and only ACM make grants', () => {
  const caller = { 'kms:CallerAccount': account };
  const viaAcm = { ...caller, 'kms:ViaService': 'acm.eu-west-1.amazonaws.com' };
  const conditions = {
    'kms:CallerAccount': account,
    'kms:ViaService': 'acm.eu-west-1.amazonaws.com',
  };
  const grants = (...operations: string[]): object => ({
    StringEquals: conditions,
    'ForAllValues:StringEquals': { 'kms:GrantOperations': operations },
    Bool: { 'kms:GrantIsForAWSResource': 'true' },
  });
  const everybody = { Principal: { AWS: '*' }, Resource: '*' };
  const resource = policy(
    [
      { ...everybody, Sid: 'Allow creation of decryption grants', Effect: 'Allow', Action: 'kms:CreateGrant', Condition: grants('Decrypt') },
      { ...everybody, Sid: 'Allow creation of encryption grant', Effect: 'Allow', Action: 'kms:CreateGrant', Condition: grants('Encrypt', 'ReEncryptFrom', 'ReEncryptTo') },
      { ...everybody, Sid: 'Allowed operations for the key owner', Effect: 'Allow', Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant', 'kms:GetKeyPolicy'], Condition: { StringEquals: caller } },
      { ...everybody, Sid: 'Deny re-encryption to any other key', Effect: 'Deny', Action: 'kms:ReEncrypt*', Condition: { Bool: { 'kms:ReEncryptOnSameKey': 'false' } } },
      { ...everybody, Sid: 'Allow decrypt', Effect: 'Allow', Action: 'kms:Decrypt', Condition: { StringEquals: conditions } },
    ],
    'resource',
  ); // prettier-ignore
  const ask = (
    action: string,
    context: ConditionContext,
    more: Partial<ApplicablePolicies> = {},
  ): Decision['reason'] =>
    decide(
      { action, resource: key, context },
      { identity: [allowAll], resource, resourcePolicyDecides: true, ...more },
    );
  const forResource = { ...viaAcm, 'kms:GrantIsForAWSResource': 'true' };
  assert.equal(ask('kms:DescribeKey', caller), 'allowed');
  assert.equal(ask('kms:RevokeGrant', caller), 'allowed');
  assert.equal(ask('kms:Decrypt', caller), 'no-resource-allow');
  assert.equal(ask('kms:Encrypt', viaAcm), 'no-resource-allow');
  assert.equal(
    ask('kms:CreateGrant', { ...forResource, 'kms:GrantOperations': ['Decrypt'] }),
    'allowed',
  );
  assert.equal(
    ask('kms:CreateGrant', { ...forResource, 'kms:GrantOperations': ['Decrypt', 'Encrypt'] }),
    'no-resource-allow',
  );
  assert.equal(
    ask('kms:CreateGrant', {
      ...caller,
      'kms:GrantOperations': ['Decrypt'],
      'kms:GrantIsForAWSResource': 'false',
    }),
    'no-resource-allow',
  );
  assert.equal(
    ask(
      'kms:CreateGrant',
      { ...forResource, 'kms:GrantOperations': ['Decrypt'] },
      { identity: [denyAll] },
    ),
    'explicit-deny-identity',
  );
  assert.equal(
    ask('kms:ReEncryptFrom', { ...viaAcm, 'kms:ReEncryptOnSameKey': 'false' }, { isGranted: true }),
    'explicit-deny-resource',
  );
  assert.equal(
    ask('kms:ReEncryptFrom', { ...viaAcm, 'kms:ReEncryptOnSameKey': 'true' }, { isGranted: true }),
    'allowed',
  );
});

const anyStatement: fc.Arbitrary<Statement> = fc.record({
  effect: fc.constantFrom('Allow' as const, 'Deny' as const),
  actions: fc.subarray(['*', 's3:*', 's3:GetObject', 'kms:Decrypt'], { minLength: 1 }),
  resources: fc.subarray(['*', 'arn:aws:s3:::bucket/*', 'arn:aws:s3:::${k:a}/*', key], {
    minLength: 1,
  }),
  principal: fc.constantFrom(
    '*' as const,
    { AWS: [bob.arn] },
    { AWS: [account] },
    { AWS: [session.roleArn] },
    { Service: [acm.name] },
  ),
  conditions: fc.array(
    fc.record({
      operator: fc.constantFrom(
        'StringEquals',
        'StringNotLike',
        'ForAllValues:StringEquals',
        'Null',
        'NumericLessThan',
        'Unheard',
      ),
      key: fc.constantFrom('k:a', 'k:l', 'k:missing'),
      values: fc.subarray(['x', 'true', '5'], { minLength: 1 }),
    }),
    { maxLength: 2 },
  ),
});
const anyDocument: fc.Arbitrary<PolicyDocument> = fc.record({
  version: fc.constant('2012-10-17' as const),
  statements: fc.array(anyStatement, { maxLength: 4 }),
});
const anyPolicies: fc.Arbitrary<ApplicablePolicies> = fc.record(
  {
    identity: fc.array(anyDocument, { maxLength: 2 }),
    session: fc.array(anyDocument, { maxLength: 2 }),
    resource: anyDocument,
    resourcePolicyDecides: fc.boolean(),
    resourceAccount: fc.constantFrom<string>(account, other),
    isGranted: fc.boolean(),
  },
  { requiredKeys: ['identity', 'resourceAccount'] },
);
const anyPrincipal = fc.constantFrom<Principal>(bob, root, session, acm);
const anyPlace = fc.constantFrom('identity', 'session', 'resource');
const allowed = (principal: Principal, policies: ApplicablePolicies): boolean =>
  evaluate({ principal, ...getObject, context: { 'k:a': 'x', 'k:l': ['x', '5'] } }, policies)
    .allowed;

/** The policies with one more statement. A place that is not there stays so: a first session policy restricts. */
function adding(
  policies: ApplicablePolicies,
  place: string,
  statement: Statement,
): ApplicablePolicies {
  const added = { version: '2012-10-17', statements: [statement] } as const;
  if (place === 'resource')
    return {
      ...policies,
      resource: { ...added, statements: [...(policies.resource?.statements ?? []), statement] },
    };
  if (place === 'identity') return { ...policies, identity: [...policies.identity, added] };
  return policies.session === undefined
    ? policies
    : { ...policies, session: [...policies.session, added] };
}

test('another Deny never allows more', () => {
  fc.assert(
    fc.property(anyPrincipal, anyPolicies, anyPlace, anyStatement, (principal, policies, place, statement) =>
      !allowed(principal, adding(policies, place, { ...statement, effect: 'Deny' })) || allowed(principal, policies)),
    { numRuns: 2000 },
  ); // prettier-ignore
});

test('another Allow never allows less', () => {
  fc.assert(
    fc.property(anyPrincipal, anyPolicies, anyPlace, anyStatement, (principal, policies, place, statement) =>
      allowed(principal, adding(policies, place, { ...statement, effect: 'Allow' })) || !allowed(principal, policies)),
    { numRuns: 2000 },
  ); // prettier-ignore
});

test('the order of statements plays no part', () => {
  const reversed = (document: PolicyDocument): PolicyDocument => ({
    ...document,
    statements: document.statements.toReversed(),
  });
  fc.assert(
    fc.property(anyPrincipal, anyPolicies, (principal, policies) => {
      const turned: ApplicablePolicies = {
        ...policies,
        identity: policies.identity.map(reversed).toReversed(),
        ...(policies.session === undefined
          ? {}
          : { session: policies.session.map(reversed).toReversed() }),
        ...(policies.resource === undefined ? {} : { resource: reversed(policies.resource) }),
      };
      return allowed(principal, turned) === allowed(principal, policies);
    }),
    { numRuns: 2000 },
  );
});

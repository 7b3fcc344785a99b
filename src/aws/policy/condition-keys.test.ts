import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Secret } from '../../lib/secret.ts';
import { accountId } from '../arn.ts';
import { globalConditionKeys } from './condition-keys.ts';
import type { Credential } from '../directory.ts';
import type { RoleSessionPrincipal, UserPrincipal } from '../principal.ts';

const account = accountId('111122223333');
const now = Temporal.Instant.from('2026-11-24T12:00:00.5Z');

const alice: UserPrincipal = {
  type: 'user',
  account,
  arn: `arn:aws:iam::${account}:user/alice`,
  principalId: 'AIDAALICE',
  accessKeyId: 'AKIA',
  userName: 'alice',
};

const session: RoleSessionPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/gateway/one`,
  principalId: 'AROA:one',
  accessKeyId: 'ASIA',
  roleArn: `arn:aws:iam::${account}:role/path/gateway`,
  roleName: 'gateway',
  roleId: 'AROA',
  sessionName: 'one',
};

function keysOf(from: Partial<Parameters<typeof globalConditionKeys>[0]>): Record<string, unknown> {
  const keys = globalConditionKeys({
    principal: alice,
    requestedRegion: 'eu-west-1',
    region: 'eu-west-1',
    origin: { sourceIp: '192.0.2.7', userAgent: 'aws-cli' },
    calledVia: [],
    now,
    ...from,
  });
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
}

void suite('the condition keys of every request', () => {
  void test('of a user’s direct call', () => {
    assert.deepEqual(keysOf({}), {
      'aws:PrincipalIsAWSService': 'false',
      'aws:PrincipalAccount': account,
      'aws:PrincipalArn': alice.arn,
      'aws:PrincipalType': 'User',
      'aws:userid': 'AIDAALICE',
      'aws:username': 'alice',
      'aws:SecureTransport': 'true',
      'aws:SourceIp': '192.0.2.7',
      'aws:UserAgent': 'aws-cli',
      'aws:RequestedRegion': 'eu-west-1',
      'aws:CurrentTime': '2026-11-24T12:00:00Z',
      'aws:EpochTime': '1795521600',
      'aws:ViaAWSService': 'false',
      'kms:CallerAccount': account,
    });
  });

  void test('of a session: its role, and MFA only as it was proved', () => {
    const credential: Credential = {
      principal: session,
      secretAccessKey: new Secret(new Uint8Array(1)),
      session: { issuedAt: now, expiresAt: now, tags: [], transitiveTagKeys: [], isChained: false },
    };
    const keys = keysOf({ principal: session, origin: { credential } });
    assert.equal(keys['aws:PrincipalArn'], session.roleArn);
    assert.equal(keys['aws:PrincipalType'], 'AssumedRole');
    assert.equal(keys['aws:MultiFactorAuthPresent'], 'false');
    assert.equal(keys['aws:TokenIssueTime'], '2026-11-24T12:00:00Z');
    assert.equal(keys['aws:username'], undefined);
    assert.equal(keysOf({})['aws:MultiFactorAuthPresent'], undefined);
  });

  void test('of a call through services tell the first and the last, and no address', () => {
    const keys = keysOf({
      calledVia: ['elasticloadbalancing.amazonaws.com', 'acm.amazonaws.com'],
    });
    assert.equal(keys['aws:ViaAWSService'], 'true');
    assert.equal(keys['aws:CalledViaFirst'], 'elasticloadbalancing.amazonaws.com');
    assert.equal(keys['aws:CalledViaLast'], 'acm.amazonaws.com');
    assert.equal(keys['kms:ViaService'], 'acm.eu-west-1.amazonaws.com');
    assert.equal(keys['aws:SourceIp'], undefined);
    assert.equal(keys['aws:userid'], 'AIDAALICE');
  });

  void test('of a service for itself name no user', () => {
    const name = 'acm.eu-west-1.amazonaws.com';
    const keys = keysOf({ principal: { type: 'service', name, account } });
    assert.equal(keys['aws:PrincipalServiceName'], name);
    assert.deepEqual(keys['aws:PrincipalServiceNamesList'], [name]);
    assert.equal(keys['aws:SourceAccount'], account);
    assert.equal(keys['aws:PrincipalIsAWSService'], 'true');
    assert.equal(keys['aws:PrincipalArn'], undefined);
    assert.equal(keys['kms:ViaService'], undefined);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GetKeyPolicyResponse, ListGrantsResponse } from '../model.ts';
import {
  admin,
  alice,
  allowAll,
  createKey,
  gateway,
  keyPolicy,
  root,
  testRoom,
  type TestRoom,
} from '../test-room.ts';

const invalid = {
  name: 'MalformedPolicyDocumentException',
  message: 'Policy contains a statement with one or more invalid principals.',
};
const toOwner = allow({ AWS: root.arn });

function allow(principal: object | string, more: object = {}): object {
  return { Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*', ...more };
}

async function policyOf(room: TestRoom, KeyId: string): Promise<string> {
  const { Policy } = await room.run<GetKeyPolicyResponse>('GetKeyPolicy', { KeyId });
  return Policy ?? '';
}

test('a policy holds from the next call on, and comes back in the form of AWS', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  room.policies.delete(alice.arn);
  await assert.rejects(room.run('DescribeKey', { KeyId }, alice), { kind: 'access-denied' });
  const Policy = keyPolicy(toOwner, allow({ AWS: [alice.arn, gateway.roleArn] }));
  await room.run('PutKeyPolicy', { KeyId, Policy, PolicyName: 'default' });
  await room.run('DescribeKey', { KeyId }, alice);
  await room.run('DescribeKey', { KeyId }, gateway);
  const shown = await policyOf(room, KeyId);
  assert.match(shown, /^\{\n {2}"Version" : "2012-10-17",\n {2}"Statement" : \[ \{\n/);
  assert.deepEqual(JSON.parse(shown), JSON.parse(Policy));
  await assert.rejects(room.run('PutKeyPolicy', { KeyId, Policy, PolicyName: 'other' }), {
    name: 'NotFoundException',
  });
});

test('of a user, a role and a session the unique id is kept; who is gone is shown by it', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const names = [alice.arn, gateway.roleArn, gateway.arn];
  const ids = [alice.principalId, gateway.roleId, gateway.principalId];
  const sparing = {
    Effect: 'Deny',
    NotPrincipal: { AWS: names },
    Action: 'kms:Encrypt',
    Resource: '*',
  };
  const Policy = keyPolicy(toOwner, sparing);
  await room.run('PutKeyPolicy', { KeyId, Policy });
  const kept = room.database
    .prepare('SELECT policy FROM kms_key')
    .all()
    .map(({ policy }) => policy);
  assert.equal(
    kept.some((text) => ids.every((id) => String(text).includes(`"${id}"`))),
    true,
  );
  assert.deepEqual(JSON.parse(await policyOf(room, KeyId)), JSON.parse(Policy));
  names.forEach((name) => room.principals.gone.add(name));
  const { Statement } = JSON.parse(await policyOf(room, KeyId)) as {
    Statement: { NotPrincipal?: object }[];
  };
  assert.deepEqual(Statement[1]?.NotPrincipal, { AWS: ids });
});

test('who is not there is refused as a principal, in new policies and in changed ones', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  room.principals.gone.add(alice.arn);
  const Policy = keyPolicy(toOwner, allow({ AWS: alice.arn }));
  await assert.rejects(room.run('PutKeyPolicy', { KeyId, Policy }), invalid);
  await assert.rejects(room.run('CreateKey', { Policy }), invalid);
  await assert.rejects(
    room.run('CreateKey', { Policy, BypassPolicyLockoutSafetyCheck: true }),
    invalid,
  );
});

test('the caller must keep PutKeyPolicy, or say that he knows', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  room.policies.set(alice.arn, allowAll);
  const lockout = {
    name: 'MalformedPolicyDocumentException',
    message: 'The new key policy will not allow you to update the key policy in the future.',
  };
  const reading = keyPolicy({ ...toOwner, Action: ['kms:Get*', 'kms:Describe*'] });
  const denying = keyPolicy(toOwner, {
    ...allow({ AWS: alice.arn }),
    Effect: 'Deny',
    Action: 'kms:PutKeyPolicy',
  });
  for (const Policy of [reading, denying])
    await assert.rejects(room.run('PutKeyPolicy', { KeyId, Policy }, alice), lockout);
  await room.run('PutKeyPolicy', { KeyId, Policy: denying }, admin);
  const byArn = keyPolicy(
    allow({ AWS: '*' }, { Condition: { ArnEquals: { 'aws:PrincipalArn': admin.arn } } }),
  );
  await room.run('PutKeyPolicy', { KeyId, Policy: byArn }, admin);
  const bypass = { KeyId, Policy: reading, BypassPolicyLockoutSafetyCheck: true };
  await room.run('PutKeyPolicy', bypass);
  await assert.rejects(room.run('PutKeyPolicy', bypass), { kind: 'access-denied' });
});

test('whether the check is bypassed is a condition key', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  room.policies.set(alice.arn, {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'kms:PutKeyPolicy',
      Resource: '*',
      Condition: { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'false' } },
    },
  });
  const Policy = keyPolicy(toOwner);
  await room.run('PutKeyPolicy', { KeyId, Policy }, alice);
  await assert.rejects(
    room.run('PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true }, alice),
    { kind: 'access-denied' },
  );
});

test('a policy of 32,768 bytes stays readable: spaces that are put in do not count', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  const filling = 'x'.repeat(32_768 - keyPolicy({ ...toOwner, Sid: '' }).length - 100);
  const many = { ...toOwner, Condition: { StringNotEquals: { 'aws:UserAgent': filling } } };
  await room.run('PutKeyPolicy', { KeyId, Policy: keyPolicy(many) });
  await room.run('DescribeKey', { KeyId });
});

test('the policy of a key of AWS cannot be changed', async () => {
  const room = await testRoom();
  await room.run('DescribeKey', { KeyId: 'alias/aws/acm' });
  const { KeyMetadata } = await room.run<{ KeyMetadata: { KeyId: string } }>('DescribeKey', {
    KeyId: 'alias/aws/acm',
  });
  await assert.rejects(
    room.run('PutKeyPolicy', { KeyId: KeyMetadata.KeyId, Policy: keyPolicy(toOwner) }, root),
    { kind: 'access-denied' },
  );
});

test('policies and grants of before ids were kept go on, by the ARN that stands in them', async () => {
  const room = await testRoom();
  const KeyId = await createKey(room);
  room.principals.keepsArns = true;
  const Policy = keyPolicy(toOwner, { ...allow({ AWS: alice.arn }), Action: 'kms:DescribeKey' });
  await room.run('PutKeyPolicy', { KeyId, Policy });
  const grantee = { KeyId, GranteePrincipal: alice.arn };
  await room.run('CreateGrant', { ...grantee, Operations: ['GenerateDataKey'] });
  room.principals.keepsArns = false;
  await room.run('CreateGrant', { ...grantee, Operations: ['Encrypt'] });
  await room.run('DescribeKey', { KeyId }, alice);
  await room.run('GenerateDataKey', { KeyId, KeySpec: 'AES_256' }, alice);
  assert.deepEqual(JSON.parse(await policyOf(room, KeyId)), JSON.parse(Policy));
  const { Grants } = await room.run<ListGrantsResponse>('ListGrants', grantee);
  assert.deepEqual(
    Grants?.map(({ GranteePrincipal }) => GranteePrincipal),
    [alice.arn, alice.arn],
  );
});

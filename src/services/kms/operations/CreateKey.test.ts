import assert from 'node:assert/strict';
import { test } from 'node:test';
import { region } from '../../../aws/arn.ts';
import type { CreateKeyResponse, DescribeKeyResponse, ListKeysResponse } from '../model.ts';
import { account, admin, alice, allowAll, createKey, keyPolicy, testRoom } from '../test-room.ts';

test('a new key is symmetric, enabled and described as AWS describes it', async () => {
  const room = await testRoom();
  const { KeyMetadata } = await room.run<CreateKeyResponse>('CreateKey', {
    Description: 'app',
    Tags: [{ TagKey: 'env', TagValue: 'dev' }],
  });
  assert.match(KeyMetadata?.CurrentKeyMaterialId ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual(KeyMetadata, {
    AWSAccountId: account,
    Arn: `arn:aws:kms:eu-west-1:${account}:key/${KeyMetadata?.KeyId}`,
    CreationDate: room.now,
    CurrentKeyMaterialId: KeyMetadata?.CurrentKeyMaterialId,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    Description: 'app',
    Enabled: true,
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    KeyId: KeyMetadata?.KeyId,
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyState: 'Enabled',
    KeyUsage: 'ENCRYPT_DECRYPT',
    MultiRegion: false,
    Origin: 'AWS_KMS',
  });
  const described = await room.run<DescribeKeyResponse>('DescribeKey', {
    KeyId: KeyMetadata.KeyId,
  });
  assert.deepEqual(described.KeyMetadata, KeyMetadata);
});

for (const [input, name, message] of [
  [
    { KeySpec: 'RSA_2048' },
    'ValidationException',
    'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
  ],
  [
    { KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' },
    'ValidationException',
    'KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048',
  ],
  [{ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, 'UnsupportedOperationException', undefined],
  [{ Origin: 'EXTERNAL' }, 'UnsupportedOperationException', undefined],
  [{ MultiRegion: true }, 'UnsupportedOperationException', undefined],
  [{ CustomKeyStoreId: 'cks-1' }, 'CustomKeyStoreNotFoundException', undefined],
  [{ Tags: [tag('a'), tag('a')] }, 'TagException', 'Duplicate tag keys'],
  [{ Tags: [tag('AWS:x')] }, 'TagException', 'Tags beginning with aws: are reserved'],
  [{ Tags: Array.from({ length: 51 }, (_, n) => tag(`t${n}`)) }, 'TagException', 'Too many tags'],
  [{ Policy: '{}' }, 'MalformedPolicyDocumentException', undefined],
  [
    {
      Policy: keyPolicy({
        Effect: 'Allow',
        Principal: { AWS: 'alice' },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
    'MalformedPolicyDocumentException',
    'Policy contains a statement with one or more invalid principals.',
  ],
] as const) {
  test(`${JSON.stringify(input).slice(0, 60)} is refused with ${name}`, async () => {
    const room = await testRoom();
    await assert.rejects(
      room.run('CreateKey', input),
      message === undefined ? { name } : { name, message },
    );
    const { Keys } = await room.run<ListKeysResponse>('ListKeys', {});
    assert.deepEqual(Keys, []);
  });
}

test('a policy that locks its maker out is refused, unless he says that he knows', async () => {
  const room = await testRoom();
  const Policy = keyPolicy({
    Effect: 'Allow',
    Principal: { AWS: alice.arn },
    Action: 'kms:*',
    Resource: '*',
  });
  await assert.rejects(room.run('CreateKey', { Policy }), {
    name: 'MalformedPolicyDocumentException',
    message: 'The new key policy will not allow you to update the key policy in the future.',
  });
  const arn = await createKey(room, { Policy, BypassPolicyLockoutSafetyCheck: true });
  await assert.rejects(room.run('DescribeKey', { KeyId: arn }, admin), { kind: 'access-denied' });
  await room.run('DescribeKey', { KeyId: arn }, alice);
});

test('who may not create keys creates none', async () => {
  const room = await testRoom();
  await assert.rejects(room.run('CreateKey', {}, alice), {
    kind: 'access-denied',
    message: `User: ${alice.arn} is not authorized to perform: kms:CreateKey on resource: * because no identity-based policy allows the kms:CreateKey action`,
  });
});

test('an account has at most 100,000 keys of its own in a Region', async () => {
  const room = await testRoom();
  await createKey(room);
  room.database.exec('UPDATE kms_key_count SET key_count = 99999');
  await createKey(room);
  await assert.rejects(room.run('CreateKey', {}), { name: 'LimitExceededException' });
  await room.run('DescribeKey', { KeyId: 'alias/aws/acm' });
});

test('ListKeys pages through all keys once', async () => {
  const room = await testRoom();
  const made = [];
  for (let n = 0; n < 7; n++) made.push(await createKey(room));
  const listed: (string | undefined)[] = [];
  for (let Marker: string | undefined; ;) {
    const page: ListKeysResponse = await room.run('ListKeys', { Limit: 3, Marker });
    listed.push(...(page.Keys ?? []).map(({ KeyArn }) => KeyArn));
    if (page.Truncated !== true) break;
    Marker = page.NextMarker;
  }
  assert.deepEqual(listed, made.toSorted());
  await assert.rejects(room.run('ListKeys', { Marker: 'x' }), { name: 'InvalidMarkerException' });
  const { NextMarker } = await room.run<ListKeysResponse>('ListKeys', { Limit: 1 });
  await assert.rejects(room.run('ListAliases', { Marker: NextMarker }), {
    name: 'InvalidMarkerException',
  });
});

test('an account sees its own keys only', async () => {
  const room = await testRoom();
  await createKey(room);
  room.region = region('eu-central-1');
  room.policies.set(alice.arn, allowAll);
  assert.deepEqual((await room.run<ListKeysResponse>('ListKeys', {}, alice)).Keys, []);
});

function tag(TagKey: string) {
  return { TagKey, TagValue: '' };
}

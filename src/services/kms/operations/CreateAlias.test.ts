import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DescribeKeyResponse, ListAliasesResponse } from '../model.ts';
import { account, alice, createKey, statement, testRoom } from '../test-room.ts';

test('a key is found by its alias and by the ARN of its alias, until the alias is deleted', async () => {
  const room = await testRoom();
  const arn = await createKey(room);
  await room.run('CreateAlias', { AliasName: 'alias/app', TargetKeyId: arn });
  const aliasArn = `arn:aws:kms:eu-west-1:${account}:alias/app`;
  for (const KeyId of ['alias/app', aliasArn]) {
    const { KeyMetadata } = await room.run<DescribeKeyResponse>('DescribeKey', { KeyId });
    assert.equal(KeyMetadata?.Arn, arn);
  }
  await room.run('DeleteAlias', { AliasName: 'alias/app' });
  const notFound = { name: 'NotFoundException', message: `Alias ${aliasArn} is not found.` };
  await assert.rejects(room.run('DescribeKey', { KeyId: 'alias/app' }), notFound);
  await assert.rejects(room.run('DeleteAlias', { AliasName: 'alias/app' }), notFound);
});

for (const [AliasName, name, message] of [
  [
    'app',
    'ValidationException',
    'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
  ],
  ['alias/aws/mine', 'NotAuthorizedException', ''],
  [
    'alias/my:alias',
    'InvalidAliasNameException',
    'alias/my:alias contains invalid characters for an alias',
  ],
] as const) {
  test(`the alias ${AliasName} is refused`, async () => {
    const room = await testRoom();
    const TargetKeyId = await createKey(room);
    await assert.rejects(room.run('CreateAlias', { AliasName, TargetKeyId }), { name, message });
  });
}

test('only the prefix alias/aws/ is reserved', async () => {
  const room = await testRoom();
  const TargetKeyId = await createKey(room);
  await room.run('CreateAlias', { AliasName: 'alias/alias/aws/lambda', TargetKeyId });
});

test('an alias exists once, also when two ask for it at the same time', async () => {
  const room = await testRoom();
  const [one, other] = [await createKey(room), await createKey(room)];
  const taken = {
    name: 'AlreadyExistsException',
    message: `An alias with the name arn:aws:kms:eu-west-1:${account}:alias/app already exists`,
  };
  room.beforeCommit = async () => {
    await room.run('CreateAlias', { AliasName: 'alias/app', TargetKeyId: one });
  };
  await assert.rejects(
    room.run('CreateAlias', { AliasName: 'alias/app', TargetKeyId: other }),
    taken,
  );
});

test('an alias does not refer to an alias', async () => {
  const room = await testRoom();
  await assert.rejects(room.run('CreateAlias', { AliasName: 'alias/a', TargetKeyId: 'alias/b' }), {
    name: 'ValidationException',
    message: 'Aliases must refer to keys. Not aliases',
  });
});

test('a key has at most 50 aliases', async () => {
  const room = await testRoom();
  const TargetKeyId = await createKey(room);
  for (let n = 0; n < 50; n++)
    await room.run('CreateAlias', { AliasName: `alias/${n}`, TargetKeyId });
  await assert.rejects(room.run('CreateAlias', { AliasName: 'alias/50', TargetKeyId }), {
    name: 'LimitExceededException',
  });
});

test('an alias is made only by who may do so on both the alias and the key', async () => {
  const room = await testRoom();
  const TargetKeyId = await createKey(room);
  room.policies.set(
    alice.arn,
    statement('Allow', 'kms:CreateAlias', `arn:aws:kms:*:${account}:alias/*`),
  );
  await assert.rejects(room.run('CreateAlias', { AliasName: 'alias/app', TargetKeyId }, alice), {
    kind: 'access-denied',
  });
});

test('aliases are listed by name, of one key or of all', async () => {
  const room = await testRoom();
  const [one, other] = [await createKey(room), await createKey(room)];
  for (const [AliasName, TargetKeyId] of [
    ['alias/c', one],
    ['alias/a', other],
    ['alias/b', one],
  ])
    await room.run('CreateAlias', { AliasName, TargetKeyId });
  const names = async (input: object): Promise<(string | undefined)[]> =>
    ((await room.run<ListAliasesResponse>('ListAliases', input)).Aliases ?? []).map(
      ({ AliasName }) => AliasName,
    );
  assert.deepEqual(await names({}), ['alias/a', 'alias/b', 'alias/c']);
  assert.deepEqual(await names({ KeyId: one }), ['alias/b', 'alias/c']);
  const page = await room.run<ListAliasesResponse>('ListAliases', { Limit: 2 });
  assert.equal(page.Truncated, true);
  assert.deepEqual(await names({ Marker: page.NextMarker }), ['alias/c']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { IdentityRoom, named } from '../test-room.ts';

test('a user is made with path and tags, and found without regard to case', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const { User } = await iam.send(
    new CreateUserCommand({
      UserName: 'Alice',
      Path: '/team-a/',
      Tags: [{ Key: 'team', Value: 'a' }],
    }),
  );
  assert.equal(User?.Arn, `arn:aws:iam::${room.account}:user/team-a/Alice`);
  const { User: found } = await iam.send(new GetUserCommand({ UserName: 'alice' }));
  assert.deepEqual(found, User);
  await assert.rejects(
    iam.send(new CreateUserCommand({ UserName: 'ALICE' })),
    named('EntityAlreadyExistsException', 'User with name ALICE already exists.'),
  );
  await assert.rejects(
    iam.send(new GetUserCommand({ UserName: 'bob' })),
    named('NoSuchEntityException', 'The user with name bob cannot be found.'),
  );
});

test('tags of AWS itself, and a key in two spellings, are refused', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const create = (...keys: string[]) =>
    iam.send(
      new CreateUserCommand({ UserName: 'a', Tags: keys.map((Key) => ({ Key, Value: '' })) }),
    );
  await assert.rejects(
    create('AWS:team'),
    named('InvalidInputException', 'System tags cannot be added/updated by requester'),
  );
  await assert.rejects(
    create('team', 'Team'),
    named(
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ),
  );
  await assert.rejects(
    iam.send(new GetUserCommand({ UserName: 'a' })),
    named('NoSuchEntityException', 'The user with name a cannot be found.'),
  );
});

test('of two that make the same user at once exactly one does', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => iam.send(new CreateUserCommand({ UserName: 'alice' }))),
  );
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
});

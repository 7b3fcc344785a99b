import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { IdentityRoom, named, userWith } from '../test-room.ts';

test('a user has at most two access keys, also when they are asked for at once', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () => iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }))),
  );
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 2);
  for (const result of results) {
    if (result.status === 'rejected') {
      assert.ok(
        named(
          'LimitExceededException',
          'Cannot exceed quota for AccessKeysPerUser: 2',
        )(result.reason),
      );
    }
  }
});

test('without a name GetUser and CreateAccessKey mean the caller', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const { User } = await iam.send(new GetUserCommand({}));
  assert.equal(User?.UserName, 'admin');
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({}));
  assert.equal(AccessKey?.UserName, 'admin');
  assert.match(AccessKey?.SecretAccessKey ?? '', /^[A-Za-z0-9+/]{40}$/);
});

test('a secret access key is nowhere in the data folder, and is opened once for many requests', async () => {
  await using room = await IdentityRoom.open();
  const { secretAccessKey } = await userWith(room, 'bob', {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
  });
  const secrets = [secretAccessKey, room.admin.secretAccessKey];
  for (const name of await readdir(room.folder)) {
    const content = await readFile(join(room.folder, name));
    for (const secret of secrets) {
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64'),
        Buffer.from(secret).toString('hex'),
      ])
        assert.ok(!content.includes(form), `${name} holds a secret access key`);
    }
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { IdentityRoom } from './test-room.ts';

test('the admin of the first account is who the directory says', async () => {
  await using room = await IdentityRoom.open();
  const identity = await new STSClient(room.clientSettings()).send(
    new GetCallerIdentityCommand({}),
  );
  assert.equal(identity.Account, room.account);
  assert.equal(identity.Arn, `arn:aws:iam::${room.account}:user/admin`);
  assert.match(identity.UserId ?? '', /^AIDA[A-Z2-7]{17}$/);
});

test('a second first account is refused, and its keys with it', async () => {
  await using room = await IdentityRoom.open();
  await assert.rejects(room.createFirst());
  assert.deepEqual(await room.iam.accounts.list(), [room.account]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { accountId } from '../../aws/arn.ts';
import { systemRandom } from '../../lib/random.ts';
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

test('the first account stays the first, however soon others come and whatever the clock says', async () => {
  await using room = await IdentityRoom.open();
  const { accounts } = room.iam;
  for (const hours of [0, 0, 0, -24, -24]) {
    room.passed = Temporal.Duration.from({ hours });
    await room.asOperator((call) => accounts.create(call, accountId(accounts.newId(systemRandom))));
    assert.equal(await accounts.first(), room.account);
  }
  assert.equal((await accounts.list()).length, 6);
});

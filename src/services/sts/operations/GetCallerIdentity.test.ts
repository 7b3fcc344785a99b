import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Call } from '../../../aws/call.ts';
import { IdentityRoom, userWith } from '../../iam/test-room.ts';
import { GetCallerIdentity } from './GetCallerIdentity.ts';

test('it cannot be denied', async () => {
  await using room = await IdentityRoom.open();
  const bob = await userWith(room, 'bob', { Effect: 'Deny', Action: '*', Resource: '*' });
  const sts = new STSClient(room.clientSettings(bob));
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, `arn:aws:iam::${room.account}:user/bob`);
});

test('root is its account', async () => {
  const account = '111122223333';
  const root = {
    type: 'root',
    account,
    principalId: account,
    arn: `arn:aws:iam::${account}:root`,
    accessKeyId: 'AKIAROOT',
  };
  const call = { principal: root, needsNoPermission() {} } as unknown as Call;
  assert.deepEqual(await GetCallerIdentity.run({}, call, undefined), {
    UserId: account,
    Account: account,
    Arn: root.arn,
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { gatewayRoleName } from '../index.ts';
import { IdentityRoom, named, userWith } from '../test-room.ts';

test('who may not read a user does not learn whether there is one', async () => {
  await using room = await IdentityRoom.open();
  const bob = await userWith(room, 'bob', { Effect: 'Allow', Action: 'acm:*', Resource: '*' });
  const iam = new IAMClient(room.clientSettings(bob));
  for (const UserName of ['admin', 'nobody']) {
    await assert.rejects(
      iam.send(new GetUserCommand({ UserName })),
      named(
        'AccessDenied',
        `User: arn:aws:iam::${room.account}:user/bob is not authorized to perform: iam:GetUser on resource: arn:aws:iam::${room.account}:user/${UserName} because no identity-based policy allows the iam:GetUser action`,
      ),
    );
  }
});

test('a user of another account is not there', async () => {
  await using room = await IdentityRoom.open();
  const other = room.iam.accounts.newId({
    bytes: () => new Uint8Array(12).fill(7),
    uuid: () => '',
  });
  await room.asOperator((call) => room.iam.accounts.create(call, other));
  assert.deepEqual(new Set(await room.iam.accounts.list()), new Set([room.account, other]));
  const { User } = await new IAMClient(room.clientSettings()).send(
    new GetUserCommand({ UserName: 'admin' }),
  );
  assert.equal(User?.Arn, `arn:aws:iam::${room.account}:user/admin`);
});

test('a session must say which user it means', async () => {
  await using room = await IdentityRoom.open();
  const credentials = await room.session({
    roleName: gatewayRoleName,
    sessionName: 'gateway-1',
    durationSeconds: 900,
  });
  await assert.rejects(
    new IAMClient(room.clientSettings(credentials)).send(new GetUserCommand({})),
    named('AccessDenied', /iam:GetUser/),
  );
});

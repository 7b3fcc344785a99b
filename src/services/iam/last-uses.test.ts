import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { IamTables } from './schema.ts';
import { IdentityRoom, named, userWith, type Credentials } from './test-room.ts';

const nothing = { Effect: 'Deny', Action: 'none:None', Resource: '*' };

async function opened() {
  const room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const pass = (seconds: number): void => {
    room.passed = room.passed.add({ seconds }).round({ largestUnit: 'hours' });
  };
  const lastUse = async (AccessKeyId: string) => {
    const { AccessKeyLastUsed } = await client.send(
      new iam.GetAccessKeyLastUsedCommand({ AccessKeyId }),
    );
    return AccessKeyLastUsed;
  };
  const whoIs = (as: Credentials, region = 'eu-west-1') =>
    new STSClient(room.clientSettings(as, region)).send(new GetCallerIdentityCommand({}));
  return { room, client, pass, lastUse, whoIs };
}

test('a key that was never used says so; then it says when, for what and where', async () => {
  const { room, client, lastUse, whoIs } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', nothing);
  const unused = await lastUse(alice.accessKeyId);
  assert.deepEqual(unused, { ServiceName: 'N/A', Region: 'N/A' });
  const before = room.now().epochMilliseconds;
  await whoIs(alice);
  const { LastUsedDate, ...where } = (await lastUse(alice.accessKeyId)) ?? {};
  assert.deepEqual(where, { ServiceName: 'sts', Region: 'eu-west-1' });
  assert.ok(LastUsedDate !== undefined && LastUsedDate.getTime() >= before - 1000);
  for (let State: string | undefined; State !== 'COMPLETE';)
    ({ State } = await client.send(new iam.GenerateCredentialReportCommand({})));
  const { Content } = await client.send(new iam.GetCredentialReportCommand({}));
  const row = new TextDecoder()
    .decode(Content)
    .split('\n')
    .find((each) => each.startsWith('alice'));
  assert.equal(LastUsedDate.getMilliseconds(), 0);
  const day = LastUsedDate.toISOString().slice(0, 19);
  assert.deepEqual(row?.split(',').slice(10, 13), [`${day}+00:00`, 'eu-west-1', 'sts']);
});

test('a call that is denied is a use, one with a wrong signature is none', async () => {
  const { room, lastUse, whoIs } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', nothing);
  const forged = { ...alice, secretAccessKey: 'x'.repeat(40) };
  await assert.rejects(whoIs(forged), named('SignatureDoesNotMatch'));
  assert.equal((await lastUse(alice.accessKeyId))?.LastUsedDate, undefined);
  const denied = new iam.IAMClient(room.clientSettings(alice)).send(new iam.ListUsersCommand({}));
  await assert.rejects(denied, named('AccessDenied'));
  assert.equal((await lastUse(alice.accessKeyId))?.ServiceName, 'iam');
});

test('uses are noted every five minutes, and an older one never takes the place of a newer one', async () => {
  const { room, pass, lastUse, whoIs } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', nothing);
  const at = async () => (await lastUse(alice.accessKeyId))?.LastUsedDate?.getTime() ?? 0;
  await whoIs(alice);
  const first = await at();
  pass(200);
  await whoIs(alice);
  assert.equal(await at(), first);
  pass(101);
  await whoIs(alice);
  const second = await at();
  assert.ok(second >= first + 300_000);
  pass(-290);
  await whoIs(alice);
  assert.equal(await at(), second);
});

test('a key that deletes itself leaves no use behind', async () => {
  const { room, whoIs } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', {
    Effect: 'Allow',
    Action: 'iam:DeleteAccessKey',
    Resource: '*',
  });
  const { db } = room.store;
  const uses = () =>
    db
      .selectFrom('iam_access_key_use' satisfies keyof IamTables)
      .select('access_key_id')
      .where('access_key_id', '=', alice.accessKeyId)
      .execute();
  const own = new iam.IAMClient(room.clientSettings(alice));
  await own.send(
    new iam.DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId: alice.accessKeyId }),
  );
  assert.deepEqual(await uses(), []);
  await assert.rejects(whoIs(alice), named('InvalidClientTokenId'));
  assert.deepEqual(await uses(), []);
});

test('a role is used by the calls of its sessions; what lies 400 days back is not told, nor that of one before it', async () => {
  const { room, pass, whoIs } = await opened();
  await using _room = room;
  // The SDK signs by the clock of when it was made.
  const client = () => new iam.IAMClient(room.clientSettings());
  const make = () =>
    client().send(
      new iam.CreateRoleCommand({
        RoleName: 'deploy',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: room.account },
            Action: 'sts:AssumeRole',
          },
        }),
      }),
    );
  const lastUsed = async () => {
    const { Role } = await client().send(new iam.GetRoleCommand({ RoleName: 'deploy' }));
    const { RoleDetailList } = await client().send(
      new iam.GetAccountAuthorizationDetailsCommand({ Filter: ['Role'] }),
    );
    const detail = RoleDetailList?.find(({ RoleName }) => RoleName === 'deploy');
    assert.deepEqual(detail?.RoleLastUsed, Role?.RoleLastUsed);
    return Role?.RoleLastUsed;
  };
  const { Role } = await make();
  assert.deepEqual((await lastUsed())?.LastUsedDate, undefined);
  const { Credentials: made } = await new STSClient(room.clientSettings()).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'one' }),
  );
  const session = {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
  const assumed = await lastUsed();
  assert.ok(assumed?.LastUsedDate !== undefined);
  pass(400);
  await whoIs(session);
  const used = await lastUsed();
  assert.ok((used?.LastUsedDate?.getTime() ?? 0) >= assumed.LastUsedDate.getTime() + 400_000);
  assert.equal(used?.Region, 'eu-west-1');
  pass(401 * 24 * 3600);
  assert.equal((await lastUsed())?.LastUsedDate, undefined);
  pass(-401 * 24 * 3600);
  await client().send(new iam.DeleteRoleCommand({ RoleName: 'deploy' }));
  await make();
  assert.equal((await lastUsed())?.LastUsedDate, undefined);
});

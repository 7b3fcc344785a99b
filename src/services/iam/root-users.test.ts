import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import * as sts from '@aws-sdk/client-sts';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { totpCode, totpStep } from '../../lib/totp.ts';
import { decodeBase32, IdentityRoom, named, textOf, type Credentials } from './test-room.ts';

const deviceName = 'root-account-mfa-device';

async function signIn(
  room: IdentityRoom,
  mfa?: { serial: string; code: string },
): Promise<Required<Credentials>> {
  const made = await room.asOperator((call) =>
    room.iam.rootUsers.signIn(call, { durationSeconds: 900, mfa }),
  );
  return {
    accessKeyId: made.accessKeyId,
    secretAccessKey: textOf(made.secretAccessKey),
    sessionToken: textOf(made.sessionToken),
  };
}

/** Enables a device of root, and gives its code, that of the present half minute. */
async function withDevice(room: IdentityRoom) {
  const { rootUsers } = room.iam;
  const made = await room.asOperator((call) => rootUsers.createDevice(call, deviceName));
  const seed = decodeBase32(Buffer.from(made.characters).toString());
  const code = () => totpCode(seed, totpStep(room.now()));
  // The present code and the next: both hold when a half minute ends meanwhile.
  const step = totpStep(room.now());
  const codes = [totpCode(seed, step), totpCode(seed, step + 1)] as const;
  await room.asOperator((call) => rootUsers.enableDevice(call, deviceName, codes));
  return { serial: made.serial, code };
}

const whoami = (room: IdentityRoom, as: Credentials) =>
  new sts.STSClient(room.clientSettings(as)).send(new sts.GetCallerIdentityCommand({}));

test('root may do in its account what nobody allowed it, and says who it is', async () => {
  await using room = await IdentityRoom.open();
  const root = room.clientSettings(await signIn(room));
  const identity = await new sts.STSClient(root).send(new sts.GetCallerIdentityCommand({}));
  assert.equal(identity.Arn, `arn:aws:iam::${room.account}:root`);
  assert.equal(identity.UserId, room.account);
  const client = new iam.IAMClient(root);
  await client.send(new iam.CreateUserCommand({ UserName: 'made-by-root' }));
  const { Users } = await client.send(new iam.ListUsersCommand({}));
  assert.deepEqual(
    Users?.map(({ UserName }) => UserName),
    ['admin', 'made-by-root'],
  );
});

test('root is its own user, with no key and no way to get one', async () => {
  await using room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings(await signIn(room)));
  const { User } = await client.send(new iam.GetUserCommand({}));
  assert.equal(User?.Arn, `arn:aws:iam::${room.account}:root`);
  assert.equal(User?.UserId, room.account);
  assert.equal(User?.UserName, undefined);
  await client.send(new iam.CreateAccountAliasCommand({ AccountAlias: 'our-account' }));
  const again = await client.send(new iam.GetUserCommand({}));
  assert.equal(again.User?.UserName, 'our-account');
  const { AccessKeyMetadata } = await client.send(new iam.ListAccessKeysCommand({}));
  assert.deepEqual(AccessKeyMetadata, []);
  await assert.rejects(
    client.send(new iam.CreateAccessKeyCommand({})),
    named('ValidationError', /Must specify userName/),
  );
});

test('root assumes no role and gets no further credentials', async () => {
  await using room = await IdentityRoom.open();
  const client = new sts.STSClient(room.clientSettings(await signIn(room)));
  for (const RoleArn of [`arn:aws:iam::${room.account}:role/r`, 'arn:aws:iam::111122223333:role/r'])
    await assert.rejects(
      client.send(new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' })),
      named('AccessDenied', 'Roles may not be assumed by root accounts.'),
    );
  await assert.rejects(
    client.send(new sts.GetSessionTokenCommand({})),
    named('AccessDenied', 'Cannot call GetSessionToken with session credentials'),
  );
  await assert.rejects(
    client.send(new sts.GetFederationTokenCommand({ Name: 'somebody' })),
    named('AccessDenied', 'Cannot call GetFederationToken with session credentials'),
  );
});

test('root may look access keys up, as nobody else with a session of a user', async () => {
  await using room = await IdentityRoom.open();
  const client = new sts.STSClient(room.clientSettings(await signIn(room)));
  const { Account } = await client.send(
    new sts.GetAccessKeyInfoCommand({ AccessKeyId: room.admin.accessKeyId }),
  );
  assert.equal(Account, room.account);
});

test('root with a device signs in with a code of it only, once with each, and others see that it has one', async () => {
  await using room = await IdentityRoom.open();
  const { serial, code } = await withDevice(room);
  assert.equal(serial, `arn:aws:iam::${room.account}:mfa/${deviceName}`);
  assert.deepEqual(await room.iam.rootUsers.devices(room.account), [serial]);
  const refused = /a code of root's MFA device is needed|not valid, or was used before/;
  await assert.rejects(signIn(room), refused);
  await assert.rejects(signIn(room, { serial, code: code() }), refused, 'it was used to enable it');
  room.passed = room.passed.add({ seconds: 60 });
  const given = { serial, code: code() };
  const root = await signIn(room, given);
  await assert.rejects(signIn(room, given), refused);

  const client = new iam.IAMClient(room.clientSettings(root));
  const { MFADevices } = await client.send(new iam.ListMFADevicesCommand({}));
  assert.deepEqual(
    MFADevices?.map(({ SerialNumber }) => SerialNumber),
    [serial],
  );
  const admin = new iam.IAMClient(room.clientSettings());
  const { SummaryMap } = await admin.send(new iam.GetAccountSummaryCommand({}));
  assert.equal(SummaryMap?.AccountMFAEnabled, 1);
  assert.equal(SummaryMap.AccountAccessKeysPresent, 0);
  await admin.send(new iam.GenerateCredentialReportCommand({}));
  const { Content = [] } = await admin.send(new iam.GetCredentialReportCommand({}));
  const [, row = ''] = Buffer.from(Content).toString().split('\n');
  assert.match(row, /^<root_account>,.*,true,false,N\/A/);
  const { VirtualMFADevices } = await admin.send(new iam.ListVirtualMFADevicesCommand({}));
  assert.equal(VirtualMFADevices?.[0]?.User?.Arn, `arn:aws:iam::${room.account}:root`);
  assert.equal(VirtualMFADevices[0].User.UserName, undefined);
});

test('no user, whatever he may do, takes the device of root away or changes its seed', async () => {
  await using room = await IdentityRoom.open();
  const { serial: SerialNumber } = await withDevice(room);
  const admin = new iam.IAMClient(room.clientSettings());
  for (const UserName of ['admin', 'root'])
    await assert.rejects(
      admin.send(new iam.DeactivateMFADeviceCommand({ UserName, SerialNumber })),
      named('NoSuchEntityException'),
    );
  await assert.rejects(
    admin.send(new iam.DeleteVirtualMFADeviceCommand({ SerialNumber })),
    named('DeleteConflictException'),
  );
  await assert.rejects(
    room.asOperator((call) => room.iam.rootUsers.createDevice(call, deviceName)),
    /already in use/,
  );
});

test('a device that was never enabled gets another seed when it is made again', async () => {
  await using room = await IdentityRoom.open();
  const { rootUsers } = room.iam;
  const make = () => room.asOperator((call) => rootUsers.createDevice(call, deviceName));
  const [first, second] = [await make(), await make()];
  assert.equal(first.serial, second.serial);
  assert.notDeepEqual(first.characters, second.characters);
  const enable = (characters: Uint8Array) => {
    const seed = decodeBase32(Buffer.from(characters).toString());
    const step = totpStep(room.now());
    return room.asOperator((call) =>
      rootUsers.enableDevice(call, deviceName, [totpCode(seed, step), totpCode(seed, step + 1)]),
    );
  };
  await assert.rejects(enable(first.characters), { name: 'InvalidAuthenticationCode' });
  await enable(second.characters);
});

test('the operator takes a lost device away, and root signs in without', async () => {
  await using room = await IdentityRoom.open();
  const { serial } = await withDevice(room);
  const remove = () => room.asOperator((call) => room.iam.rootUsers.removeDevices(call));
  await assert.rejects(
    room.asOperator((call) => room.iam.rootUsers.removeDevices(call, 'another')),
    /has no such MFA device/,
  );
  assert.deepEqual(await remove(), [serial]);
  await assert.rejects(remove(), /has no MFA device/);
  await signIn(room);
});

test('sessions end when root gets a device that they were not made with', async () => {
  await using room = await IdentityRoom.open();
  const { rootUsers } = room.iam;
  const ended = named('InvalidClientTokenId');
  const without = await signIn(room);
  const { serial, code } = await withDevice(room);
  await assert.rejects(whoami(room, without), ended);
  room.passed = room.passed.add({ seconds: 60 });
  const withMfa = await signIn(room, { serial, code: code() });
  await room.asOperator((call) => rootUsers.removeDevices(call));
  await whoami(room, withMfa);
  room.passed = room.passed.add({ seconds: 1 });
  await withDevice(room);
  await assert.rejects(whoami(room, withMfa), ended);
});

test('what root does is on record as its own, with or without MFA, and under the key of the sign-in', async () => {
  await using room = await IdentityRoom.open();
  const without = await signIn(room);
  await whoami(room, without);
  const { serial, code } = await withDevice(room);
  room.passed = room.passed.add({ seconds: 60 });
  const withMfa = await signIn(room, { serial, code: code() });
  await whoami(room, withMfa);
  const { Events = [] } = await new CloudTrailClient(room.clientSettings()).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'root' }],
    }),
  );
  const records = Events.map(
    ({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent) as { userIdentity: object },
  );
  assert.deepEqual(
    records.map(({ userIdentity: { sessionContext, ...rest } }: any) => [
      rest,
      sessionContext.attributes.mfaAuthenticated,
    ]),
    [
      [withMfa, 'true'],
      [without, 'false'],
    ].map(([{ accessKeyId }, mfa]: any) => [
      {
        type: 'Root',
        principalId: room.account,
        arn: `arn:aws:iam::${room.account}:root`,
        accountId: room.account,
        accessKeyId,
      },
      mfa,
    ]),
  );
});

test('a session of root lasts from a quarter of an hour to an hour', async () => {
  await using room = await IdentityRoom.open();
  for (const durationSeconds of [899, 3601, Number.NaN])
    await assert.rejects(
      room.asOperator((call) => room.iam.rootUsers.signIn(call, { durationSeconds })),
      /lasts 900 to 3600 s/,
    );
  const root = room.clientSettings(await signIn(room));
  room.passed = room.passed.add({ seconds: 901 });
  await assert.rejects(
    new sts.STSClient({ ...root, ...room.clientSettings(root.credentials) }).send(
      new sts.GetCallerIdentityCommand({}),
    ),
    named('ExpiredToken'),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import * as iam from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { totpCode, totpStep } from '../../../lib/totp.ts';
import { decodeBase32, IdentityRoom, named, userWith, type Credentials } from '../test-room.ts';

const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const unlessMfa = {
  Effect: 'Deny',
  NotAction: ['iam:EnableMFADevice', 'sts:GetSessionToken'],
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
};

async function withDevice(statement: object = all) {
  const room = await IdentityRoom.open();
  const admin = new iam.IAMClient(room.clientSettings());
  const alice = await userWith(room, 'alice', statement);
  const { VirtualMFADevice } = await admin.send(
    new iam.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'alice' }),
  );
  const SerialNumber = VirtualMFADevice?.SerialNumber ?? '';
  const seed = decodeBase32(Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString());
  const code = (offset = 0) => totpCode(seed, totpStep(room.now()) + offset);
  const pass = (seconds: number) => {
    room.passed = room.passed.add({ seconds });
  };
  const enable = () =>
    admin.send(
      new iam.EnableMFADeviceCommand({
        UserName: 'alice',
        SerialNumber,
        AuthenticationCode1: code(-1),
        AuthenticationCode2: code(),
      }),
    );
  const session = async (as: Credentials, more: object = {}): Promise<Credentials> => {
    const { Credentials: made } = await new STSClient(room.clientSettings(as)).send(
      new GetSessionTokenCommand(more),
    );
    return {
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
      sessionToken: made?.SessionToken ?? '',
    };
  };
  const device = VirtualMFADevice;
  return { room, admin, alice, device, SerialNumber, code, pass, enable, session };
}

const listUsers = (room: IdentityRoom, as: Credentials) =>
  new iam.IAMClient(room.clientSettings(as)).send(new iam.ListUsersCommand({}));

test('a device shows its seed once, as text and as a picture', async () => {
  const { room, admin, device, SerialNumber } = await withDevice();
  await using _room = room;
  assert.equal(SerialNumber, `arn:aws:iam::${room.account}:mfa/alice`);
  assert.match(Buffer.from(device?.Base32StringSeed ?? []).toString(), /^[A-Z2-7]{64}$/);
  const png = Buffer.from(device?.QRCodePNG ?? []);
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const size = png.readUInt32BE(16);
  const start = png.indexOf('IDAT') + 4;
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  assert.equal(rows.length, (Math.ceil(size / 8) + 1) * size);
  const { VirtualMFADevices } = await admin.send(new iam.ListVirtualMFADevicesCommand({}));
  assert.deepEqual(VirtualMFADevices, [{ SerialNumber }]);
});

test('two codes in a row enable a device; wrong, single and used ones do not', async () => {
  const { room, admin, SerialNumber, code, enable } = await withDevice();
  await using _room = room;
  const tryWith = (AuthenticationCode1: string, AuthenticationCode2: string) =>
    admin.send(
      new iam.EnableMFADeviceCommand({
        UserName: 'alice',
        SerialNumber,
        AuthenticationCode1,
        AuthenticationCode2,
      }),
    );
  const refused = named('InvalidAuthenticationCodeException');
  await assert.rejects(tryWith('000000', code()), refused);
  await assert.rejects(tryWith(code(), code()), refused);
  await assert.rejects(tryWith(code(), code(-1)), refused);
  await enable();
  await assert.rejects(enable(), named('EntityAlreadyExistsException'));
  const { MFADevices } = await admin.send(new iam.ListMFADevicesCommand({ UserName: 'alice' }));
  assert.deepEqual(
    MFADevices?.map((each) => each.SerialNumber),
    [SerialNumber],
  );
  await assert.rejects(
    admin.send(new iam.DeleteVirtualMFADeviceCommand({ SerialNumber })),
    named('DeleteConflictException'),
  );
});

test('a policy that wants MFA is satisfied by a session with a code, which works once', async () => {
  const { room, admin, alice, SerialNumber, code, pass, enable, session } = await withDevice();
  await using _room = room;
  await admin.send(
    new iam.PutUserPolicyCommand({
      UserName: 'alice',
      PolicyName: 'mfa',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [unlessMfa] }),
    }),
  );
  await enable();
  await assert.rejects(
    listUsers(room, alice),
    named('AccessDenied', /with an explicit deny in an identity-based policy/),
  );
  pass(60);
  const TokenCode = code();
  const withMfa = await session(alice, { SerialNumber, TokenCode });
  await listUsers(room, withMfa);
  await assert.rejects(
    session(alice, { SerialNumber, TokenCode }),
    named('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. '),
  );
  // Sessions of users cannot make more of themselves, nor call IAM without MFA.
  await assert.rejects(session(withMfa), named('AccessDenied'));
  const without = await session(alice);
  await assert.rejects(listUsers(room, without), named('InvalidClientTokenId'));
  const { Arn } = await new STSClient(room.clientSettings(without)).send(
    new GetCallerIdentityCommand({}),
  );
  assert.equal(Arn, `arn:aws:iam::${room.account}:user/alice`);
});

test('of many who send one code at once exactly one is let in', async () => {
  const { room, alice, SerialNumber, code, pass, enable, session } = await withDevice();
  await using _room = room;
  await enable();
  pass(60);
  const TokenCode = code();
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => session(alice, { SerialNumber, TokenCode })),
  );
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('guessing is slow, and locks nobody out for good', async () => {
  const { room, alice, SerialNumber, code, pass, enable, session } = await withDevice();
  await using _room = room;
  await enable();
  pass(60);
  for (let n = 0; n < 10; n++)
    await assert.rejects(session(alice, { SerialNumber, TokenCode: '000000' }));
  await assert.rejects(session(alice, { SerialNumber, TokenCode: code() }), named('AccessDenied'));
  pass(31);
  await session(alice, { SerialNumber, TokenCode: code() });
});

test('a wrong code and a wrong device look the same, and several devices give no more guesses', async () => {
  const { room, alice, SerialNumber, code, pass, enable, session } = await withDevice();
  await using _room = room;
  await enable();
  pass(60);
  const other = `${SerialNumber}-other`;
  const failure = named(
    'AccessDenied',
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
  );
  const TokenCode = code();
  await assert.rejects(session(alice, { SerialNumber: other, TokenCode }), failure);
  await assert.rejects(session(alice, { SerialNumber, TokenCode: '000000' }), failure);
  await assert.rejects(session(alice, { SerialNumber, TokenCode }), failure);
  pass(31);
  await session(alice, { SerialNumber, TokenCode: code() });
});

test('a role that wants MFA is assumed with a code; a session of its own then has none', async () => {
  const { room, admin, alice, SerialNumber, code, pass, enable } = await withDevice();
  await using _room = room;
  await enable();
  pass(60);
  const trust = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: room.account },
      Action: 'sts:AssumeRole',
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '60' },
      },
    },
  };
  await admin.send(
    new iam.CreateRoleCommand({
      RoleName: 'careful',
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
  );
  const assume = (more: object) =>
    new STSClient(room.clientSettings(alice)).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${room.account}:role/careful`,
        RoleSessionName: 'alice',
        ...more,
      }),
    );
  await assert.rejects(assume({}), named('AccessDenied'));
  const { Credentials } = await assume({ SerialNumber, TokenCode: code() });
  assert.ok(Credentials?.SessionToken);
});

test("sessions end with the user's key", async () => {
  const { room, admin, alice, session } = await withDevice();
  await using _room = room;
  const made = await session(alice);
  const whoIs = () =>
    new STSClient(room.clientSettings(made)).send(new GetCallerIdentityCommand({}));
  await whoIs();
  await admin.send(
    new iam.UpdateAccessKeyCommand({
      UserName: 'alice',
      AccessKeyId: alice.accessKeyId,
      Status: 'Inactive',
    }),
  );
  await assert.rejects(whoIs(), named('InvalidClientTokenId'));
});

test('a federated user has what the user has and the policy says, and nothing without one', async () => {
  const { room, alice } = await withDevice();
  await using _room = room;
  const sts = new STSClient(room.clientSettings(alice));
  const { FederatedUser, Credentials } = await sts.send(
    new GetFederationTokenCommand({ Name: 'guest' }),
  );
  assert.equal(FederatedUser?.Arn, `arn:aws:sts::${room.account}:federated-user/guest`);
  const guest = new STSClient(
    room.clientSettings({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }),
  );
  const { UserId } = await guest.send(new GetCallerIdentityCommand({}));
  assert.equal(UserId, `${room.account}:guest`);
  await assert.rejects(
    guest.send(new GetFederationTokenCommand({ Name: 'more' })),
    named('AccessDenied', 'Cannot call GetFederationToken with session credentials'),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import { IdentityRoom, named, userWith } from '../test-room.ts';

const change = { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' };

test('passwords are as the account wants them, and old ones do not come again', async () => {
  await using room = await IdentityRoom.open();
  const admin = new iam.IAMClient(room.clientSettings());
  const alice = new iam.IAMClient(room.clientSettings(await userWith(room, 'alice', change)));
  const create = (Password: string) =>
    admin.send(new iam.CreateLoginProfileCommand({ UserName: 'alice', Password }));
  const violation = named('PasswordPolicyViolationException');
  await assert.rejects(create('short1!'), violation);
  await assert.rejects(create('onlylowercaseletters'), violation);
  await create('First-password-1');
  await assert.rejects(create('First-password-1'), named('EntityAlreadyExistsException'));

  await admin.send(
    new iam.UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 12,
      RequireSymbols: true,
      PasswordReusePrevention: 2,
    }),
  );
  const set = (OldPassword: string, NewPassword: string) =>
    alice.send(new iam.ChangePasswordCommand({ OldPassword, NewPassword }));
  await assert.rejects(
    set('wrong', 'Second-password'),
    named('AccessDenied', 'The old password was incorrect.'),
  );
  room.passed = Temporal.Duration.from({ seconds: 31 });
  await assert.rejects(set('First-password-1', 'nosymbolshere'), violation);
  await assert.rejects(set('First-password-1', 'First-password-1'), violation);
  await set('First-password-1', 'Second-password');
  await assert.rejects(set('Second-password', 'First-password-1'), violation);
  await set('Second-password', 'Third-password');
  await set('Third-password', 'First-password-1');
});

test('an account may let its users change their own passwords, and see what these must be like', async () => {
  await using room = await IdentityRoom.open();
  const admin = new iam.IAMClient(room.clientSettings());
  const clientOf = async (name: string, statement: object) =>
    new iam.IAMClient(room.clientSettings(await userWith(room, name, statement)));
  const alice = await clientOf('alice', { Effect: 'Deny', Action: 'none:None', Resource: '*' });
  const bob = await clientOf('bob', { Effect: 'Deny', Action: 'iam:*', Resource: '*' });
  for (const UserName of ['alice', 'bob'])
    await admin.send(new iam.CreateLoginProfileCommand({ UserName, Password: 'First-password-1' }));
  const change = new iam.ChangePasswordCommand({
    OldPassword: 'First-password-1',
    NewPassword: 'Second-password-2',
  });
  const see = new iam.GetAccountPasswordPolicyCommand({});
  const allow = (AllowUsersToChangePassword: boolean) =>
    admin.send(new iam.UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword }));
  const denied = named('AccessDenied', /is not authorized to perform: iam:/);
  await allow(false);
  await assert.rejects(alice.send(change), denied);
  await assert.rejects(alice.send(see), denied);
  await allow(true);
  await alice.send(change);
  assert.equal((await alice.send(see)).PasswordPolicy?.AllowUsersToChangePassword, true);
  await assert.rejects(bob.send(change), denied);
  await assert.rejects(bob.send(see), denied);
  await assert.rejects(alice.send(new iam.GetLoginProfileCommand({})), denied);
});

test('guesses of an old password are slowed down, and look like wrong ones', async () => {
  await using room = await IdentityRoom.open();
  const admin = new iam.IAMClient(room.clientSettings());
  const alice = new iam.IAMClient(room.clientSettings(await userWith(room, 'alice', change)));
  const Password = 'First-password-1';
  await admin.send(new iam.CreateLoginProfileCommand({ UserName: 'alice', Password }));
  const set = (OldPassword: string) =>
    alice.send(new iam.ChangePasswordCommand({ OldPassword, NewPassword: 'Second-password-2' }));
  const wrong = named('AccessDenied', 'The old password was incorrect.');
  for (let n = 0; n < 3; n++) await assert.rejects(set('wrong'), wrong);
  await assert.rejects(set(Password), wrong);
  room.passed = Temporal.Duration.from({ seconds: 31 });
  await set(Password);
});

test('the policy of passwords replaces the one before as a whole', async () => {
  await using room = await IdentityRoom.open();
  const admin = new iam.IAMClient(room.clientSettings());
  const get = new iam.GetAccountPasswordPolicyCommand({});
  await assert.rejects(
    admin.send(get),
    named(
      'NoSuchEntityException',
      `The Password Policy with domain name ${room.account} cannot be found.`,
    ),
  );
  await admin.send(
    new iam.UpdateAccountPasswordPolicyCommand({ RequireSymbols: true, MaxPasswordAge: 90 }),
  );
  await admin.send(new iam.UpdateAccountPasswordPolicyCommand({ RequireNumbers: true }));
  const { PasswordPolicy } = await admin.send(get);
  assert.equal(PasswordPolicy?.MinimumPasswordLength, 6);
  assert.equal(PasswordPolicy?.RequireSymbols, false);
  assert.equal(PasswordPolicy?.RequireNumbers, true);
  assert.equal(PasswordPolicy?.ExpirePasswords, false);
  await admin.send(new iam.DeleteAccountPasswordPolicyCommand({}));
  await assert.rejects(admin.send(get), named('NoSuchEntityException'));
});

test('an alias belongs to one account', async () => {
  await using room = await IdentityRoom.open();
  const admin = new iam.IAMClient(room.clientSettings());
  await admin.send(new iam.CreateAccountAliasCommand({ AccountAlias: 'first' }));
  await admin.send(new iam.CreateAccountAliasCommand({ AccountAlias: 'team-a' }));
  const { AccountAliases } = await admin.send(new iam.ListAccountAliasesCommand({}));
  assert.deepEqual(AccountAliases, ['team-a']);
  await assert.rejects(
    admin.send(new iam.DeleteAccountAliasCommand({ AccountAlias: 'first' })),
    named('NoSuchEntityException'),
  );
  const { SummaryMap } = await admin.send(new iam.GetAccountSummaryCommand({}));
  assert.equal(SummaryMap?.['Users'], 1);
  assert.equal(SummaryMap?.['GroupsPerUserQuota'], 10);
});

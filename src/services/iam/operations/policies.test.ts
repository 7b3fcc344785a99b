import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import { IdentityRoom, named } from '../test-room.ts';

const allow = (Action: string | string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });

async function opened() {
  const room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  await client.send(new iam.CreateUserCommand({ UserName: 'Alice' }));
  const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: 'Alice' }));
  const asAlice = new iam.IAMClient(
    room.clientSettings({
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    }),
  );
  const isAllowed = async (): Promise<boolean> => {
    try {
      await asAlice.send(new iam.ListUsersCommand({}));
      return true;
    } catch (error) {
      assert.ok(named('AccessDenied')(error), String(error));
      return false;
    }
  };
  return { room, client, isAllowed };
}

test('a policy gives from the next call on: inline, attached, by a group, and no more when it is gone', async () => {
  const { room, client, isAllowed } = await opened();
  await using _room = room;
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: 'list', PolicyDocument: allow('iam:ListUsers') }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  assert.equal(await isAllowed(), false);

  const user = { UserName: 'alice', PolicyArn };
  await client.send(new iam.AttachUserPolicyCommand(user));
  assert.equal(await isAllowed(), true);
  await client.send(
    new iam.CreatePolicyVersionCommand({
      PolicyArn,
      PolicyDocument: allow('iam:ListGroups'),
      SetAsDefault: true,
    }),
  );
  assert.equal(await isAllowed(), false);
  await client.send(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  assert.equal(await isAllowed(), true);
  await client.send(new iam.DetachUserPolicyCommand(user));
  assert.equal(await isAllowed(), false);

  await client.send(new iam.CreateGroupCommand({ GroupName: 'Team' }));
  await client.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn }));
  await client.send(new iam.AddUserToGroupCommand({ GroupName: 'TEAM', UserName: 'ALICE' }));
  assert.equal(await isAllowed(), true);
  await client.send(
    new iam.PutGroupPolicyCommand({
      GroupName: 'Team',
      PolicyName: 'no',
      PolicyDocument: allow('iam:ListUsers').replace('Allow', 'Deny'),
    }),
  );
  assert.equal(await isAllowed(), false);
  await client.send(new iam.DeleteGroupPolicyCommand({ GroupName: 'Team', PolicyName: 'no' }));
  assert.equal(await isAllowed(), true);
  await client.send(new iam.RemoveUserFromGroupCommand({ GroupName: 'Team', UserName: 'Alice' }));
  assert.equal(await isAllowed(), false);
});

test('users and groups keep everything when they get another name', async () => {
  const { room, client, isAllowed } = await opened();
  await using _room = room;
  await client.send(new iam.CreateGroupCommand({ GroupName: 'team' }));
  await client.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'Alice' }));
  await client.send(
    new iam.PutGroupPolicyCommand({
      GroupName: 'team',
      PolicyName: 'p',
      PolicyDocument: allow('iam:ListUsers'),
    }),
  );
  await client.send(new iam.UpdateGroupCommand({ GroupName: 'team', NewGroupName: 'crew' }));
  assert.equal(await isAllowed(), true);
  await client.send(new iam.UpdateUserCommand({ UserName: 'Alice', NewUserName: 'Bob' }));
  await client.send(
    new iam.UpdateUserCommand({ UserName: 'Bob', NewUserName: 'BOB', NewPath: '/x/' }),
  );
  assert.equal(await isAllowed(), true);
  const { Users } = await client.send(new iam.GetGroupCommand({ GroupName: 'crew' }));
  assert.deepEqual(
    Users?.map(({ Arn }) => Arn),
    [`arn:aws:iam::${room.account}:user/x/BOB`],
  );
  await assert.rejects(
    client.send(new iam.GetUserCommand({ UserName: 'Alice' })),
    named('NoSuchEntityException'),
  );
  await assert.rejects(
    client.send(new iam.UpdateUserCommand({ UserName: 'bob', NewUserName: 'admin' })),
    named('EntityAlreadyExistsException', 'User with name admin already exists.'),
  );
});

test('nothing is deleted that is in use', async () => {
  const { room, client } = await opened();
  await using _room = room;
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: allow('iam:*') }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  await client.send(
    new iam.PutUserPermissionsBoundaryCommand({
      UserName: 'Alice',
      PermissionsBoundary: PolicyArn,
    }),
  );
  await assert.rejects(
    client.send(new iam.DeletePolicyCommand({ PolicyArn })),
    named('DeleteConflictException', 'Cannot delete a policy attached to entities.'),
  );
  await assert.rejects(
    client.send(new iam.DeleteUserCommand({ UserName: 'Alice' })),
    named('DeleteConflictException', 'Cannot delete entity, must delete access keys first.'),
  );
  const { AccessKeyMetadata } = await client.send(
    new iam.ListAccessKeysCommand({ UserName: 'Alice' }),
  );
  for (const { AccessKeyId } of AccessKeyMetadata ?? [])
    await client.send(new iam.DeleteAccessKeyCommand({ UserName: 'Alice', AccessKeyId }));
  await client.send(new iam.DeleteUserCommand({ UserName: 'Alice' }));
  await client.send(new iam.DeletePolicyCommand({ PolicyArn }));
  await assert.rejects(
    client.send(new iam.GetPolicyCommand({ PolicyArn })),
    named('NoSuchEntityException', `Policy ${PolicyArn} was not found.`),
  );
});

test('policies are listed page by page, those of AWS and the customer', async () => {
  const { room, client } = await opened();
  await using _room = room;
  for (const PolicyName of ['c', 'A', 'b'])
    await client.send(new iam.CreatePolicyCommand({ PolicyName, PolicyDocument: allow('iam:*') }));
  const names: string[] = [];
  for await (const { Policies } of iam.paginateListPolicies({ client, pageSize: 2 }, {}))
    names.push(...(Policies ?? []).map(({ PolicyName }) => PolicyName ?? ''));
  assert.deepEqual(names.slice(-3), ['A', 'b', 'c']);
  assert.ok(names.includes('AdministratorAccess'));
  assert.equal(new Set(names).size, names.length);

  const { Policies } = await client.send(new iam.ListPoliciesCommand({ Scope: 'Local' }));
  assert.deepEqual(
    Policies?.map(({ PolicyName }) => PolicyName),
    ['A', 'b', 'c'],
  );
});

test('documents come back percent-encoded, as they were given', async () => {
  const { room, client } = await opened();
  await using _room = room;
  const PolicyDocument = `{ "Version": "2012-10-17",\n "Statement": {"Effect":"Allow","Action":"iam:*","Resource":"*"}}`;
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument }),
  );
  const { PolicyVersion } = await client.send(
    new iam.GetPolicyVersionCommand({ PolicyArn: Policy?.Arn, VersionId: 'v1' }),
  );
  assert.match(PolicyVersion?.Document ?? '', /^%7B%20%22Version/);
  assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ''), PolicyDocument);
  const aws = 'arn:aws:iam::aws:policy/IAMUserChangePassword';
  const own = await client.send(
    new iam.GetPolicyVersionCommand({ PolicyArn: aws, VersionId: 'v1' }),
  );
  assert.match(decodeURIComponent(own.PolicyVersion?.Document ?? ''), /\$\{aws:username\}/);
});

test('quotas hold when calls come at once', async () => {
  const { room, client } = await opened();
  await using _room = room;
  const arns = await Promise.all(
    Array.from({ length: 12 }, async (_none, n) => {
      const PolicyName = `p${n}`;
      const { Policy } = await client.send(
        new iam.CreatePolicyCommand({ PolicyName, PolicyDocument: allow('iam:*') }),
      );
      return Policy?.Arn ?? '';
    }),
  );
  const results = await Promise.allSettled(
    arns.map((PolicyArn) =>
      client.send(new iam.AttachUserPolicyCommand({ UserName: 'Alice', PolicyArn })),
    ),
  );
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 10);
  const { AttachedPolicies } = await client.send(
    new iam.ListAttachedUserPoliciesCommand({ UserName: 'Alice' }),
  );
  assert.equal(AttachedPolicies?.length, 10);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { IdentityRoom, named, userWith, type Credentials } from '../../iam/test-room.ts';

const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const all = { Effect: 'Allow', Action: '*', Resource: '*' };
const nobody = { Effect: 'Deny', Action: 'none:None', Resource: '*' };

async function opened() {
  const room = await IdentityRoom.open();
  const client = new iam.IAMClient(room.clientSettings());
  const arnOf = (name: string): string => `arn:aws:iam::${room.account}:role/${name}`;
  const makeRole = async (name: string, statement: object, allowed: object = all) => {
    const { Role } = await client.send(
      new iam.CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          ...statement,
        }),
      }),
    );
    await client.send(
      new iam.PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'own',
        PolicyDocument: policy(allowed),
      }),
    );
    return Role;
  };
  const assume = async (
    as: Credentials,
    name: string,
    more: Partial<AssumeRoleCommandInput> = {},
  ): Promise<Required<Credentials>> => {
    const { Credentials: made } = await new STSClient(room.clientSettings(as)).send(
      new AssumeRoleCommand({ RoleArn: arnOf(name), RoleSessionName: 's1', ...more }),
    );
    return {
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
      sessionToken: made?.SessionToken ?? '',
    };
  };
  const listUsers = (as: Credentials) =>
    new iam.IAMClient(room.clientSettings(as)).send(new iam.ListUsersCommand({}));
  const whoIs = (as: Credentials) =>
    new STSClient(room.clientSettings(as)).send(new GetCallerIdentityCommand({}));
  return { room, client, arnOf, makeRole, assume, listUsers, whoIs };
}

test('whom the role trusts by name assumes it, and nobody else; whether it is there is not told', async () => {
  const { room, arnOf, makeRole, assume, whoIs, listUsers } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', nobody);
  const bob = await userWith(room, 'bob', all);
  await makeRole('deploy', { Principal: { AWS: `arn:aws:iam::${room.account}:user/alice` } });
  const session = await assume(alice, 'deploy');
  const { Arn, UserId } = await whoIs(session);
  assert.equal(Arn, `arn:aws:sts::${room.account}:assumed-role/deploy/s1`);
  assert.match(UserId ?? '', /^AROA[A-Z2-7]{17}:s1$/);
  await listUsers(session);
  for (const name of ['deploy', 'missing'])
    await assert.rejects(
      assume(bob, name),
      named(
        'AccessDenied',
        `User: arn:aws:iam::${room.account}:user/bob is not authorized to perform: sts:AssumeRole on resource: ${arnOf(name)}`,
      ),
    );
});

test('a role that trusts the account leaves it to the policies of its users', async () => {
  const { room, makeRole, assume, arnOf } = await opened();
  await using _room = room;
  await makeRole('deploy', { Principal: { AWS: `arn:aws:iam::${room.account}:root` } });
  const without = await userWith(room, 'alice', nobody);
  const withOne = await userWith(room, 'bob', {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: arnOf('deploy'),
  });
  await assert.rejects(assume(without, 'deploy'), named('AccessDenied'));
  await assume(withOne, 'deploy');
});

test('conditions of the trust policy: external id, session name, and MFA, which a long-term key never has', async () => {
  const { room, makeRole, assume } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', all);
  const trusting = (Condition: object) => ({ Principal: { AWS: room.account }, Condition });
  await makeRole('external', trusting({ StringEquals: { 'sts:ExternalId': 'secret-1' } }));
  await makeRole('named', trusting({ StringLike: { 'sts:RoleSessionName': '${aws:username}' } }));
  await makeRole('mfa', trusting({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }));
  await assert.rejects(assume(alice, 'external'), named('AccessDenied'));
  await assert.rejects(assume(alice, 'external', { ExternalId: 'other' }), named('AccessDenied'));
  await assume(alice, 'external', { ExternalId: 'secret-1' });
  await assert.rejects(assume(alice, 'named'), named('AccessDenied'));
  await assume(alice, 'named', { RoleSessionName: 'alice' });
  await assert.rejects(assume(alice, 'mfa'), named('AccessDenied'));
  await assert.rejects(
    assume(alice, 'mfa', { SerialNumber: `arn:aws:iam::${room.account}:mfa/none` }),
    named('AccessDenied', /must provide both MFA serial number and one time pass code/),
  );
});

test('a session policy, and a managed one, narrow the session', async () => {
  const { room, client, makeRole, assume, listUsers } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', all);
  await makeRole('deploy', { Principal: { AWS: room.account } });
  const listing = policy({ Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' });
  const other = policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' });
  await listUsers(await assume(alice, 'deploy', { Policy: listing }));
  await assert.rejects(
    listUsers(await assume(alice, 'deploy', { Policy: other })),
    named('AccessDenied', /because no session policy allows the iam:ListUsers action/),
  );
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: listing }),
  );
  const arns = { PolicyArns: [{ arn: Policy?.Arn }] };
  const session = await assume(alice, 'deploy', arns);
  await listUsers(session);
  // As the managed policy is when the call is made.
  await client.send(
    new iam.CreatePolicyVersionCommand({
      PolicyArn: Policy?.Arn,
      PolicyDocument: other,
      SetAsDefault: true,
    }),
  );
  await assert.rejects(listUsers(session), named('AccessDenied'));
  await assert.rejects(
    assume(alice, 'deploy', { Policy: '{}' }),
    named('MalformedPolicyDocumentException'),
  );
});

test('tags stand for the principal, and transitive ones go on to the next role', async () => {
  const { room, makeRole, assume, listUsers } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', all);
  const ofTeam = {
    ...all,
    Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
  };
  await makeRole('one', { Principal: { AWS: room.account } });
  await makeRole('two', { Principal: { AWS: room.account } }, ofTeam);
  const tags = { Tags: [{ Key: 'team', Value: 'a' }], TransitiveTagKeys: ['team'] };
  await assert.rejects(listUsers(await assume(alice, 'two')), named('AccessDenied'));
  const one = await assume(alice, 'one', tags);
  await listUsers(await assume(one, 'two'));
  await assert.rejects(
    assume(one, 'two', { Tags: [{ Key: 'Team', Value: 'b' }] }),
    named('InvalidParameterValue', /conflicts with a transitive tag key/),
  );
  await assert.rejects(
    assume(alice, 'two', { TransitiveTagKeys: ['team'] }),
    named('InvalidParameterValue', /must be included in the requested tags/),
  );
});

test('durations: of the role, and an hour for a role that is assumed by a role', async () => {
  const { room, client, makeRole, assume } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', all);
  await makeRole('deploy', { Principal: { AWS: room.account } });
  await assert.rejects(
    assume(alice, 'deploy', { DurationSeconds: 7200 }),
    named(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ),
  );
  await client.send(new iam.UpdateRoleCommand({ RoleName: 'deploy', MaxSessionDuration: 7200 }));
  const session = await assume(alice, 'deploy', { DurationSeconds: 7200 });
  await assert.rejects(
    assume(session, 'deploy', { DurationSeconds: 7200 }),
    named('ValidationError', /1 hour session limit for roles assumed by role chaining/),
  );
});

test('a session ends at once: with a Deny on its time, and with its role', async () => {
  const { room, client, makeRole, assume, listUsers, whoIs } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', all);
  await makeRole('deploy', { Principal: { AWS: room.account } });
  const session = await assume(alice, 'deploy');
  await listUsers(session);
  await client.send(
    new iam.PutRolePolicyCommand({
      RoleName: 'deploy',
      PolicyName: 'AWSRevokeOlderSessions',
      PolicyDocument: policy({
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          DateLessThan: { 'aws:TokenIssueTime': room.now().add({ seconds: 1 }).toString() },
        },
      }),
    }),
  );
  await assert.rejects(listUsers(session), named('AccessDenied', /explicit deny/));
  room.passed = Temporal.Duration.from({ seconds: 5 });
  const later = await assume(alice, 'deploy');
  await listUsers(later);

  for (const PolicyName of ['own', 'AWSRevokeOlderSessions'])
    await client.send(new iam.DeleteRolePolicyCommand({ RoleName: 'deploy', PolicyName }));
  await client.send(new iam.DeleteRoleCommand({ RoleName: 'deploy' }));
  await makeRole('deploy', { Principal: { AWS: room.account } });
  await assert.rejects(whoIs(later), named('InvalidClientTokenId'));
});

test('trust is in the user, not in the name: who gets the name later is not trusted', async () => {
  const { room, client, makeRole, assume } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', nobody);
  await makeRole('deploy', { Principal: { AWS: `arn:aws:iam::${room.account}:user/alice` } });
  const shown = async () => {
    const { Role } = await client.send(new iam.GetRoleCommand({ RoleName: 'deploy' }));
    return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  };
  assert.match(await shown(), /user\/alice"/);
  await client.send(
    new iam.DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId: alice.accessKeyId }),
  );
  await client.send(new iam.DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'own' }));
  await client.send(new iam.DeleteUserCommand({ UserName: 'alice' }));
  assert.match(await shown(), /"AIDA[A-Z2-7]{17}"/);
  const other = await userWith(room, 'alice', nobody);
  await assert.rejects(assume(other, 'deploy'), named('AccessDenied'));
  await assert.rejects(
    makeRole('more', { Principal: { AWS: `arn:aws:iam::${room.account}:user/nobody` } }),
    named('MalformedPolicyDocumentException', /^Invalid principal in policy: "AWS":/),
  );
});

test('the trail says whose session it was', async () => {
  const { room, makeRole, assume, listUsers } = await opened();
  await using _room = room;
  const alice = await userWith(room, 'alice', all);
  const role = await makeRole('deploy', { Principal: { AWS: room.account } });
  await listUsers(await assume(alice, 'deploy', { SourceIdentity: 'alice' }));
  const { Events = [] } = await new CloudTrailClient(
    room.clientSettings(room.admin, 'us-east-1'),
  ).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'ListUsers' }],
    }),
  );
  const { userIdentity } = JSON.parse(Events[0]?.CloudTrailEvent ?? '{}') as {
    userIdentity: { sessionContext: Record<string, unknown> };
  };
  assert.deepEqual(userIdentity.sessionContext['sessionIssuer'], {
    type: 'Role',
    principalId: role?.RoleId,
    arn: role?.Arn,
    accountId: room.account,
    userName: 'deploy',
  });
  assert.equal(userIdentity.sessionContext['sourceIdentity'], 'alice');
});

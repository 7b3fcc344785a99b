import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import { gatewayRoleName } from '../index.ts';
import { IdentityRoom, named } from '../test-room.ts';

const RoleName = gatewayRoleName;
const isProtected = named(
  'UnmodifiableEntityException',
  /^Cannot perform the operation on the protected role 'AWSServiceRoleForHoldfastGateway' - this role is only modifiable by AWS/,
);

const document = (...statements: (readonly ['Allow' | 'Deny', string])[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, Action]) => ({ Effect, Action, Resource: '*' })),
  });

async function opened() {
  const room = await IdentityRoom.open();
  const session = { roleName: RoleName, sessionName: 'gateway', durationSeconds: 3600 };
  const credentials = await room.session(session);
  const { directory } = room.iam;
  /** `Effect action` of all that the role's policies say, but for its own. */
  const added = async (): Promise<string[]> => {
    const credential = await directory.credential(
      credentials.accessKeyId,
      credentials.sessionToken,
    );
    assert.ok(credential);
    const { identity } = await directory.policiesOf(credential.principal, credential.session);
    return identity.filter((each) => !isOwn(each)).flatMap(statementsOf);
  };
  return { room, client: new iam.IAMClient(room.clientSettings()), added };
}

function isOwn({ source }: PolicyDocument): boolean {
  return source?.name === RoleName;
}

function statementsOf({ statements }: PolicyDocument): string[] {
  return statements.flatMap(({ effect, actions = [] }) =>
    actions.map((each) => `${effect} ${each}`),
  );
}

test('of the gateways’ role an inline policy takes away from the next call on, until it is gone', async () => {
  const { room, client, added } = await opened();
  await using _room = room;
  const named = { RoleName, PolicyName: 'stop' };
  const deny = document(['Deny', 'kms:Decrypt']);
  await client.send(new iam.PutRolePolicyCommand({ ...named, PolicyDocument: deny }));
  assert.deepEqual(await added(), ['Deny kms:Decrypt']);
  const { PolicyNames } = await client.send(new iam.ListRolePoliciesCommand({ RoleName }));
  assert.deepEqual(PolicyNames, [RoleName, 'stop']);
  await client.send(new iam.DeleteRolePolicyCommand(named));
  assert.deepEqual(await added(), []);
});

test('nobody gives the gateways’ role anything, or takes its own policy away', async () => {
  const { room, client, added } = await opened();
  await using _room = room;
  const mixed = document(['Deny', 'kms:Decrypt'], ['Allow', 'kms:Encrypt']);
  const deny = document(['Deny', 'kms:*']);
  for (const command of [
    new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument: mixed }),
    new iam.PutRolePolicyCommand({ RoleName, PolicyName: RoleName, PolicyDocument: deny }),
    new iam.DeleteRolePolicyCommand({ RoleName, PolicyName: RoleName }),
    new iam.AttachRolePolicyCommand({
      RoleName,
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
    new iam.UpdateAssumeRolePolicyCommand({
      RoleName,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: room.account }, Action: 'sts:AssumeRole' },
      }),
    }),
    new iam.TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: 'b' }] }),
  ])
    await assert.rejects(client.send(command as iam.PutRolePolicyCommand), isProtected);
  assert.deepEqual(await added(), []);
});

test('of a managed policy on the gateways’ role the Denies count, also of later versions', async () => {
  const { room, client, added } = await opened();
  await using _room = room;
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({
      PolicyName: 'stop',
      PolicyDocument: document(['Deny', 'kms:Decrypt']),
    }),
  );
  const PolicyArn = Policy?.Arn ?? '';
  await client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }));
  assert.deepEqual(await added(), ['Deny kms:Decrypt']);
  await client.send(
    new iam.CreatePolicyVersionCommand({
      PolicyArn,
      PolicyDocument: document(['Allow', 'kms:*'], ['Deny', 'kms:Encrypt']),
      SetAsDefault: true,
    }),
  );
  assert.deepEqual(await added(), ['Deny kms:Encrypt']);
  await client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn }));
  assert.deepEqual(await added(), []);
});

test('of two policies that are put on the gateways’ role at the same moment none is lost', async () => {
  const { room, client, added } = await opened();
  await using _room = room;
  await Promise.all(
    ['Decrypt', 'Encrypt', 'Sign'].map((action) =>
      client.send(
        new iam.PutRolePolicyCommand({
          RoleName,
          PolicyName: action,
          PolicyDocument: document(['Deny', `kms:${action}`]),
        }),
      ),
    ),
  );
  assert.deepEqual((await added()).toSorted(), [
    'Deny kms:Decrypt',
    'Deny kms:Encrypt',
    'Deny kms:Sign',
  ]);
});

test('of other services’ roles nobody changes anything', async () => {
  const { room, client } = await opened();
  await using _room = room;
  await client.send(
    new iam.CreateServiceLinkedRoleCommand({ AWSServiceName: 'acm.amazonaws.com' }),
  );
  const role = { RoleName: 'AWSServiceRoleForCertificateManager' };
  await assert.rejects(
    client.send(
      new iam.PutRolePolicyCommand({
        ...role,
        PolicyName: 'stop',
        PolicyDocument: document(['Deny', 'kms:Decrypt']),
      }),
    ),
    named('UnmodifiableEntityException'),
  );
});

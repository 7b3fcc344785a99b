import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { region } from '../aws/arn.ts';
import { systemRandom } from '../lib/random.ts';
import { reveal } from '../lib/secret.ts';
import { startConstellation, type TestConstellation } from './test-constellation.ts';

/** A user who may do nothing. */
async function makeUser(admin: Clients, api: TestConstellation['api'], UserName: string) {
  const { User } = await admin.iam.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await admin.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
  return {
    arn: User?.Arn ?? '',
    id: User?.UserId ?? '',
    accessKeyId,
    clients: clientsOf(api, { credentials: { accessKeyId, secretAccessKey } }),
  };
}

async function deleteUser(admin: Clients, UserName: string, AccessKeyId: string): Promise<void> {
  await admin.iam.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  await admin.iam.send(new iam.DeleteUserCommand({ UserName }));
}

test('who gets the name of a deleted user gets nothing of what key policies and grants gave', async () => {
  await using server = await startConstellation();
  const { api, clients: admin } = server;
  const { Account } = await admin.sts.send(new GetCallerIdentityCommand({}));
  const first = await makeUser(admin, api, 'alice');
  using firstClients = first.clients;
  const statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { ...statement, Principal: { AWS: `arn:aws:iam::${Account}:root` } },
      { ...statement, Principal: { AWS: first.arn }, Action: 'kms:DescribeKey' },
    ],
  });
  const { KeyMetadata } = await admin.kms.send(new kms.CreateKeyCommand({ Policy }));
  const KeyId = KeyMetadata?.Arn ?? '';
  await admin.kms.send(
    new kms.CreateGrantCommand({
      KeyId,
      GranteePrincipal: first.arn,
      RetiringPrincipal: first.arn,
      Operations: ['GenerateDataKey'],
    }),
  );
  const uses = (of: Clients): (() => Promise<unknown>)[] => [
    () => of.kms.send(new kms.DescribeKeyCommand({ KeyId })),
    () => of.kms.send(new kms.GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })),
  ];
  const shown = async (): Promise<string> => {
    const policy = await admin.kms.send(new kms.GetKeyPolicyCommand({ KeyId }));
    const { Grants = [] } = await admin.kms.send(new kms.ListGrantsCommand({ KeyId }));
    const [grant] = Grants;
    return `${policy.Policy} ${grant?.GranteePrincipal} ${grant?.RetiringPrincipal}`;
  };
  for (const use of uses(firstClients)) await use();
  assert.equal((await shown()).split(first.arn).length, 4);
  assert.equal((await shown()).includes(first.id), false);

  await deleteUser(admin, 'alice', first.accessKeyId);
  assert.equal((await shown()).split(first.id).length, 4);
  const ofNobody = { KeyId, GranteePrincipal: first.arn, Operations: ['Decrypt' as const] };
  await assert.rejects(admin.kms.send(new kms.CreateGrantCommand(ofNobody)), {
    name: 'InvalidArnException',
    message: `ARN does not refer to a valid principal: ${first.arn}`,
  });
  await assert.rejects(admin.kms.send(new kms.PutKeyPolicyCommand({ KeyId, Policy })), {
    name: 'MalformedPolicyDocumentException',
    message: 'Policy contains a statement with one or more invalid principals.',
  });

  const second = await makeUser(admin, api, 'alice');
  using secondClients = second.clients;
  assert.equal(second.arn, first.arn);
  for (const use of uses(secondClients))
    await assert.rejects(use(), { name: 'AccessDeniedException' });
  const { Grants = [] } = await admin.kms.send(
    new kms.ListGrantsCommand({ KeyId, GranteePrincipal: second.arn }),
  );
  assert.deepEqual(Grants, []);
  await admin.kms.send(new kms.PutKeyPolicyCommand({ KeyId, Policy }));
  await uses(secondClients)[0]?.();
});

test('principals of other accounts are bound likewise, and must be there', async () => {
  await using server = await startConstellation();
  const { api, rooms, clients: admin } = server;
  const account = rooms.iam.accounts.newId(systemRandom);
  const made = await rooms.pipeline.runAsOperator(
    { eventName: 'CreateAccount', requestParameters: null, account, region: region(api.region) },
    (call) => rooms.iam.accounts.create(call, account),
  );
  using secret = made.secretAccessKey;
  const credentials = {
    accessKeyId: made.accessKeyId,
    secretAccessKey: Buffer.from(reveal(secret)).toString(),
  };
  using others = clientsOf(api, { credentials });
  const bob = await makeUser(others, api, 'bob');
  using bobs = bob.clients;
  await others.iam.send(
    new iam.AttachUserPolicyCommand({
      UserName: 'bob',
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  );
  const { Account } = await admin.sts.send(new GetCallerIdentityCommand({}));
  const statement = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const policyFor = (principal: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { ...statement, Principal: { AWS: `arn:aws:iam::${Account}:root` } },
        { ...statement, Principal: { AWS: principal } },
      ],
    });
  const { KeyMetadata } = await admin.kms.send(new kms.CreateKeyCommand({}));
  const KeyId = KeyMetadata?.Arn ?? '';
  const describe = () => bobs.kms.send(new kms.DescribeKeyCommand({ KeyId }));
  for (const principal of [bob.arn, account, `arn:aws:iam::${account}:root`, '*']) {
    await admin.kms.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: policyFor(principal) }));
    await describe();
    const { Policy = '' } = await admin.kms.send(new kms.GetKeyPolicyCommand({ KeyId }));
    assert.deepEqual(JSON.parse(Policy), JSON.parse(policyFor(principal)));
  }
  for (const principal of [
    `arn:aws:iam::${account}:user/Bob`,
    `arn:aws:iam::${account}:user/path/bob`,
    `arn:aws:iam::${account}:role/bob`,
    `arn:aws:sts::${account}:assumed-role/bob/session`,
    'arn:aws:iam::999999999999:root',
    'AIDAAAAAAAAAAAAAAAAAA',
  ])
    await assert.rejects(
      admin.kms.send(new kms.PutKeyPolicyCommand({ KeyId, Policy: policyFor(principal) })),
      { name: 'MalformedPolicyDocumentException' },
      principal,
    );
});

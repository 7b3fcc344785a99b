import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ListCertificatesCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  ListRolesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  ListAliasesCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { clientsOf, type Clients } from '../../test/sdk-clients.ts';
import { region, type AccountId } from '../aws/arn.ts';
import type { Call } from '../aws/call.ts';
import { systemRandom } from '../lib/random.ts';
import { reveal, type Secret } from '../lib/secret.ts';
import { showCredentials } from './shown-credentials.ts';
import { startConstellation } from './test-constellation.ts';

const server = await startConstellation();
const one = await accountOf(server.rooms.firstAccount, server.clients);
const two = await otherAccount();
after(async () => {
  two.admin[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

interface Account {
  readonly account: AccountId;
  readonly admin: Clients;
  /** What its root user's session gives. */
  readonly root: Clients;
}

function asOperator<T>(account: AccountId, work: (call: Call) => Promise<T>): Promise<T> {
  const name = { eventName: 'Test', requestParameters: null, region: region('us-east-1') };
  return server.rooms.pipeline.runAsOperator({ ...name, account }, work);
}

async function accountOf(account: AccountId, admin: Clients): Promise<Account> {
  const { rootUsers } = server.rooms.iam;
  const made = await asOperator(account, (call) =>
    rootUsers.signIn(call, { durationSeconds: 900 }),
  );
  return { account, admin, root: clientsOf(server.api, { credentials: showCredentials(made) }) };
}

async function otherAccount(): Promise<Account> {
  const { accounts } = server.rooms.iam;
  const account = accounts.newId(systemRandom);
  const { accessKeyId, secretAccessKey } = await asOperator(account, (call) =>
    accounts.create(call, account),
  );
  return accountOf(account, clientsOf(server.api, keyed(accessKeyId, secretAccessKey)));
}

function keyed(accessKeyId: string, secret: Secret) {
  const secretAccessKey = Buffer.from(reveal(secret)).toString('latin1');
  return { credentials: { accessKeyId, secretAccessKey } };
}

const policy = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource });

/** A user of the account who may do nothing yet. */
async function newUser({ admin }: Account, UserName: string) {
  const { User } = await admin.iam.send(new CreateUserCommand({ UserName }));
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  return {
    arn: User?.Arn ?? '',
    clients: clientsOf(server.api, { credentials }),
    may: (...statements: object[]) =>
      admin.iam.send(
        new PutUserPolicyCommand({
          UserName,
          PolicyName: 'own',
          PolicyDocument: policy(...statements),
        }),
      ),
  };
}

const denied = (error: unknown): boolean =>
  error instanceof Error && /^AccessDenied(Exception)?$/.test(error.name);

test('each account has a root user of its own, who sees what is in it and nothing else', async () => {
  for (const { account, root } of [one, two]) {
    const { Arn } = await root.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, `arn:aws:iam::${account}:root`);
    const { Users } = await root.iam.send(new ListUsersCommand({}));
    for (const each of Users ?? []) assert.match(each.Arn ?? '', RegExp(`:${account}:`));
  }
});

test('each account and Region has a managed key of its own, and lists only that', async () => {
  const seen: string[] = [];
  for (const { account, root } of [one, two])
    for (const each of ['us-east-1', 'eu-west-1']) {
      const { credentials } = root.acm.config;
      using clients = clientsOf(server.api, { credentials: await credentials(), region: each });
      const request = { DomainName: 'www.example.test', ValidationMethod: 'DNS' } as const;
      const { CertificateArn } = await clients.acm.send(new RequestCertificateCommand(request));
      const { CertificateSummaryList } = await clients.acm.send(new ListCertificatesCommand({}));
      assert.deepEqual(
        CertificateSummaryList?.map((summary) => summary.CertificateArn),
        [CertificateArn],
      );
      const { Aliases } = await clients.kms.send(new ListAliasesCommand({}));
      const [alias, ...others] = Aliases?.filter(({ TargetKeyId }) => TargetKeyId) ?? [];
      assert.deepEqual(others, []);
      assert.equal(alias?.AliasArn, `arn:aws:kms:${each}:${account}:alias/aws/acm`);
      const { Keys } = await clients.kms.send(new ListKeysCommand({}));
      assert.deepEqual(
        Keys?.map(({ KeyId }) => KeyId),
        [alias.TargetKeyId],
      );
      seen.push(alias.TargetKeyId ?? '');
    }
  assert.equal(new Set(seen).size, 4);
});

test('a role is assumed from another account with the external id that it asks for', async () => {
  const RoleName = 'partner';
  const carol = await newUser(two, 'carol');
  const { Role } = await one.admin.iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${two.account}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'ours' } },
      }),
    }),
  );
  const RoleArn = Role?.Arn ?? '';
  await one.admin.iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'own',
      PolicyDocument: policy(allow('iam:ListRoles')),
    }),
  );
  const assume = (ExternalId?: string, by = carol.clients) =>
    by.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'visit', ExternalId }));
  await assert.rejects(assume('ours'), denied, 'her own account must allow it, too');
  await carol.may(allow('sts:AssumeRole', RoleArn));
  await assert.rejects(assume(), denied);
  await assert.rejects(assume('theirs'), denied);
  await assert.rejects(assume('ours', one.admin), denied, 'the role trusts the other account');
  await assert.rejects(assume('ours', two.root), denied, 'root assumes no role');

  const { Credentials } = await assume('ours');
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  using visitor = clientsOf(server.api, { credentials });
  const { Account } = await visitor.sts.send(new GetCallerIdentityCommand({}));
  assert.equal(Account, one.account);
  const { Roles } = await visitor.iam.send(new ListRolesCommand({}));
  assert.ok(Roles?.some(({ Arn }) => Arn === RoleArn));
  await assert.rejects(visitor.iam.send(new ListUsersCommand({})), denied);
});

/** A key of the first account whose policy, besides, lets these decrypt, and what was encrypted under it. */
async function sharedKey(...AWS: string[]) {
  const own = { Principal: { AWS: `arn:aws:iam::${one.account}:root` }, ...allow('kms:*') };
  const Policy = policy(own, { Principal: { AWS }, ...allow('kms:Decrypt') });
  const { KeyMetadata } = await one.admin.kms.send(new CreateKeyCommand({ Policy }));
  const KeyId = KeyMetadata?.Arn ?? '';
  const { CiphertextBlob } = await one.admin.kms.send(
    new EncryptCommand({ KeyId, Plaintext: Buffer.from('ours') }),
  );
  const decrypt = async (by: Clients): Promise<string> => {
    const { Plaintext } = await by.kms.send(new DecryptCommand({ KeyId, CiphertextBlob }));
    return Buffer.from(Plaintext ?? []).toString();
  };
  return { KeyId, decrypt };
}

test('a key decrypts for a user of another account when its policy and his own allow it', async () => {
  const dave = await newUser(two, 'dave');
  const { KeyId, decrypt } = await sharedKey(dave.arn);
  await assert.rejects(decrypt(dave.clients), denied, 'the policy of the key is not enough');
  await dave.may(allow('kms:Decrypt', KeyId));
  assert.equal(await decrypt(dave.clients), 'ours');
  await assert.rejects(decrypt(two.admin), denied, 'the policy names him, not his account');

  const unshared = await sharedKey(`arn:aws:iam::${one.account}:root`);
  await dave.may(allow('kms:Decrypt'));
  await assert.rejects(unshared.decrypt(dave.clients), denied, 'nor is his own policy enough');
});

test('a key that is shared with an account decrypts for its root, and for whom that account lets', async () => {
  const { decrypt } = await sharedKey(`arn:aws:iam::${two.account}:root`);
  assert.equal(await decrypt(two.root), 'ours');
  assert.equal(await decrypt(two.admin), 'ours');
  const erin = await newUser(two, 'erin');
  await assert.rejects(decrypt(erin.clients), denied);
});

test('root is bound by the policy of a key', async () => {
  const { Arn } = await one.admin.sts.send(new GetCallerIdentityCommand({}));
  const Policy = policy({ Principal: { AWS: Arn }, ...allow('kms:*') });
  const { KeyMetadata } = await one.admin.kms.send(new CreateKeyCommand({ Policy }));
  const request = { KeyId: KeyMetadata?.Arn, Plaintext: Buffer.from('ours') };
  await one.admin.kms.send(new EncryptCommand(request));
  await assert.rejects(one.root.kms.send(new EncryptCommand(request)), denied);
});

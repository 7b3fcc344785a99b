import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { IdentityRoom, type Credentials } from './test-room.ts';

const named = (name: string, text?: string | RegExp) => (error: unknown) =>
  error instanceof Error &&
  error.name === name &&
  (text === undefined ||
    (typeof text === 'string' ? error.message === text : text.test(error.message)));

async function userWith(room: IdentityRoom, name: string, statement: object): Promise<Credentials> {
  const iam = new IAMClient(room.clientSettings());
  await iam.send(new CreateUserCommand({ UserName: name }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName: name,
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}

test('the admin of the first account is who the directory says', async () => {
  await using room = await IdentityRoom.open();
  const identity = await new STSClient(room.clientSettings()).send(
    new GetCallerIdentityCommand({}),
  );
  assert.equal(identity.Account, room.account);
  assert.equal(identity.Arn, `arn:aws:iam::${room.account}:user/admin`);
  assert.match(identity.UserId ?? '', /^AIDA[A-Z2-7]{17}$/);
});

test('a second first account is refused, and its keys with it', async () => {
  await using room = await IdentityRoom.open();
  await assert.rejects(room.createFirst());
  assert.deepEqual(await room.iam.accounts.list(), [room.account]);
});

test('a user is made with path and tags, and found without regard to case', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const { User } = await iam.send(
    new CreateUserCommand({
      UserName: 'Alice',
      Path: '/team-a/',
      Tags: [{ Key: 'team', Value: 'a' }],
    }),
  );
  assert.equal(User?.Arn, `arn:aws:iam::${room.account}:user/team-a/Alice`);
  const { User: found } = await iam.send(new GetUserCommand({ UserName: 'alice' }));
  assert.deepEqual(found, User);
  await assert.rejects(
    iam.send(new CreateUserCommand({ UserName: 'ALICE' })),
    named('EntityAlreadyExistsException', 'User with name ALICE already exists.'),
  );
  await assert.rejects(
    iam.send(new GetUserCommand({ UserName: 'bob' })),
    named('NoSuchEntityException', 'The user with name bob cannot be found.'),
  );
});

test('of two that make the same user at once exactly one does', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => iam.send(new CreateUserCommand({ UserName: 'alice' }))),
  );
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a user has at most two access keys, also when they are asked for at once', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () => iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }))),
  );
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 2);
  for (const result of results) {
    if (result.status === 'rejected') {
      assert.ok(
        named(
          'LimitExceededException',
          'Cannot exceed quota for AccessKeysPerUser: 2',
        )(result.reason),
      );
    }
  }
});

test('without a name GetUser and CreateAccessKey mean the caller', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const { User } = await iam.send(new GetUserCommand({}));
  assert.equal(User?.UserName, 'admin');
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({}));
  assert.equal(AccessKey?.UserName, 'admin');
  assert.match(AccessKey?.SecretAccessKey ?? '', /^[A-Za-z0-9+/]{40}$/);
});

test('a policy holds from the next request on, and is asked with the ARN of the user', async () => {
  await using room = await IdentityRoom.open();
  const admin = new IAMClient(room.clientSettings());
  const bob = new IAMClient(
    room.clientSettings(
      await userWith(room, 'bob', {
        Effect: 'Allow',
        Action: 'iam:GetUser',
        Resource: `arn:aws:iam::${room.account}:user/bob`,
      }),
    ),
  );
  assert.equal((await bob.send(new GetUserCommand({}))).User?.UserName, 'bob');
  await assert.rejects(
    bob.send(new GetUserCommand({ UserName: 'admin' })),
    named('AccessDenied', new RegExp(`user/bob is not authorized to perform: iam:GetUser`)),
  );
  await admin.send(
    new PutUserPolicyCommand({
      UserName: 'bob',
      PolicyName: 'never',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Action: '*', Resource: '*' },
      }),
    }),
  );
  await assert.rejects(bob.send(new GetUserCommand({})), named('AccessDenied', /explicit deny/));
});

test('a document that is no policy is refused in words of AWS', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  const put = (PolicyDocument: string) =>
    iam.send(new PutUserPolicyCommand({ UserName: 'admin', PolicyName: 'p', PolicyDocument }));
  await assert.rejects(put('{'), named('MalformedPolicyDocumentException'));
  await assert.rejects(
    put('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"acm:*"}}'),
    named('MalformedPolicyDocumentException', 'Policy statement must contain resources.'),
  );
});

test('the inline policies of a user have 2,048 characters together', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  const put = (PolicyName: string, length: number) =>
    iam.send(
      new PutUserPolicyCommand({
        UserName: 'alice',
        PolicyName,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'acm:*', Resource: '*', Sid: 'a'.repeat(length) },
        }),
      }),
    );
  await put('one', 1000);
  await assert.rejects(
    put('two', 1000),
    named('LimitExceededException', 'Maximum policy size of 2048 bytes exceeded for user alice'),
  );
  await put('one', 1500);
});

test('a secret access key is nowhere in the data folder, and is opened once for many requests', async () => {
  await using room = await IdentityRoom.open();
  const { secretAccessKey } = await userWith(room, 'bob', {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
  });
  const secrets = [secretAccessKey, room.admin.secretAccessKey];
  for (const name of await readdir(room.folder)) {
    const content = await readFile(join(room.folder, name));
    for (const secret of secrets) {
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64'),
        Buffer.from(secret).toString('hex'),
      ])
        assert.ok(!content.includes(form), `${name} holds a secret access key`);
    }
  }
  const opened = room.vault.receipts.filter(({ operation }) => operation === 'decrypt');
  assert.equal(opened.length, 1);
});

test('whatever the vault does for a credential is in a record, also when the call is refused', async () => {
  await using room = await IdentityRoom.open();
  const bob = await userWith(room, 'bob', { Effect: 'Deny', Action: '*', Resource: '*' });
  const wrong = { ...bob, secretAccessKey: 'a'.repeat(40) };
  await assert.rejects(
    new STSClient(room.clientSettings(wrong)).send(new GetCallerIdentityCommand()),
    {
      name: 'SignatureDoesNotMatch',
    },
  );
  const order = (receipts: readonly VaultReceipt[]) =>
    receipts.map(({ n }) => n).toSorted((a, b) => a - b);
  assert.deepEqual(order(room.confirmed), order(room.vault.receipts));
  // A Region that nobody proved to mean is not believed: the record stands in us-east-1.
  const settings = room.clientSettings(room.admin, 'us-east-1');
  const { Events = [] } = await new CloudTrailClient(settings).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GetCallerIdentity' }],
    }),
  );
  assert.match(Events[0]?.CloudTrailEvent ?? '', /"vaultReceipts":\[\{"epoch":"test",.*"decrypt"/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { IdentityRoom, named, userWith } from '../test-room.ts';

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

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { evaluate } from '../../aws/policy/evaluate.ts';
import type { RoleSessionPrincipal } from '../../aws/principal.ts';
import { gatewayPolicy, gatewayRoleName } from './index.ts';
import { IdentityRoom } from './test-room.ts';

const loadBalancer = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1';
const certificate = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
const order = {
  roleName: gatewayRoleName,
  sessionName: 'gateway-1',
  policies: [gatewayPolicy(['arn:aws:elasticloadbalancing:*:*:loadbalancer/app/web/*'])],
  durationSeconds: 3600,
};

test('a session of a gateway is known by its role and name', async () => {
  await using room = await IdentityRoom.open();
  const credentials = await room.session(order);
  assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
  const identity = await new STSClient(room.clientSettings(credentials)).send(
    new GetCallerIdentityCommand({}),
  );
  assert.match(identity.UserId ?? '', /^AROA[A-Z2-7]{17}:gateway-1$/);
  assert.equal(
    identity.Arn,
    `arn:aws:sts::${room.account}:assumed-role/${gatewayRoleName}/gateway-1`,
  );
});

test('a session needs its own token, whole', async () => {
  await using room = await IdentityRoom.open();
  const one = await room.session(order);
  const other = await room.session(order);
  const { sessionToken, ...withoutToken } = one;
  for (const wrong of [
    { ...one, sessionToken: other.sessionToken },
    { ...one, sessionToken: sessionToken.slice(1) },
    withoutToken,
    { ...room.admin, sessionToken },
  ]) {
    await assert.rejects(
      new STSClient(room.clientSettings(wrong)).send(new GetCallerIdentityCommand({})),
      { name: 'InvalidClientTokenId' },
    );
  }
});

test('a session ends with its time, and leaves nothing behind', async () => {
  await using room = await IdentityRoom.open();
  const credentials = await room.session(order);
  const ask = () =>
    new STSClient(room.clientSettings(credentials)).send(new GetCallerIdentityCommand({}));
  room.passed = Temporal.Duration.from({ minutes: 59 });
  await ask();
  room.passed = Temporal.Duration.from({ minutes: 61 });
  await assert.rejects(ask(), { name: /ExpiredToken/ });
});

test('nobody but the vault makes a token, and none passes for another', async () => {
  await using room = await IdentityRoom.open();
  const one = await room.session(order);
  const bytes = Buffer.from(one.sessionToken, 'base64');
  const { directory } = room.iam;
  const ask = async (token: string) => directory.credential(one.accessKeyId, token);
  assert.notEqual(await ask(one.sessionToken), undefined);
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(await ask(changed.toString('base64')), undefined, `byte ${at}`);
  }
  for (const token of [
    '',
    'x',
    one.sessionToken.slice(0, -4),
    `${one.sessionToken}AAAA`,
    'A'.repeat(20_000),
  ])
    assert.equal(await ask(token), undefined);
});

test('a gateway may decrypt for its load balancers, and nothing else', async () => {
  await using room = await IdentityRoom.open();
  const credentials = await room.session(order);
  const credential = await room.iam.directory.credential(
    credentials.accessKeyId,
    credentials.sessionToken,
  );
  const principal = credential?.principal as RoleSessionPrincipal;
  assert.equal(principal.service, 'tlsconnectionmanager.amazonaws.com');
  const policies = await room.iam.directory.policiesOf(principal, credential?.session);
  const mayDecrypt = (context: Readonly<Record<string, string>>) =>
    evaluate(
      {
        principal,
        action: 'kms:Decrypt',
        resource: `arn:aws:kms:eu-west-1:${room.account}:key/1`,
        context: {
          ...Object.fromEntries(
            Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]),
          ),
          'kms:EncryptionContextKeys': Object.keys(context),
        },
      },
      { ...policies, resourceAccount: room.account, resourcePolicyDecides: true, isGranted: true },
    ).allowed;
  const both = { 'aws:acm:arn': certificate, 'aws:elasticloadbalancing:arn': loadBalancer };
  assert.ok(mayDecrypt(both));
  assert.ok(
    !mayDecrypt({ ...both, 'aws:elasticloadbalancing:arn': loadBalancer.replace('web', 'api') }),
  );
  assert.ok(!mayDecrypt({ ...both, more: 'yes' }));
  assert.ok(!mayDecrypt({ 'aws:acm:arn': certificate }));
  assert.ok(!mayDecrypt({ 'aws:elasticloadbalancing:arn': loadBalancer }));
  assert.ok(!mayDecrypt({}));
  await assert.rejects(
    new IAMClient(room.clientSettings(credentials)).send(new GetUserCommand({ UserName: 'admin' })),
    { name: 'AccessDenied' },
  );
});

test('a session needs a role that is there, a name, and a duration that AWS allows', async () => {
  await using room = await IdentityRoom.open();
  for (const wrong of [
    { ...order, roleName: 'constructor' },
    { ...order, sessionName: 'a b' },
    { ...order, durationSeconds: 60 },
    { ...order, policies: ['{}'] },
  ]) {
    await assert.rejects(room.session(wrong));
  }
});

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { pipelineHandler } from '../../test/pipeline-handler.ts';
import { systemClock } from '../lib/clock.ts';
import { totpCode, totpStep } from '../lib/totp.ts';
import { decodeBase32 } from '../services/iam/test-room.ts';
import { operatorCommands } from './operator-commands.ts';
import { OperatorRefusal } from './operator-server.ts';
import type { ShownCredentials } from './shown-credentials.ts';
import { openTestRooms } from './test-rooms.ts';

const began = systemClock.now();
let passed = Temporal.Duration.from({ seconds: 0 });
/** Stands still but for what the tests say: no half minute ends between a code and its use. */
const now = (): Temporal.Instant => began.add(passed);
const monotonic = (): number => passed.total('milliseconds');
const server = await openTestRooms({ clock: { now, monotonic } });
after(() => server[Symbol.dispose]());
const client = { endpoint: 'https://127.0.0.1:4566', caFile: '/ca.pem', region: 'us-east-1' };
const commands = operatorCommands(
  server.rooms,
  server.settings,
  client,
  async () => true,
  () => [],
);
const deviceName = 'root-account-mfa-device';

function ask<T>(command: string, input: Record<string, string>): Promise<T> {
  const run = commands.get(command);
  assert.ok(run);
  return run(input) as Promise<T>;
}

type Keys = Pick<ShownCredentials, 'accessKeyId' | 'secretAccessKey'>;

function settings(keys: Keys & { readonly sessionToken?: string }) {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  return {
    region: 'us-east-1',
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    requestHandler: pipelineHandler(server.rooms.pipeline),
    maxAttempts: 1,
    systemClockOffset: passed.total('milliseconds'),
  };
}

/** The account's records of this event, the newest first. */
async function recordsOf(credentials: Keys, eventName: string): Promise<Record<string, any>[]> {
  const { Events = [] } = await new CloudTrailClient(settings(credentials)).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
    }),
  );
  return Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent));
}

function keysIn(clientEnv: string): Keys {
  const [, accessKeyId = '', secretAccessKey = ''] =
    /AWS_ACCESS_KEY_ID=(.*)\nAWS_SECRET_ACCESS_KEY=(.*)\n/.exec(clientEnv) ?? [];
  return { accessKeyId, secretAccessKey };
}

async function newAccount() {
  const { account, clientEnv } = await ask<{ account: string; clientEnv: string }>(
    'account/create',
    {},
  );
  const credentials = keysIn(clientEnv);
  const enable = async () => {
    const { seed, serial } = await ask<{ seed: string; serial: string }>('account/mfa/create', {
      account,
      deviceName,
    });
    const bytes = decodeBase32(seed);
    const code = (offset = 0): string => totpCode(bytes, totpStep(now()) + offset);
    const [firstCode, secondCode] = [code(-1), code()];
    await ask('account/mfa/enable', { account, deviceName, firstCode, secondCode });
    return { serial, code };
  };
  const signIn = (more: Record<string, string> = {}) =>
    ask<ShownCredentials & { expiration: string; mfaSerials?: string[] }>('account/root', {
      account,
      durationSeconds: '900',
      ...more,
    });
  return { account, credentials, enable, signIn };
}

test('a sign-in as root is on record in its account, with the key that it gave', async () => {
  const { account, credentials, signIn } = await newAccount();
  const root = await signIn();
  const { Arn } = await new STSClient(settings(root)).send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, `arn:aws:iam::${account}:root`);
  assert.ok(Temporal.Instant.compare(Temporal.Instant.from(root.expiration), now()) > 0);
  const [record] = await recordsOf(credentials, 'SignInAsRoot');
  assert.equal(record?.['eventSource'], 'operator.holdfast.internal');
  assert.deepEqual(record?.['requestParameters'], { account, durationSeconds: '900' });
  const { accessKeyId, MFAUsed } = record['additionalEventData'];
  assert.deepEqual([accessKeyId, MFAUsed], [root.accessKeyId, 'No']);
  const secrets = [root.secretAccessKey, root.sessionToken];
  assert.ok(secrets.every((each) => !JSON.stringify(record).includes(each)));
});

test('who needs a code is told of which device, and nothing is given before it', async () => {
  const { credentials, enable, signIn } = await newAccount();
  const { serial: mfaSerial, code } = await enable();
  assert.deepEqual(await signIn(), { mfaSerials: [mfaSerial] });
  await assert.rejects(
    signIn({ mfaSerial, mfaCode: code() }),
    OperatorRefusal,
    'used to enable it',
  );
  passed = passed.add({ seconds: 30 });
  await signIn({ mfaSerial, mfaCode: code() });
  const records = await recordsOf(credentials, 'SignInAsRoot');
  assert.deepEqual(
    records.map(({ errorCode, additionalEventData: more }) => [errorCode, more.MFAUsed]),
    [
      [undefined, 'Yes'],
      ['AccessDeniedException', undefined],
    ],
  );
});

test('of many who give one code at once one is let in', async () => {
  const { enable, signIn } = await newAccount();
  const { serial: mfaSerial, code } = await enable();
  passed = passed.add({ seconds: 30 });
  const mfaCode = code();
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => signIn({ mfaSerial, mfaCode })));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('guesses at codes are slowed; a right code comes through in the end', async () => {
  const { enable, signIn } = await newAccount();
  const { serial: mfaSerial, code } = await enable();
  passed = passed.add({ seconds: 30 });
  const wrong = code() === '000000' ? '000001' : '000000';
  for (let n = 0; n < 10; n++)
    await assert.rejects(signIn({ mfaSerial, mfaCode: wrong }), OperatorRefusal);
  await assert.rejects(signIn({ mfaSerial, mfaCode: code() }), OperatorRefusal, 'too soon');
  passed = passed.add({ seconds: 30 });
  await signIn({ mfaSerial, mfaCode: code() });
});

test('neither the seed nor a code of a device is on record', async () => {
  const { account, credentials } = await newAccount();
  const { seed } = await ask<{ seed: string }>('account/mfa/create', { account, deviceName });
  const step = totpStep(now());
  const codes = [totpCode(decodeBase32(seed), step - 1), totpCode(decodeBase32(seed), step)];
  const [firstCode = '', secondCode = ''] = codes;
  await ask('account/mfa/enable', { account, deviceName, firstCode, secondCode });
  await ask('account/mfa/disable', { account });
  for (const name of ['CreateRootMFADevice', 'EnableRootMFADevice', 'RemoveRootMFADevices']) {
    const [record] = await recordsOf(credentials, name);
    assert.equal(record?.['recipientAccountId'], account);
    assert.match(record['resources'][0].ARN, RegExp(`:mfa/${deviceName}$`));
    const parameters = JSON.stringify(record['requestParameters']);
    assert.ok([seed, ...codes].every((each) => !parameters.includes(each)));
    assert.ok(!JSON.stringify(record).includes(seed));
  }
});

test('another admin is made, under a name that is free', async () => {
  const { account, credentials } = await newAccount();
  await assert.rejects(ask('account/admin', { account, userName: 'admin' }), {
    name: 'Error',
    message: 'User with name admin already exists.',
  });
  await assert.rejects(ask('account/admin', { account, userName: 'a/b' }), OperatorRefusal);
  const { clientEnv } = await ask<{ clientEnv: string }>('account/admin', {
    account,
    userName: 'second',
  });
  const sts = new STSClient(settings(keysIn(clientEnv)));
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, `arn:aws:iam::${account}:user/second`);
  const [made] = await recordsOf(credentials, 'CreateAdmin');
  assert.deepEqual(made?.['requestParameters'], { account, userName: 'second' });
});

test('an account that is not there has no root', async () => {
  for (const account of ['', '111122223333', 'x'])
    await assert.rejects(ask('account/root', { account, durationSeconds: '900' }), OperatorRefusal);
});

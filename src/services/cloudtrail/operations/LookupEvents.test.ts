import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CloudTrailClient,
  LookupEventsCommand,
  paginateLookupEvents,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { CreateUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AuditRecord } from '../../../aws/audit/trail.ts';
import { accountId } from '../../../aws/arn.ts';
import { Change } from '../../../store/change.ts';
import { gatewayRoleName } from '../../iam/index.ts';
import { IdentityRoom } from '../../iam/test-room.ts';
import { momentOf } from '../schema.ts';

const at = Temporal.Instant.from('2026-11-24T12:00:00.500Z');

function record(room: IdentityRoom, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: 'alice', accessKeyId: 'AKIAALICE' },
    eventTime: '2026-11-24T12:00:00Z',
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'test',
    requestParameters: null,
    responseElements: null,
    requestID: crypto.randomUUID(),
    eventID: crypto.randomUUID(),
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: room.account,
    eventCategory: 'Management',
    ...more,
  };
}

async function keep(room: IdentityRoom, records: readonly AuditRecord[], when = at): Promise<void> {
  const change = new Change();
  room.cloudTrail.trail.write(change, records, when);
  await room.store.commit(change);
}

async function openAt(time: Temporal.Instant): Promise<IdentityRoom> {
  const room = await IdentityRoom.open();
  room.passed = room.now().until(time);
  return room;
}

const lookUp = (room: IdentityRoom, input: LookupEventsCommandInput, region = 'eu-west-1') =>
  new CloudTrailClient(room.clientSettings(room.admin, region)).send(
    new LookupEventsCommand(input),
  );

const by = (AttributeKey: string, AttributeValue: string): LookupEventsCommandInput => ({
  LookupAttributes: [{ AttributeKey: AttributeKey as never, AttributeValue }],
});

test('a call is found as soon as it is answered, with who, what and where', async () => {
  await using room = await IdentityRoom.open();
  await new IAMClient(room.clientSettings()).send(new CreateUserCommand({ UserName: 'alice' }));
  const { Events = [] } = await lookUp(room, by('EventName', 'CreateUser'));
  assert.equal(Events.length, 1);
  const [event] = Events;
  assert.equal(event?.Username, 'admin');
  assert.equal(event?.AccessKeyId, room.admin.accessKeyId);
  assert.equal(event?.ReadOnly, 'false');
  assert.equal(event?.EventSource, 'iam.amazonaws.com');
  assert.ok(event?.EventTime instanceof Date);
  assert.deepEqual(event.Resources, [
    { ResourceType: 'AWS::IAM::User', ResourceName: `arn:aws:iam::${room.account}:user/alice` },
  ]);
  const whole = JSON.parse(event.CloudTrailEvent ?? '') as AuditRecord;
  assert.equal(whole.eventID, event.EventId);
  assert.equal(whole.awsRegion, 'us-east-1');
});

test('a refused call is found too', async () => {
  await using room = await IdentityRoom.open();
  const iam = new IAMClient(room.clientSettings());
  await assert.rejects(iam.send(new GetUserCommand({ UserName: 'nobody' })));
  const { Events = [] } = await lookUp(room, by('EventName', 'GetUser'));
  const whole = JSON.parse(Events[0]?.CloudTrailEvent ?? '{}') as AuditRecord;
  assert.equal(whole.errorCode, 'NoSuchEntity');
});

test('every attribute finds its events and no others', async () => {
  await using room = await openAt(at);
  const key = { accountId: room.account, type: 'AWS::KMS::Key', ARN: 'arn:aws:kms:::key/1' };
  const one = record(room, { resources: [key, { ...key, ARN: 'arn:aws:kms:::key/2' }] });
  const other = record(room, {
    eventName: 'CreateGrant',
    eventSource: 'acm.amazonaws.com',
    readOnly: false,
    userIdentity: { type: 'Root', accessKeyId: 'AKIAROOT' },
    resources: [{ ...key, type: 'AWS::ACM::Certificate', ARN: 'arn:aws:acm:::certificate/1' }],
  });
  await keep(room, [one, other]);
  room.passed = room.passed.add({ seconds: 2 });
  for (const [attribute, value] of [
    ['EventId', one.eventID],
    ['EventName', 'Decrypt'],
    ['EventSource', 'kms.amazonaws.com'],
    ['ReadOnly', 'true'],
    ['Username', 'alice'],
    ['AccessKeyId', 'AKIAALICE'],
    ['ResourceType', 'AWS::KMS::Key'],
    ['ResourceName', 'arn:aws:kms:::key/2'],
  ] as const) {
    const question = { ...by(attribute, value), EndTime: new Date(at.epochMilliseconds) };
    const { Events = [] } = await lookUp(room, question);
    assert.deepEqual(
      Events.map(({ EventId }) => EventId),
      [one.eventID],
      attribute,
    );
  }
  const { Events = [] } = await lookUp(room, by('Username', 'root'));
  assert.equal(Events[0]?.EventId, other.eventID);
});

test('the name of a session stands for it', async () => {
  await using room = await IdentityRoom.open();
  const credentials = await room.session({
    roleName: gatewayRoleName,
    sessionName: 'gateway-1',
    durationSeconds: 900,
  });
  await new STSClient(room.clientSettings(credentials)).send(new GetCallerIdentityCommand({}));
  const { Events = [] } = await lookUp(room, by('Username', 'gateway-1'));
  assert.deepEqual(
    Events.map(({ EventName }) => EventName),
    ['GetCallerIdentity'],
  );
});

test('pages follow one another, the newest first, without gaps or repetitions', async () => {
  await using room = await openAt(at);
  const all = Array.from({ length: 120 }, (_, n) => record(room, { requestID: String(n) }));
  for (let n = 0; n < all.length; n += 3) await keep(room, all.slice(n, n + 3));
  for (const question of [by('EventName', 'Decrypt'), by('Username', 'alice'), {}]) {
    const found: (string | undefined)[] = [];
    const pages = paginateLookupEvents(
      { client: new CloudTrailClient(room.clientSettings()), pageSize: 7 },
      { ...question, EndTime: new Date(at.epochMilliseconds) },
    );
    for await (const { Events = [] } of pages) {
      assert.ok(Events.length <= 7);
      found.push(
        ...Events.filter((each) => each.EventName === 'Decrypt').map((each) => each.EventId),
      );
    }
    assert.deepEqual(found, all.map((each) => each.eventID).toReversed());
  }
});

test('both ends of the range belong to it, by the second', async () => {
  await using room = await openAt(at);
  await keep(room, [record(room)]);
  const found = async (from: string, to: string) => {
    const { Events = [] } = await lookUp(room, {
      ...by('EventName', 'Decrypt'),
      StartTime: new Date(from),
      EndTime: new Date(to),
    });
    return Events.length;
  };
  assert.equal(await found('2026-11-24T12:00:00Z', '2026-11-24T12:00:00Z'), 1);
  assert.equal(await found('2026-11-24T12:00:01Z', '2026-11-24T12:00:02Z'), 0);
  assert.equal(await found('2026-11-24T11:00:00Z', '2026-11-24T11:59:59Z'), 0);
});

test('a Region has its own events and those of the global services, an account only its own', async () => {
  await using room = await openAt(at);
  await keep(room, [
    record(room, { awsRegion: 'eu-west-1', requestID: 'here' }),
    record(room, { awsRegion: 'us-west-2', requestID: 'elsewhere' }),
    record(room, {
      awsRegion: 'us-east-1',
      eventSource: 'route53.amazonaws.com',
      requestID: 'global',
    }),
    record(room, { recipientAccountId: accountId('999999999999'), requestID: 'not ours' }),
  ]);
  const found = async (region: string) => {
    const { Events = [] } = await lookUp(room, by('EventName', 'Decrypt'), region);
    return Events.map((each) => (JSON.parse(each.CloudTrailEvent ?? '') as AuditRecord).requestID);
  };
  assert.deepEqual(await found('eu-west-1'), ['global', 'here']);
  assert.deepEqual(await found('us-east-1'), ['global']);
});

test('what AWS refuses is refused with its own exceptions', async () => {
  await using room = await IdentityRoom.open();
  const [first] = by('EventName', 'a').LookupAttributes ?? [];
  const two = { LookupAttributes: [first, first] as never };
  await assert.rejects(lookUp(room, two), { name: 'InvalidLookupAttributesException' });
  await assert.rejects(lookUp(room, { StartTime: new Date(2000), EndTime: new Date(1000) }), {
    name: 'InvalidTimeRangeException',
  });
  for (const MaxResults of [0, 51])
    await assert.rejects(lookUp(room, { MaxResults }), { name: 'InvalidMaxResultsException' });
  for (const NextToken of ['x', 'WzEsMl0', ''])
    await assert.rejects(lookUp(room, { NextToken }), { name: 'InvalidNextTokenException' });
});

test('a token holds for the question with which it was given', async () => {
  await using room = await IdentityRoom.open();
  for (let n = 0; n < 3; n++) await lookUp(room, {});
  const { NextToken } = await lookUp(room, { MaxResults: 1 });
  assert.equal((await lookUp(room, { MaxResults: 2, NextToken })).Events?.length, 2);
  await assert.rejects(lookUp(room, { ...by('EventName', 'LookupEvents'), NextToken }), {
    name: 'InvalidNextTokenException',
  });
});

test('after 90 days events are not shown, and then deleted in small commits', async () => {
  await using room = await openAt(at);
  const resources = [
    { accountId: room.account, type: 'AWS::KMS::Key', ARN: 'arn:aws:kms:::key/1' },
  ];
  const old = Array.from({ length: 1100 }, () => record(room, { resources }));
  await keep(room, old);
  // What is said of the moment of the last event that goes may be of events that stay.
  await keep(room, [record(room)], at.add({ hours: 1 }));
  const fresh = record(room, { resources });
  await keep(room, [fresh], at.add({ hours: 48 }));
  room.passed = room.passed.add({ hours: 91 * 24 });
  const { Events = [] } = await lookUp(room, by('EventName', 'Decrypt'));
  assert.deepEqual(
    Events.map(({ EventId }) => EventId),
    [fresh.eventID],
  );
  let commits = 0;
  const removed = await room.cloudTrail.removeExpired(room.now(), (change) => {
    commits += 1;
    return room.store.commit(change);
  });
  assert.ok(removed >= 1100);
  assert.ok(commits >= 3);
  const { db } = room.store;
  const left = await db
    .selectFrom('cloudtrail_moment')
    .select('moment')
    .where('value', '=', 'arn:aws:kms:::key/1')
    .execute();
  assert.deepEqual(
    left.map(({ moment }) => Number(moment)),
    [momentOf(at.add({ hours: 48 }).epochMilliseconds * 1000)],
  );
});

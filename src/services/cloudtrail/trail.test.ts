import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Kysely } from 'kysely';
import type { AuditRecord } from '../../aws/audit/trail.ts';
import { Change } from '../../store/change.ts';
import { NodeSqliteDialect } from '../../store/sqlite/dialect.ts';
import { IdentityRoom } from '../iam/test-room.ts';
import { cloudTrailMigrations, momentOf } from './schema.ts';
import { EventReader, type Wanted } from './store.ts';

const at = Temporal.Instant.from('2026-11-24T12:00:00.500Z');
const place = { account: '111122223333', region: 'eu-west-1' };

function record(eventID: string, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    userIdentity: { type: 'IAMUser', userName: 'alice' },
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    awsRegion: place.region,
    eventID,
    readOnly: true,
    recipientAccountId: place.account,
    ...more,
  } as AuditRecord;
}

function lookUp(
  { store }: IdentityRoom,
  key: NonNullable<Wanted['attribute']>['key'],
  value: string,
  limit = 50,
) {
  const range = { from: 0, before: Number.MAX_SAFE_INTEGER, after: undefined };
  return new EventReader(store.db)
    .events(place, { attribute: { key, value }, ...range, limit })
    .then((events) => events.map(({ event_id }) => event_id));
}

test('what one Change of a moment says is not said again by the next, which is found all the same', async () => {
  await using room = await IdentityRoom.open();
  const { trail } = room.cloudTrail;
  const [first, second] = [new Change(), new Change()];
  trail.write(first, [record('a')], at);
  await room.store.commit(first);
  trail.write(second, [record('b', { eventName: 'Encrypt' })], at.add({ milliseconds: 50 }));
  assert.equal(first.statements.length, 2);
  assert.deepEqual(second.statements[1]?.parameters.slice(2, 4), ['EventName', 'Encrypt']);
  assert.equal(second.statements[1]?.parameters.length, 5);
  await room.store.commit(second);
  assert.deepEqual(await lookUp(room, 'Username', 'alice'), ['b', 'a']);
  assert.deepEqual(await lookUp(room, 'EventName', 'Encrypt'), ['b']);
});

test('a Change that does not hold says nothing: the next of the moment does', async () => {
  await using room = await IdentityRoom.open();
  const { trail } = room.cloudTrail;
  const failing = new Change();
  trail.write(failing, [record('a')], at);
  failing.write(room.store.db.deleteFrom('iam_user').where('account', '=', 'none'), { rows: 1 });
  const next = new Change();
  await assert.rejects(room.store.commit(failing));
  trail.write(next, [record('b')], at);
  await room.store.commit(next);
  assert.deepEqual(await lookUp(room, 'EventName', 'Decrypt'), ['b']);
});

test('a page goes over as many moments as it needs', async () => {
  await using room = await IdentityRoom.open();
  const resources = [{ accountId: place.account, type: 'AWS::KMS::Key', ARN: 'arn:key/1' }];
  for (let n = 0; n < 30; n++) {
    const change = new Change();
    const when = at.add({ milliseconds: n * 130 });
    const other = record(`other-${n}`, { resources: [{ ...resources[0], ARN: 'arn:key/10' }] });
    room.cloudTrail.trail.write(change, [record(`${n}`, { resources }), other], when);
    await room.store.commit(change);
  }
  const newest = Array.from({ length: 30 }, (_, n) => String(29 - n));
  assert.deepEqual(await lookUp(room, 'ResourceName', 'arn:key/1'), newest);
  assert.deepEqual(await lookUp(room, 'ResourceName', 'arn:key/1', 7), newest.slice(0, 7));
  assert.equal((await lookUp(room, 'ResourceType', 'AWS::KMS::Key')).length, 50);
});

test('events of before there were moments are found by every attribute', async () => {
  await using room = await IdentityRoom.open();
  using database = new DatabaseSync(join(room.folder, 'old.db'));
  const db = new Kysely<never>({ dialect: new NodeSqliteDialect(database) });
  await cloudTrailMigrations['cloudtrail-0001']?.up(db);
  const sequence = at.epochMilliseconds * 1000;
  const resource = { type: 'AWS::KMS::Key', ARN: 'arn:key/1' };
  const text = JSON.stringify(record('a', { resources: [resource] }));
  database
    .prepare('INSERT INTO cloudtrail_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(...Object.values(place), sequence, 'a', 'Decrypt', 'kms', 'true', 'alice', null, text);
  database
    .prepare('INSERT INTO cloudtrail_event_resource VALUES (?, ?, ?, ?, ?, ?)')
    .run(...Object.values(place), sequence, 'a', 'ResourceName', 'arn:key/1');
  await cloudTrailMigrations['cloudtrail-0002']?.up(db);
  const said = database.prepare('SELECT attribute, value, moment FROM cloudtrail_moment').all();
  assert.deepEqual(new Set(said.map(({ moment }) => moment)), new Set([momentOf(sequence)]));
  assert.deepEqual(
    said.map((row) => [row['attribute'], row['value']]),
    [
      ['EventName', 'Decrypt'],
      ['EventSource', 'kms'],
      ['ReadOnly', 'true'],
      ['Username', 'alice'],
      ['ResourceName', 'arn:key/1'],
    ],
  );
});

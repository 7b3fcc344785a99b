import assert from 'node:assert/strict';
import { mkdtempDisposableSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Secret } from '../../lib/secret.ts';
import { Change } from '../../store/change.ts';
import { everyAccount } from './index.ts';
import { maxAgeHours, maxBacklog } from './outbox.ts';
import { EventsRoom, numberIn, signatureOf, url } from './test-room.ts';
import { webhookSecret } from './webhook.ts';

const first = Buffer.from('the first secret of a webhook..');
const second = Buffer.from('the second secret of a webhook.');

test('an event looks as EventBridge gives it, and is signed over its id, the time and the body', async () => {
  const room = await EventsRoom.open();
  await room.add(first);
  await room.tell(1);
  await room.deliver();
  const [post] = room.posts;
  assert.ok(post !== undefined);
  assert.equal(post.url, url);
  const { id, ...event } = JSON.parse(Buffer.from(post.body).toString()) as Record<string, unknown>;
  assert.equal(id, post.headers['webhook-id']);
  assert.deepEqual(event, {
    version: '0',
    'detail-type': 'Something',
    source: 'aws.acm',
    account: '111122223333',
    time: '2026-11-24T12:00:00Z',
    region: 'eu-west-1',
    resources: ['arn'],
    detail: { n: 1 },
  });
  assert.equal(post.headers['webhook-signature'], signatureOf(first, post));
  assert.equal(post.headers['webhook-timestamp'], '1795521600');
  await room.deliver();
  assert.deepEqual(room.told, [1]);
});

test('while a webhook does not take events they wait in order, for longer each time, also over a restart', async () => {
  const room = await EventsRoom.open();
  const id = await room.add(first);
  for (const n of [1, 2, 3]) await room.tell(n);
  room.answer = async () => 503;
  for (const seconds of [0, 1, 2, 4]) {
    await room.deliver();
    await room.deliver();
    assert.equal((await room.events.list())[0]?.lastFailure, 'the receiver answered 503');
    room.restart();
    room.pass({ seconds });
  }
  assert.deepEqual(room.told, [1, 1, 1]);
  room.answer = async () => 200;
  room.pass({ seconds: 8 });
  await room.deliver();
  assert.deepEqual(room.told, [1, 1, 1, 1, 2, 3]);
  const [target] = await room.events.list();
  const listed = { id, url, account: everyAccount, backlog: 0, dropped: 0, lastFailure: null };
  assert.deepEqual(target, listed);
});

test('what was delivered when the process died is delivered again, under the same id', async () => {
  const room = await EventsRoom.open();
  await room.add(first);
  await room.tell(1);
  const record = async () => {};
  const commit = () => Promise.reject(new Error('killed'));
  await Promise.all(await room.events.startDeliveries({ commit, record }));
  room.restart();
  await room.deliver();
  assert.deepEqual(room.told, [1, 1]);
  assert.equal(room.posts[0]?.headers['webhook-id'], room.posts[1]?.headers['webhook-id']);
});

test('a webhook that does not answer holds up no other', async () => {
  const room = await EventsRoom.open();
  await room.add(first);
  const other = await room.add(second);
  await room.tell(1);
  const silent = Promise.withResolvers<number>();
  room.answer = (post) =>
    post.headers['webhook-signature'] === signatureOf(first, post)
      ? silent.promise
      : Promise.resolve(200);
  const delivering = room.deliver();
  while ((await room.events.list()).find(({ id }) => id === other)?.backlog !== 0);
  await room.tell(2);
  await room.deliver();
  silent.resolve(200);
  await delivering;
  await room.deliver();
  assert.deepEqual(
    room.told.toSorted((a, b) => a - b),
    [1, 1, 2, 2],
  );
});

test('an event is kept with the Change that it tells of, or not at all', async () => {
  const room = await EventsRoom.open();
  await room.add(first);
  const call = room.call();
  const happening = { source: 'aws.acm', detailType: 'x', region: 'r', resources: [], detail: {} };
  room.events.tell(call, { ...happening, account: '111122223333' });
  call.change.write(room.store.db.deleteFrom('event_target').where('id', '=', 'nobody'), {
    rows: 1,
  });
  await assert.rejects(room.store.commit(call.change));
  await room.deliver();
  assert.deepEqual(room.posts, []);
});

test('where nobody listens nothing is kept, and of one account only that one is heard', async () => {
  const room = await EventsRoom.open();
  await room.tell(1);
  await room.add(first, '444455556666');
  await room.tell(2);
  await room.tell(3, '444455556666');
  await room.deliver();
  assert.deepEqual(room.told, [3]);
});

test('a secret that was replaced signs beside the new one until the next rotation', async () => {
  const room = await EventsRoom.open();
  const id = await room.add(first);
  const rotate = (secret: Uint8Array) =>
    room.as((call) => room.events.rotateSecret(call, id, new Secret(secret.slice())));
  await room.tell(1);
  await room.deliver();
  await rotate(second);
  await room.tell(2);
  await room.deliver();
  await rotate(second);
  await room.tell(3);
  await room.deliver();
  const expected = [[first], [second, first], [second, second]];
  for (const [index, secrets] of expected.entries()) {
    const post = room.posts[index];
    assert.ok(post !== undefined);
    const signatures = secrets.map((secret) => signatureOf(secret, post)).join(' ');
    assert.equal(post.headers['webhook-signature'], signatures);
  }
  // Opened once for as long as they stay the same.
  assert.equal(room.recorded.length, 5);
});

test('a target of foreign making hears of nothing, and neither does one whose URL was changed', async () => {
  for (const tampering of [
    `UPDATE event_target SET url = 'https://evil.example/'`,
    `INSERT INTO event_target SELECT 'webhook-evil', 'https://evil.example/', '*', 1, secret, NULL FROM event_target`,
  ]) {
    const room = await EventsRoom.open();
    await room.add(first);
    room.store.database.exec(tampering);
    await room.tell(1);
    await assert.rejects(room.deliver());
    assert.deepEqual(room.posts, []);
    assert.equal(room.broken.length, 1);
  }
});

test('what is too old, or more than the backlog holds, is thrown away and counted', async () => {
  const room = await EventsRoom.open();
  await room.add(first);
  room.answer = async () => 500;
  const commit = room.store.commit.bind(room.store);
  const state = async () => {
    await room.events.dropOverdue({ commit });
    const [target] = await room.events.list();
    return [target?.backlog, target?.dropped];
  };
  await room.tell(1);
  room.pass({ hours: maxAgeHours + 1 });
  await room.tell(2);
  assert.deepEqual(await state(), [1, 1]);
  room.store.database.exec(
    `WITH RECURSIVE number(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM number LIMIT ${maxBacklog})
     INSERT INTO event_delivery SELECT id, n, 'x', ${room.now.epochMilliseconds}, '{}' FROM number, event_target`,
  );
  assert.deepEqual(await state(), [maxBacklog, 2]);
  assert.deepEqual(await state(), [maxBacklog, 2]);
});

test('a file gets a line for each event, for its owner only, and goes on after a torn line', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'holdfast-events-'));
  const room = await EventsRoom.open();
  const file = join(folder.path, 'events.jsonl');
  room.file = file;
  const follow = async () => {
    room.restart();
    const change = new Change();
    await room.events.followSettings(change);
    await room.store.commit(change);
  };
  await follow();
  await follow();
  for (const n of [1, 2]) await room.tell(n);
  await room.deliver();
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const lines = () => readFileSync(file, 'utf8').split('\n');
  assert.deepEqual(lines().slice(0, -1).map(numberIn), [1, 2]);
  truncateSync(file, statSync(file).size - 10);
  await room.tell(3);
  await room.deliver();
  assert.deepEqual([lines().length, numberIn(lines()[2] ?? '')], [4, 3]);

  room.file = undefined;
  await room.tell(4);
  await follow();
  assert.deepEqual(await room.events.list(), []);
});

test('URLs that are not https, or bring credentials, are refused without being repeated', async () => {
  const room = await EventsRoom.open();
  for (const refused of [
    'http://hooks.example/',
    'https://user:hunter2@hooks.example/',
    'https://hunter2@hooks.example/',
    'https://hooks.example/#hunter2',
    `https://hooks.example/${'x'.repeat(1_000)}`,
    'hunter2',
  ]) {
    const webhook = { url: refused, account: everyAccount, secret: new Secret(first.slice()) };
    await assert.rejects(
      room.as((call) => room.events.addWebhook(call, webhook)),
      (error: Error) => error.name === 'EventTargetRefused' && !error.message.includes('hunter2'),
    );
  }
});

test('a secret is whsec_ and base64 of 24 to 64 bytes', () => {
  const of = (bytes: number) => `whsec_${Buffer.alloc(bytes, 1).toString('base64')}`;
  for (const bytes of [24, 32, 64]) assert.equal(webhookSecret(of(bytes)).byteLength, bytes);
  for (const text of [of(23), of(65), 'whsec_', '', of(32).slice(6), `${of(32)}!`])
    assert.throws(() => webhookSecret(text), { name: 'EventTargetRefused' });
});

test('a secret whose opening could not be recorded signs nothing, and is opened again', async () => {
  const room = await EventsRoom.open();
  await room.add(first);
  await room.tell(1);
  const commit = room.store.commit.bind(room.store);
  const record = () => Promise.reject(new Error('the store is away'));
  await Promise.all(await room.events.startDeliveries({ commit, record }));
  assert.deepEqual(room.posts, []);
  room.pass({ seconds: 1 });
  await room.deliver();
  assert.deepEqual([room.told, room.recorded.length], [[1], 1]);
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateKeyCommand, DescribeKeyCommand } from '@aws-sdk/client-kms';
import { holdfast } from '../command.ts';
import { hasProcessTable, isAlive, processesOf } from '../process-table.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import { startWorld, type World } from '../world.ts';

// A server is killed under load, and its files are damaged, each time in another way. Either everything that it had
// acknowledged is there at the next start, or that start is refused, names the file, and has changed nothing.

let scratch: string;
let world: World;
/** The folder as it was before the load, and as the kill left it. */
let earlier: string;
let killed: string;
let keys: readonly string[];
let sealed: string;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'holdfast-lost-'));
  [earlier, killed, sealed] = ['earlier', 'killed', 'seal'].map((each) => join(scratch, each)) as [
    string,
    string,
    string,
  ];
  world = await startWorld({ '--data': join(scratch, 'data'), '--seal': `file:${sealed}` });
  const first = await keysMade(world, 40);
  await world.stop();
  cpSync(world.dataDirectory, earlier, { recursive: true, filter: isFile });
  await world.restart();
  keys = [...first, ...(await keysMadeUntilKilled())];
  cpSync(world.dataDirectory, killed, { recursive: true, filter: isFile });
});
after(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

const database = 'holdfast.db';
const log = 'holdfast.db-wal';

interface Damage {
  readonly does: string;
  /** Changes the files of the folder. */
  readonly damage: (file: (name: string) => string) => void;
  /** What the refused start says; nothing when everything has to be there. */
  readonly refused?: RegExp;
}

const missing = /holdfast\.db: of \d+ commits that were acknowledged the last \d+ are missing: /;
const damaged = /holdfast\.db: the database (is damaged|cannot be opened): /;

const damages: readonly Damage[] = [
  { does: 'is none but the kill', damage: () => {} },
  { does: 'removes the index of the log', damage: (file) => rmSync(file('holdfast.db-shm')) },
  {
    does: 'leaves half a commit at the end of the log',
    damage: (file) =>
      change(file(log), (bytes) => Buffer.concat([bytes, bytes.subarray(32, 5_000)])),
  },
  { does: 'removes the marks', damage: (file) => rmSync(file('holdfast.commits')) },
  { does: 'cuts the log', damage: (file) => cut(file(log), 0.5), refused: missing },
  { does: 'empties the log', damage: (file) => truncateSync(file(log)), refused: missing },
  { does: 'removes the log', damage: (file) => rmSync(file(log)), refused: missing },
  {
    does: 'flips a bit of the log',
    damage: (file) => change(file(log), (bytes) => flipped(bytes, Math.trunc(bytes.length / 2))),
    refused: missing,
  },
  {
    does: 'puts an older database in the place of database and log',
    damage: (file) => {
      for (const each of [database, log]) cpSync(join(earlier, each), file(each));
    },
    refused: missing,
  },
  {
    does: 'overwrites pages of the database',
    damage: (file) => change(file(database), (bytes) => bytes.fill(0xa5, bytes.length / 2)),
    refused: damaged,
  },
  { does: 'cuts the database', damage: (file) => cut(file(database), 0.5), refused: damaged },
  {
    does: 'empties the database',
    damage: (file) => truncateSync(file(database)),
    refused: /holdfast\.db: the database is missing or empty: /,
  },
  {
    does: 'removes everything but the marks before anything else was settled',
    damage: (file) => {
      for (const each of [database, log, 'holdfast.db-shm', 'authority.json']) rmSync(file(each));
    },
    refused: missing,
  },
];

for (const { does, damage, refused } of damages) {
  const outcome = refused === undefined ? 'is healed' : 'is refused at the start and named';
  test(`a fault that ${does} ${outcome}`, { skip: !hasProcessTable }, async () => {
    putBack(killed);
    damage((name) => join(world.dataDirectory, name));
    if (refused === undefined) {
      await world.restart();
      using clients = clientsOf(world);
      assert.deepEqual(await absentOf(clients, keys), []);
      await world.stop();
      assert.equal((await check()).status, 0);
    } else {
      const left = digests();
      assert.match(await refusedStart(), refused);
      assert.deepEqual(digests(), left);
      assert.equal((await check()).status, 1);
    }
  });
}

test('the operator goes on without what is missing, and the trail says so', async () => {
  putBack(killed);
  rmSync(join(world.dataDirectory, log));
  const found = await check();
  assert.match(found.errors, /commits that were acknowledged the last \d+ are missing/);
  const accepted = await check('--accept-lost-commits');
  assert.equal(accepted.status, 0, accepted.errors);
  assert.match(accepted.output, /^\d+ commits are given up\./);
  assert.equal((await check()).status, 0);
  await world.restart();
  await world.restart();
  using clients = clientsOf(world);
  const [event, another] = await lookedUp(clients, 'AcceptLostCommits');
  const { requestParameters } = JSON.parse(event?.CloudTrailEvent ?? '{}') as {
    requestParameters?: Record<string, unknown>;
  };
  assert.deepEqual(Object.keys(requestParameters ?? {}).toSorted(), [
    'acceptedAt',
    'afterCommit',
    'throughCommit',
  ]);
  assert.equal(another, undefined);
  await world.stop();
});

/** Keys of as many calls, each of which was answered. */
async function keysMade(of: World, count: number): Promise<string[]> {
  using clients = clientsOf(of, { maxAttempts: 1 });
  return Promise.all(Array.from({ length: count }, () => newKey(clients)));
}

async function newKey({ kms }: Clients): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return KeyMetadata?.KeyId ?? assert.fail('a key without an id');
}

/** Those that were acknowledged before all processes were killed at once. */
async function keysMadeUntilKilled(): Promise<string[]> {
  using clients = clientsOf(world, { maxAttempts: 1 });
  const made: string[] = [];
  const clientLoops = Array.from({ length: 8 }, async () => {
    for (;;) made.push(await newKey(clients));
  });
  await until('keys are made', 120, async () => (made.length >= 80 ? true : undefined));
  const pids = [world.pid, ...processesOf(world.pid).values()];
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await Promise.allSettled(clientLoops);
  await until('all have ended', 120, async () => (pids.some(isAlive) ? undefined : true));
  return made;
}

async function absentOf({ kms }: Clients, ids: readonly string[]): Promise<string[]> {
  const absent: string[] = [];
  for (const KeyId of ids)
    await kms.send(new DescribeKeyCommand({ KeyId })).catch(() => absent.push(KeyId));
  return absent;
}

async function lookedUp({ cloudtrail }: Clients, name: string) {
  const { Events = [] } = await cloudtrail.send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
    }),
  );
  return Events;
}

/** @returns what it says */
async function refusedStart(): Promise<string> {
  const before = world.log().length;
  await assert.rejects(world.restart());
  return world.log().slice(before);
}

function check(...more: readonly string[]) {
  return holdfast(['check', '--data', world.dataDirectory, '--seal', `file:${sealed}`, ...more]);
}

function putBack(folder: string): void {
  rmSync(world.dataDirectory, { recursive: true });
  cpSync(folder, world.dataDirectory, { recursive: true });
}

/** Of what recovery reads. A log that is empty is as good as none; its index is made anew whenever somebody reads. */
function digests(): readonly string[] {
  return [database, log, 'holdfast.commits'].map((name) => {
    const file = join(world.dataDirectory, name);
    return createHash('sha256')
      .update(existsSync(file) ? readFileSync(file) : '')
      .digest('hex');
  });
}

/** A socket cannot be copied. */
function isFile(path: string): boolean {
  return !path.endsWith('.sock');
}

function change(file: string, how: (bytes: Buffer) => Uint8Array): void {
  writeFileSync(file, how(readFileSync(file)));
}

function cut(file: string, share: number): void {
  change(file, (bytes) => bytes.subarray(0, Math.trunc(bytes.length * share)));
}

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

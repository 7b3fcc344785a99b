import assert from 'node:assert/strict';
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import {
  entryMigrations,
  insert,
  numbers,
  type EntryTables,
} from '../../../test/suites/store-entries.ts';
import { silentLog } from '../../lib/log.ts';
import { Change } from '../change.ts';
import { openForWriting } from './connection.ts';
import { FolderInUse, lockFolder, openSqliteStore } from './index.ts';
import { engine } from './test-engine.ts';

const secret = 'the bytes of a key that nobody may ever find again';

async function filesHold(file: string, text: string): Promise<boolean> {
  const contents = await Promise.all(
    [file, `${file}-wal`].map((each) => readFile(each).catch(() => Buffer.of())),
  );
  return contents.some((content) => content.includes(text));
}

test('what a shredding Change deletes or replaces is in no file once it is committed', async () => {
  const file = await engine.makePlace();
  await using store = await engine.open<EntryTables>(file, entryMigrations);
  const { db } = store;
  const values = (n: number) => ({ n, text: '', bytes: Buffer.from(`${secret} ${n}`) });
  const kept = new Change();
  // Long enough for pages of their own, which become free pages later.
  for (let n = 1; n <= 200; n++) kept.write(db.insertInto('entry').values(values(n)));
  kept.write(db.insertInto('entry').values({ n: 300, text: secret.repeat(200) }));
  await store.commit(kept);
  assert.ok(await filesHold(file, secret));

  const gone = new Change();
  gone.shred();
  gone.write(
    db.deleteFrom('entry').where('n', 'in', [300, ...Array.from({ length: 199 }, (_, n) => n + 1)]),
  );
  gone.write(
    db
      .updateTable('entry')
      .set({ bytes: Buffer.from('another') })
      .where('n', '=', 200),
  );
  await store.commit(gone);
  assert.ok(!(await filesHold(file, secret)));
  assert.equal((await stat(`${file}-wal`)).size, 0);
});

test('what a process that was killed left to shred is shredded by the next one', async () => {
  const file = await engine.makePlace();
  await (await engine.open(file, entryMigrations))[Symbol.asyncDispose]();
  // Stands for the one that was killed after its commit.
  using killed = openForWriting(file);
  killed.exec(`INSERT INTO entry (n, text) VALUES (1, '${secret}'); DELETE FROM entry`);
  assert.ok(await filesHold(file, secret));
  await using store = await engine.open<EntryTables>(file, entryMigrations);
  await store.commit(insert(store.db, 2));
  assert.ok(!(await filesHold(file, secret)));
});

test('a database that was cut off before it had a write-ahead log is opened', async () => {
  const [file, cutOff] = [await engine.makePlace(), await engine.makePlace()];
  using database = new DatabaseSync(cutOff);
  database.exec("CREATE TABLE other (text TEXT); INSERT INTO other VALUES ('kept')");
  // More than is kept in memory: the file is changed, and its journal says what was there.
  database.exec(
    `PRAGMA cache_size = 1; BEGIN; INSERT INTO other VALUES ('${'x'.repeat(100_000)}')`,
  );
  for (const each of ['', '-journal']) await copyFile(cutOff + each, file + each);
  await using _store = await engine.open(file, entryMigrations);
  using reader = new DatabaseSync(file, { readOnly: true });
  assert.deepEqual(
    reader
      .prepare('SELECT text FROM other')
      .all()
      .map(({ text }) => text),
    ['kept'],
  );
});

test('shredding waits for one who reads an older state', async () => {
  const file = await engine.makePlace();
  await using store = await engine.open<EntryTables>(file, entryMigrations);
  const { db } = store;
  const change = new Change();
  change.write(db.insertInto('entry').values({ n: 1, text: secret }));
  await store.commit(change);
  using reader = new DatabaseSync(file);
  reader.exec('BEGIN; SELECT n FROM entry');
  const end = setTimeout(() => reader.exec('COMMIT'), 100);
  const gone = new Change();
  gone.shred();
  gone.write(db.deleteFrom('entry').where('n', '=', 1), { rows: 1 });
  await store.commit(gone);
  assert.ok(!(await filesHold(file, secret)));
  clearTimeout(end);
});

test('a commit that a query has seen is counted, although the count was asked for just before', async () => {
  const file = await engine.makePlace();
  await using store = await engine.open<EntryTables>(file, entryMigrations);
  using other = new DatabaseSync(file);
  const before = store.changed();
  // All in one callback of the event loop, as when the writer's thread commits while it runs.
  other.exec("INSERT INTO entry (n, text) VALUES (1, 'one')");
  assert.deepEqual(await numbers(store.db), [1]);
  assert.notEqual(store.changed(), before);
});

test('only the owner may read the database and its log', async () => {
  const file = await engine.makePlace();
  await using store = await engine.open<EntryTables>(file, entryMigrations);
  await store.commit(insert(store.db, 1));
  for (const each of [file, `${file}-wal`, `${file}-shm`])
    assert.equal((await stat(each)).mode & 0o777, 0o600);
});

test('a full disk fails the Change, keeps what was acknowledged, and nothing else', async () => {
  const file = await engine.makePlace();
  const child = new URL('./test-full-disk.ts', import.meta.url).pathname;
  // The shell's limit on the size of a file stands for the full disk.
  const run = spawnSync('sh', [
    '-c',
    'ulimit -f 1000; exec "$0" "$@"',
    process.execPath,
    child,
    file,
  ]);
  assert.equal(run.status, 0, String(run.stderr));
  const { acknowledged, failure } = JSON.parse(String(run.stdout)) as {
    acknowledged: number;
    failure: string;
  };
  assert.equal(failure, 'StoreUnavailable');
  assert.ok(acknowledged > 0);
  await using store = await engine.open<EntryTables>(file, entryMigrations);
  assert.equal((await numbers(store.db)).length, acknowledged);
});

test('a file that is no database is one clear error', async () => {
  const file = await engine.makePlace();
  await writeFile(file, 'this is not a database, it is a letter to somebody far away'.repeat(100));
  await assert.rejects(openSqliteStore({ file, migrations: [], log: silentLog }), {
    name: 'StoreUnavailable',
    message: 'the database cannot be opened: file is not a database',
  });
});

test('a folder has one owner, who loses it only with his process', async () => {
  const folder = dirname(await engine.makePlace());
  const owner = fork(new URL('./test-lock.ts', import.meta.url), [folder]);
  await once(owner, 'message');
  assert.throws(() => lockFolder(folder), FolderInUse);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  using _lock = lockFolder(folder);
  assert.throws(() => lockFolder(folder), FolderInUse);
});

test('an existing database opens in less than 50 ms of CPU time', async () => {
  const file = await engine.makePlace();
  await (await engine.open(file, entryMigrations))[Symbol.asyncDispose]();
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const start = process.cpuUsage();
    const store = await engine.open(file, entryMigrations);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
    await store[Symbol.asyncDispose]();
  }
  assert.ok(Math.min(...times) < 50, `it took ${times.join(', ')} ms`);
});

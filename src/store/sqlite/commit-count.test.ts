import assert from 'node:assert/strict';
import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import {
  entryMigrations,
  insert,
  numbers,
  type EntryTables,
} from '../../../test/suites/store-entries.ts';
import { CommitCount } from './commit-count.ts';
import { CommitMarks, marksFile } from './commit-marks.ts';
import { openForWriting } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { acceptMissingCommits, commitNumbers } from './index.ts';
import { engine } from './test-engine.ts';

const now = Temporal.Instant.from('2026-11-25T10:00:00Z');
const opened = (file: string) => engine.open<EntryTables>(file, entryMigrations);

async function commitEach(file: string, ...each: readonly number[]): Promise<void> {
  await using store = await opened(file);
  for (const n of each) await store.commit(insert(store.db, n));
}

const missing = (marked: number, lost: number) => ({
  name: 'CommitsMissing',
  message: `of ${marked} commits that were acknowledged the last ${lost} are missing`,
});

test('each commit is counted in the database and marked beside it, in a file for its owner only', async () => {
  const file = await engine.makePlace();
  await commitEach(file, 1, 2, 3);
  assert.deepEqual(commitNumbers(file), { counted: 3, marked: 3 });
  await commitEach(file, 4);
  assert.deepEqual(commitNumbers(file), { counted: 4, marked: 4 });
  const { mode, size } = await stat(marksFile(file));
  assert.deepEqual([mode & 0o777, size], [0o600, 256]);
});

test('a Change that does not hold loses no number', async () => {
  const file = await engine.makePlace();
  await using store = await opened(file);
  await store.commit(insert(store.db, 1));
  await assert.rejects(store.commit(insert(store.db, 1)));
  await store.commit(insert(store.db, 2));
  const { counted, marked } = commitNumbers(file);
  assert.equal(counted, marked);
});

test('an older copy of the database is refused until the loss is accepted, and says then what is lost', async () => {
  const file = await engine.makePlace();
  await commitEach(file, 1, 2);
  await backUp(file);
  await commitEach(file, 3, 4, 5);
  await restore(file);
  await assert.rejects(opened(file), missing(5, 3));
  await assert.rejects(opened(file), missing(5, 3));

  const options = { file, migrations: [entryMigrations], now };
  assert.deepEqual(await acceptMissingCommits(options), { counted: 2, marked: 5 });
  assert.equal(await acceptMissingCommits(options), undefined);
  await commitEach(file, 6);
  assert.deepEqual(commitNumbers(file), { counted: 6, marked: 6 });
  await using store = await opened(file);
  assert.deepEqual(await numbers(store.db), [1, 2, 6]);
  using database = new DatabaseSync(file);
  assert.deepEqual(
    { ...database.prepare('SELECT * FROM lost_commits').get() },
    { after_commit: 2, through_commit: 5, accepted_at: now.epochMilliseconds },
  );
});

test('a database of before commits were counted is refused beside marks, and can be gone on with', async () => {
  const file = await engine.makePlace();
  await commitEach(file, 1, 2);
  using database = new DatabaseSync(file);
  database.exec(`
    DROP TABLE commit_count; DROP TABLE lost_commits;
    DELETE FROM schema_migration WHERE name LIKE 'commit-count-%'`);
  database.close();
  await assert.rejects(opened(file), missing(2, 2));
  await acceptMissingCommits({ file, migrations: [entryMigrations], now });
  await using store = await opened(file);
  assert.deepEqual(await numbers(store.db), [1, 2]);
});

test('a database that is gone is not made anew beside marks', async () => {
  const file = await engine.makePlace();
  await commitEach(file, 1);
  await writeFile(file, '');
  await assert.rejects(opened(file), missing(1, 1));
  await rm(file);
  await assert.rejects(opened(file), missing(1, 1));
});

test('marks that are absent, torn or of a power cut accuse nobody', async () => {
  const file = await engine.makePlace();
  await commitEach(file, 1, 2);
  const whole = await readFile(marksFile(file));
  const marked = whole.findIndex((byte) => byte !== 0);
  for (const at of [0, 4, 11, 15]) {
    const torn = Buffer.from(whole);
    torn[marked + at] = (torn[marked + at] ?? 0) ^ 0x80;
    await writeFile(marksFile(file), torn);
    assert.equal(commitNumbers(file).marked, 0, `byte ${at}`);
  }
  await writeFile(marksFile(file), whole.subarray(0, 7));
  await commitEach(file, 3);
  assert.deepEqual(commitNumbers(file), { counted: 3, marked: 3 });
  await rm(marksFile(file));
  await commitEach(file, 4);
  assert.deepEqual(commitNumbers(file), { counted: 4, marked: 4 });
});

test('a commit whose mark cannot be written is kept, and says so', async () => {
  const file = await engine.makePlace();
  await commitEach(file, 1);
  using database = openForWriting(file);
  const marks = new CommitMarks(marksFile(file));
  const group = new GroupCommit(database, new CommitCount(database, marks));
  const work = [{ id: 1, statements: insertions(2), isShredding: false }];
  marks[Symbol.dispose]();
  const { outcomes, isUnmarked } = group.run(work);
  assert.deepEqual([outcomes, isUnmarked], [[{ id: 1 }], true]);
  assert.deepEqual(commitNumbers(file), { counted: 2, marked: 1 });
});

function insertions(n: number) {
  return [{ sql: 'INSERT INTO entry (n, text) VALUES (?, ?)', parameters: [n, ''] }];
}

/** Without what SQLite keeps beside it, as `.backup` makes it. */
async function backUp(file: string): Promise<void> {
  using database = new DatabaseSync(file);
  await backup(database, `${file}.backup`);
}

async function restore(file: string): Promise<void> {
  for (const each of ['-wal', '-shm']) await rm(`${file}${each}`, { force: true });
  await copyFile(`${file}.backup`, file);
}

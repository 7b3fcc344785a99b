import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import {
  entryMigrations,
  insert,
  numbers,
  type EntryTables,
} from '../../../test/suites/store-entries.ts';
import { Condition } from './condition.ts';
import { openSqliteStore } from './index.ts';
import { engine } from './test-engine.ts';

function listening() {
  const lines: string[] = [];
  const keep = (message: string) => void lines.push(message);
  return { lines, log: { info: keep, warn: keep, error: keep } };
}

const sqliteError = (errcode: number): Error =>
  Object.assign(new Error('disk I/O error'), { errcode });

test('a query that meets a damaged page is refused as unavailable, with one line in the log', async () => {
  const file = await engine.makePlace();
  const first = await engine.open<EntryTables>(file, entryMigrations);
  await first.commit(insert(first.db, ...Array.from({ length: 2000 }, (_, n) => n)));
  await first[Symbol.asyncDispose]();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  // The roots of the tables come first, so that it still opens.
  const intact = 5 * 4096;
  await handle.write(Buffer.alloc(size - intact, 0xa5), 0, size - intact, intact);
  await handle.close();

  const { lines, log } = listening();
  const options = { file, migrations: [entryMigrations], log };
  await using store = await openSqliteStore<EntryTables>({ ...options, readOnly: true });
  assert.equal(store.isFailing, false);
  await assert.rejects(numbers(store.db), { name: 'StoreUnavailable' });
  await assert.rejects(numbers(store.db), { name: 'StoreUnavailable' });
  assert.equal(store.isFailing, true);
  assert.deepEqual(lines, ['the store fails, and calls are refused']);
});

test('a probe that succeeds ends the state, unless a query failed meanwhile or found damage', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { lines, log } = listening();
  let isFull = true;
  using condition = new Condition(log, async () => {
    if (isFull) throw sqliteError(13);
  });
  const second = async (): Promise<void> => {
    t.mock.timers.tick(1000);
    await new Promise(setImmediate);
  };
  const fail = (code: number): void =>
    assert.throws(
      () =>
        condition.read(() => {
          throw sqliteError(code);
        }),
      { name: 'StoreUnavailable' },
    );

  condition.failed('database or disk is full');
  condition.failed('database or disk is full');
  await second();
  assert.ok(condition.isFailing);
  isFull = false;
  fail(10);
  await second();
  assert.ok(condition.isFailing);
  await second();
  assert.ok(!condition.isFailing);
  assert.deepEqual(lines, ['the store fails, and calls are refused', 'the store works again']);

  fail(11);
  await second();
  await second();
  assert.ok(condition.isFailing);
});

test('what is no fault of the database is thrown as it is', () => {
  using condition = new Condition(listening().log, async () => {});
  assert.throws(
    () =>
      condition.read(() => {
        throw sqliteError(1);
      }),
    { name: 'Error' },
  );
  assert.ok(!condition.isFailing);
});

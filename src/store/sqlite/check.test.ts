import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { entryMigrations, insert, type EntryTables } from '../../../test/suites/store-entries.ts';
import { checkDatabase } from './index.ts';
import { engine } from './test-engine.ts';

test('a sound database has no findings, and a damaged one says where', async () => {
  const file = await engine.makePlace();
  const store = await engine.open<EntryTables>(file, entryMigrations);
  await store.commit(insert(store.db, ...Array.from({ length: 2000 }, (_, n) => n)));
  await store[Symbol.asyncDispose]();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  assert.deepEqual(checkDatabase(file), []);

  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, size - 4096);
  assert.notDeepEqual(checkDatabase(file), []);

  await handle.truncate(size / 2);
  await handle.close();
  assert.notDeepEqual(checkDatabase(file), []);
});

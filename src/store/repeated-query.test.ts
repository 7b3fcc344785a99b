import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../../test/fakes/memory-store.ts';
import { entryMigrations, insert, type EntryTables } from '../../test/suites/store-entries.ts';
import { Change } from './change.ts';
import { repeatedQuery, repeatedStatement } from './repeated-query.ts';

async function filledStore() {
  const store = await MemoryStore.open<EntryTables>(entryMigrations);
  await store.commit(insert(store.db, 1, 2, 3, 4, 5));
  return store;
}

function numbersOf(rows: readonly { readonly n: number }[]): number[] {
  return rows.map(({ n }) => n);
}

test('a query is built once, and every value goes to its place', async () => {
  const { db } = await filledStore();
  let times = 0;
  const between = repeatedQuery(db, ({ high, low }: { low: number; high: number }) => {
    times += 1;
    return db
      .selectFrom('entry')
      .select('n')
      .where('n', '>=', low)
      .where('n', '<=', high)
      .where('text', '!=', 'another constant')
      .orderBy('n');
  });
  assert.deepEqual(numbersOf(await between({ low: 2, high: 3 })), [2, 3]);
  assert.deepEqual(numbersOf(await between({ high: 5, low: 5 })), [5]);
  assert.equal(times, 1);
});

test('a list of another length is another query', async () => {
  const { db } = await filledStore();
  const among = repeatedQuery(db, ({ numbers, least }: { numbers: number[]; least: number }) =>
    db.selectFrom('entry').select('n').where('n', 'in', numbers).where('n', '>=', least),
  );
  assert.deepEqual(numbersOf(await among({ numbers: [1, 5], least: 2 })), [5]);
  assert.deepEqual(numbersOf(await among({ numbers: [4, 3, 9], least: 1 })), [3, 4]);
  assert.deepEqual(numbersOf(await among({ numbers: [1, 2], least: 1 })), [1, 2]);
});

test('statements of one shape can be in one Change, each with its own values', async () => {
  const store = await filledStore();
  const removed = repeatedStatement(({ n }: { n: number }) =>
    store.db.deleteFrom('entry').where('n', '=', n),
  );
  const change = new Change();
  change.write(removed({ n: 1 }), { rows: 1 });
  change.write(removed({ n: 4 }), { rows: 1 });
  await store.commit(change);
  const left = await store.db.selectFrom('entry').select('n').orderBy('n').execute();
  assert.deepEqual(numbersOf(left), [2, 3, 5]);
});

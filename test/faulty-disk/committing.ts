import { writeSync } from 'node:fs';
import { silentLog } from '../../src/lib/log.ts';
import { Change } from '../../src/store/change.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { StoreUnavailable } from '../../src/store/store.ts';
import { entryMigrations, insert, type EntryTables } from '../suites/store-entries.ts';

// The child process of store-power-cuts.test.ts: commits for ever, and says which Changes were acknowledged.
const [file = '', first = '1'] = process.argv.slice(2);
const options = { file, migrations: [entryMigrations], log: silentLog };
const store = await openSqliteStore<EntryTables>(options);
const { db } = store;

/** Of so many commits one overwrites what it deletes, and empties the write-ahead log. */
const commitsPerShredding = 7;

for (let n = Number(first); ; n += 3) {
  await Promise.all([n, n + 1, n + 2].map(keep));
  if ((n / 3) % commitsPerShredding < 1) await shred(n);
}

async function keep(n: number): Promise<void> {
  const change = insert(db, n);
  const text = 'long enough for pages of its own '.repeat(1 + (n % 300));
  change.write(db.updateTable('entry').set({ text }).where('n', '=', n));
  try {
    await store.commit(change);
    writeSync(1, `${n}\n`);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}

async function shred(n: number): Promise<void> {
  const change = new Change();
  change.shred();
  change.write(db.updateTable('entry').set({ text: 'shredded' }).where('n', '=', n));
  await store.commit(change).catch(() => {});
}

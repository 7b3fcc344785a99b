import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../../src/lib/log.ts';
import { Change } from '../../src/store/change.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { entryMigrations, type EntryTables } from '../suites/store-entries.ts';

// The child process of store-power-cuts.test.ts: keeps a secret, shreds it, says so, and waits for its end.
const [file = '', secret = ''] = process.argv.slice(2);
const options = { file, migrations: [entryMigrations], log: silentLog };
const store = await openSqliteStore<EntryTables>(options);
const { db } = store;

const kept = new Change();
kept.write(db.insertInto('entry').values({ n: 1, text: secret }));
await store.commit(kept);
const gone = new Change();
gone.shred();
gone.write(db.deleteFrom('entry').where('n', '=', 1), { rows: 1 });
await store.commit(gone);
writeSync(1, 'shredded\n');
await sleep(60_000);

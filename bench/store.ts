import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForWriting } from '../src/store/sqlite/connection.ts';
import { openSqliteStore } from '../src/store/sqlite/index.ts';
import { silentLog } from '../src/lib/log.ts';
import { entryMigrations, insert, type EntryTables } from '../test/suites/store-entries.ts';

// How many durable Changes a second the store takes from N clients that each wait for their own, against one
// connection that commits one row after the other. The ratio says something, the figures are this disk's.
const milliseconds = 2000;
const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));

async function perSecond(work: () => Promise<void>, clients: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let count = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (; performance.now() < end; count++) await work();
    }),
  );
  return (count * 1000) / milliseconds;
}

async function oneByOne(): Promise<number> {
  using database = openForWriting(join(folder, 'one-by-one.db'));
  database.exec('CREATE TABLE entry (n INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL)');
  const statement = database.prepare('INSERT INTO entry VALUES (?, ?)');
  let n = 0;
  return await perSecond(async () => {
    n += 1;
    statement.run(n, `entry ${n}`);
  }, 1);
}

async function inGroups(clients: number): Promise<number> {
  const file = join(folder, `clients-${clients}.db`);
  await using store = await openSqliteStore<EntryTables>({
    file,
    migrations: [entryMigrations],
    log: silentLog,
  });
  let n = 0;
  return await perSecond(() => store.commit(insert(store.db, ++n)), clients);
}

const base = await oneByOne();
process.stdout.write(`one by one            ${base.toFixed(0)}/s\n`);
for (const clients of [1, 16, 64, 256]) {
  const rate = await inGroups(clients);
  const label = `${clients} waiting`.padEnd(20);
  process.stdout.write(`${label}  ${rate.toFixed(0)}/s  ${(rate / base).toFixed(1)}×\n`);
}
await rm(folder, { recursive: true });

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { adoptSets } from '../src/aws/authority/adopt.ts';
import type { AuthoritySet } from '../src/aws/authority/authority-set.ts';
import { Authority } from '../src/aws/authority/authority.ts';
import { silentLog } from '../src/lib/log.ts';
import { migrations } from '../src/processes/data-store.ts';
import { openSqliteStore } from '../src/store/sqlite/index.ts';
import { TestVault } from '../src/vault/test-vault.ts';
import type { World } from '../test/world.ts';

/** A table, and what stands in the copies in place of some columns: SQL of the number `n` of a copy. */
export interface CopiedTable {
  readonly name: string;
  readonly changed: Readonly<Record<string, string>>;
  /** Which row is copied, by its columns. */
  readonly model: Readonly<Record<string, string>>;
}

/**
 * Copies rows of the world's database `count` times, past the server, which is stopped meanwhile, and has the copies
 * authenticated. To ask for as many would take longer than all measurements.
 */
export async function copyRows(
  world: World,
  sets: readonly AuthoritySet<unknown>[],
  copies: readonly { readonly count: number; readonly tables: readonly CopiedTable[] }[],
): Promise<void> {
  await world.stop();
  const file = join(world.dataDirectory, 'holdfast.db');
  {
    using database = new DatabaseSync(file);
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
    for (const { count, tables } of copies)
      for (const table of tables) copy(database, table, count);
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  }
  await authenticate(file, rootKeyOf(world), sets);
  await world.restart();
}

function copy(database: DatabaseSync, { name, changed, model }: CopiedTable, count: number): void {
  const columns = database
    .prepare(`SELECT name FROM pragma_table_info('${name}')`)
    .all()
    .map((each) => String(each['name']));
  const copied = columns.map((column) => changed[column] ?? column);
  const isModel = Object.keys(model).map((column) => `${column} = ?`);
  database
    .prepare(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
       INSERT INTO ${name} (${columns.join()})
       SELECT ${copied.join()} FROM (SELECT * FROM ${name} WHERE ${isModel.join(' AND ')}), numbers`,
    )
    .run(count, ...Object.values(model));
}

/** The rows have no MAC yet. Done at the next start it would make that very long. */
async function authenticate(
  file: string,
  rootKey: Uint8Array<ArrayBuffer>,
  sets: readonly AuthoritySet<unknown>[],
): Promise<void> {
  await using store = await openSqliteStore({ file, migrations, log: silentLog });
  const { client: vault } = new TestVault(rootKey);
  const authority = new Authority(store.db, { vault, alarm: () => {} });
  for (const set of sets) await adoptSets(store, authority, set);
}

/** Out of the seal file: see docs/formats.md. */
function rootKeyOf({ dataDirectory }: World): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(dirname(dataDirectory), 'world.seal')).subarray(32, 64));
}

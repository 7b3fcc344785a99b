import type { Generated, Kysely } from 'kysely';
import { Change } from '../../src/store/change.ts';
import { bytes } from '../../src/store/column-types.ts';
import type { Migrations } from '../../src/store/store.ts';

/** The table that the suite of the store works with. */
export interface EntryTables {
  entry: {
    n: number;
    text: string;
    unique_name: Generated<string | null>;
    bytes: Generated<Uint8Array | null>;
  };
}

export const entryMigrations: Migrations = {
  'entry-0001': {
    async up(db) {
      await db.schema
        .createTable('entry')
        .addColumn('n', 'integer', (c) => c.notNull().primaryKey())
        .addColumn('text', 'text', (c) => c.notNull())
        .addColumn('unique_name', 'text', (c) => c.unique())
        .addColumn('bytes', bytes as never)
        .execute();
    },
  },
};

export function insert(db: Kysely<EntryTables>, ...each: readonly number[]): Change {
  const change = new Change();
  for (const n of each) change.write(db.insertInto('entry').values({ n, text: `entry ${n}` }));
  return change;
}

export async function numbers(db: Kysely<EntryTables>): Promise<number[]> {
  const rows = await db.selectFrom('entry').select('n').orderBy('n').execute();
  return rows.map(({ n }) => n);
}

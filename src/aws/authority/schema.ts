import { sql, type Kysely } from 'kysely';
import { bytes } from '../../store/column-types.ts';
import type { Migrations } from '../../store/store.ts';
import { coveredColumns, type AuthoritySet, type SetTable } from './authority-set.ts';

/** What is known of a set of rows. A set without rows has none. */
export interface AuthoritySetTable {
  kind: string;
  account: string;
  region: string;
  owner: string;
  /** Counts the changes of the set; from 1. */
  generation: number;
  row_count: number;
  /** Version 1, then the vault's MAC. */
  mac: Uint8Array;
  /** Another number after each write to the set's rows, whoever wrote. */
  touched: number;
}

/** A number for each kind of set, another one after each write to rows of that kind. */
interface AuthorityClockTable {
  kind: string;
  n: number;
}

export interface AuthorityTables {
  authority_set: AuthoritySetTable;
  authority_clock: AuthorityClockTable;
}

export const authorityMigrations: Migrations = {
  'authority-0001': {
    async up(db) {
      const names = ['kind', 'account', 'region', 'owner'] as const;
      await names
        .reduce(
          (table, name) => table.addColumn(name, 'text', (c) => c.notNull()),
          db.schema.createTable('authority_set'),
        )
        .addColumn('generation', 'bigint', (c) => c.notNull())
        .addColumn('row_count', 'bigint', (c) => c.notNull())
        .addColumn('mac', bytes as never, (c) => c.notNull())
        .addColumn('touched', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('authority_set_pk', names as never)
        .execute();
      await db.schema
        .createTable('authority_clock')
        .addColumn('kind', 'text', (c) => c.primaryKey())
        .addColumn('n', 'bigint', (c) => c.notNull())
        .execute();
      const ofSet = { insert: ['new'], delete: ['old'], update: ['old', 'new'] } as const;
      for (const [event, rows] of Object.entries(ofSet)) {
        const of = event === 'update' ? ' OF generation, row_count, mac' : '';
        const ticks = rows.map((row) => tick(`${row}.kind`)).join(' ');
        await run(
          db,
          `CREATE TRIGGER authority_set_${event} AFTER ${event}${of} ON authority_set BEGIN ${ticks} END`,
        );
      }
    },
  },
};

/**
 * For the migration of a room: from now on every write to rows of the set shows, also one by foreign hands, so that what
 * is kept in memory is never older than the last commit.
 * @param isNew which of its tables this migration makes; all when absent
 */
export async function watch(
  db: Kysely<any>,
  set: AuthoritySet<unknown>,
  isNew = (_table: SetTable): boolean => true,
): Promise<void> {
  const kind = literal(set.kind);
  // Rooms' migrations run before or after that of authority_clock, whose triggers tolerate a missing kind.
  for (const table of set.tables.filter(isNew)) {
    const columns = coveredColumns(table).join(', ');
    const triggers = {
      insert: { of: '', rows: ['new.'] },
      delete: { of: '', rows: ['old.'] },
      update: { of: ` OF ${columns}`, rows: ['old.', 'new.'] },
    };
    for (const [event, { of, rows }] of Object.entries(triggers)) {
      const touches = rows.map((row) => touch(kind, table, row)).join(' ');
      await run(
        db,
        `CREATE TRIGGER ${table.name}_authority_${event} AFTER ${event}${of} ON ${table.name} BEGIN ${touches} ${tick(kind)} END`,
      );
    }
  }
}

/** The set's account, Region and owner as SQL over a row of the table. @param row `new.`, `old.` or nothing */
export function ownerColumns(
  { place, owner, shard }: SetTable,
  row: string,
): { readonly account: string; readonly region: string; readonly owner: string } {
  const whole = owner === undefined ? "''" : `${row}${owner}`;
  const part = shard && `substr(${row}${shard.column}, 1, ${shard.length})`;
  return {
    account: place.includes('account') ? `${row}account` : "''",
    region: place.includes('region') ? `${row}region` : "''",
    owner: part === undefined ? whole : `${whole} || ' ' || ${part}`,
  };
}

function touch(kind: string, table: SetTable, row: string): string {
  const { account, region, owner } = ownerColumns(table, row);
  return (
    `UPDATE authority_set SET touched = touched + 1 WHERE kind = ${kind}` +
    ` AND account = ${account} AND region = ${region} AND owner = ${owner};`
  );
}

function tick(kind: string): string {
  return (
    `INSERT INTO authority_clock (kind, n) VALUES (${kind}, 1)` +
    ` ON CONFLICT (kind) DO UPDATE SET n = n + 1;`
  );
}

function literal(text: string): string {
  return `'${text}'`;
}

async function run(db: Kysely<any>, statement: string): Promise<void> {
  await sql.raw(statement).execute(db);
}

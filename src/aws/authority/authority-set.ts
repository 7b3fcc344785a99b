import { hash } from 'node:crypto';
import { joined } from '../../lib/der-writer.ts';
import { joinedFields, textField } from '../../lib/vault-protocol.ts';

type ColumnValue = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, ColumnValue>>;

/** Whose set it is. What does not apply is empty: IAM has no Regions. */
export interface SetOwner {
  readonly account: string;
  readonly region: string;
  /** What the rows are about within the account and Region, for example a key id. */
  readonly owner: string;
}

/** The part of a set that lies in one table. */
export interface SetTable {
  readonly name: string;
  /** The table's primary key. */
  readonly key: readonly string[];
  /** The other columns that the MAC covers: all from which a right follows. */
  readonly columns: readonly string[];
  /** Which columns hold the set's account and Region. */
  readonly place: readonly ('account' | 'region')[];
  /** The column that holds the owner; absent when one set is all there is. */
  readonly owner?: string;
  /** Cuts the rows of an owner into several sets, by the first characters (lower-case hex digits) of a column. */
  readonly shard?: { readonly column: string; readonly length: number };
}

/**
 * A sort of rows that confer authority, and that the vault authenticates together: who can write the database can add
 * none, take none out, and change none unseen. A room declares its sorts, gives them to `Authority` for reading and for
 * noting changes, and has them watched by a migration of its own (`watch` in schema.ts).
 */
export interface AuthoritySet<Value> {
  /** Stands in the MAC: never renamed. */
  readonly kind: string;
  readonly tables: readonly SetTable[];
  /** What the rows say. Kept in memory for as long as they are the same: whoever gets it changes nothing in it. */
  read(rows: RowsOf, owner: SetOwner): Value;
}

/** The rows of one table of a set; the type is the table's, of which only covered columns are there. */
export type RowsOf = <Table>(name: string) => readonly Table[];

/** A row of a set, and where it lies. */
export interface SetRow {
  readonly table: string;
  readonly row: Row;
}

export function coveredColumns({ key, columns }: SetTable): readonly string[] {
  return [...key, ...columns];
}

/** Where the shard of a row is that has this value in the sharding column. */
export function shardOwner(owner: string, value: string, length: number): string {
  return `${owner} ${value.slice(0, length)}`;
}

const letterForBytes = textField('b');

/**
 * What stands for the rows in the MAC: SHA-256 of all rows, each with its length before it, in the order of their bytes.
 * @see docs/formats.md
 */
export function digestOf(rows: readonly SetRow[]): Uint8Array {
  const written = rows.map(rowBytes).sort((a, b) => Buffer.compare(a, b));
  return new Uint8Array(hash('sha256', joinedFields(written), 'buffer'));
}

/** The table, then name and value of each column in the order of their names, each with its length before it. */
function rowBytes({ table, row }: SetRow): Uint8Array {
  const fields: (string | Uint8Array)[] = [table];
  for (const name of Object.keys(row).sort()) fields.push(name, typed(row[name] ?? null));
  const all = Buffer.allocUnsafe(fields.reduce((sum, field) => sum + mostBytes(field), 0));
  let end = 0;
  for (const field of fields) {
    const start = end + 4;
    if (typeof field === 'string') end = start + all.write(field, start);
    else {
      all.set(field, start);
      end = start + field.length;
    }
    all.writeUInt32BE(end - start, start - 4);
  }
  return all.subarray(0, end);
}

/** A letter for the type, then the value: text and bytes that look alike are not the same. */
function typed(value: ColumnValue): string | Uint8Array {
  if (value === null) return 'n';
  if (typeof value === 'string') return `t${value}`;
  if (typeof value === 'number') return `i${value}`;
  return joined([letterForBytes, value]);
}

/** With the length before it, in UTF-8. */
function mostBytes(field: string | Uint8Array): number {
  return 4 + (typeof field === 'string' ? 3 * field.length : field.length);
}

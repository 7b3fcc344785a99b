import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type { Change } from '../../store/change.ts';
import type { IamTables } from './schema.ts';

type Table = keyof IamTables;

/** Which set a row belongs to. */
export interface OfSet {
  readonly set: AuthoritySet<unknown>;
  readonly owner: SetOwner;
}

/**
 * Writes rows that confer authority: each statement of a Change with what it does to the rows that the vault
 * authenticates, so that the two cannot differ.
 */
export class SetWriter {
  readonly #db: Kysely<any>;
  readonly #authority: Authority;

  constructor(db: Kysely<IamTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
  }

  /** A new row. The Change fails when its key is taken. */
  insert<T extends Table>(change: Change, of: OfSet, table: T, row: IamTables[T]): void {
    change.write(this.#db.insertInto(table).values(row));
    this.#edits(change, of).put(table, row);
  }

  /** A new row, or the new state of one. */
  put<T extends Table>(change: Change, of: OfSet, table: T, row: IamTables[T]): void {
    const { key, columns } = tableOf(of.set, table);
    const values = pick(row, columns);
    change.write(
      this.#db
        .insertInto(table as string)
        .values(row)
        .onConflict((conflict) =>
          columns.length === 0
            ? conflict.columns([...key]).doNothing()
            : conflict.columns([...key]).doUpdateSet(values),
        ),
    );
    this.#edits(change, of).put(table, row);
  }

  /** Changes the row with this key. @param still what must hold of it for the Change to hold, besides that it is there */
  update<T extends Table>(
    change: Change,
    of: OfSet,
    table: T,
    row: {
      key: Partial<IamTables[T]>;
      values: Partial<IamTables[T]>;
      still?: Partial<IamTables[T]>;
    },
  ): void {
    const { key, values, still = {} } = row;
    let query = this.#db.updateTable(table as string).set(values);
    for (const [column, value] of Object.entries({ ...key, ...still }))
      query = query.where(column, '=', value);
    change.write(query, { rows: 1 });
    this.#edits(change, of).update(table, key, values);
  }

  /** Takes the row with this key away; the Change fails when it is not there any more. */
  remove<T extends Table>(change: Change, of: OfSet, table: T, key: Partial<IamTables[T]>): void {
    let query = this.#db.deleteFrom(table as string);
    for (const [column, value] of Object.entries(key)) query = query.where(column, '=', value);
    change.write(query, { rows: 1 });
    this.#edits(change, of).remove(table, key);
  }

  /**
   * Takes the whole set away.
   * @param key the columns by which its rows are found in each table
   * @param still where the row lies that says whether the set is still as it was read, and what must hold of it
   */
  drop<T extends Table>(
    change: Change,
    of: OfSet,
    key: Readonly<Record<string, string>>,
    still: { table: T; values: Partial<IamTables[T]> },
  ): void {
    for (const { name } of of.set.tables) {
      let query = this.#db.deleteFrom(name);
      const wanted = name === still.table ? { ...key, ...still.values } : key;
      for (const [column, value] of Object.entries(wanted)) query = query.where(column, '=', value);
      change.write(query, name === still.table ? { rows: 1 } : {});
    }
    this.#authority.drop(change, of.set, of.owner);
  }

  #edits(change: Change, { set, owner }: OfSet) {
    return this.#authority.edit(change, set, owner);
  }
}

function tableOf(set: AuthoritySet<unknown>, name: string) {
  const table = set.tables.find((each) => each.name === name);
  if (table === undefined) throw new TypeError(`${name} is no table of ${set.kind}`);
  return table;
}

function pick(row: object, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column)));
}

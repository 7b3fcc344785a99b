import { CompiledQuery, type Kysely } from 'kysely';
import {
  coveredColumns,
  type AuthoritySet,
  type Row,
  type RowsOf,
  type SetOwner,
  type SetRow,
  type SetTable,
} from './authority-set.ts';

/** The rows of a set as they lie in the database, believed or not. */
export async function readRows(
  db: Kysely<any>,
  set: AuthoritySet<unknown>,
  owner: SetOwner,
): Promise<SetRow[]> {
  const found: SetRow[] = [];
  for (const table of set.tables) {
    const { text, parameters } = selection(table, owner);
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, parameters));
    for (const row of rows) found.push({ table: table.name, row });
  }
  return found;
}

/** Rows by their table and primary key: what edits are made to. */
export class EditedRows {
  readonly #rows = new Map<string, SetRow>();

  constructor(rows: readonly SetRow[], set: AuthoritySet<unknown>) {
    for (const { table, row } of rows) this.put(tableNamed(set, table), row);
  }

  put(table: SetTable, row: Row): void {
    this.#rows.set(rowName(table, row), { table: table.name, row: covered(table, row) });
  }

  putIfAbsent(table: SetTable, row: Row): void {
    if (!this.#rows.has(rowName(table, row))) this.put(table, row);
  }

  /** Nothing happens when it is not there: the statement that goes with the edit has its own guard. */
  update(table: SetTable, key: Row, values: Row): void {
    const found = this.#rows.get(rowName(table, key));
    if (found !== undefined) this.put(table, { ...found.row, ...values });
  }

  remove(table: SetTable, key: Row): void {
    this.#rows.delete(rowName(table, key));
  }

  all(): readonly SetRow[] {
    return [...this.#rows.values()];
  }
}

export function tableNamed(set: AuthoritySet<unknown>, name: string): SetTable {
  const table = set.tables.find((each) => each.name === name);
  if (table === undefined) throw new TypeError(`${name} is no table of ${set.kind}`);
  return table;
}

export function rowsOf(rows: readonly SetRow[]): RowsOf {
  return <Table>(name: string) =>
    rows.filter(({ table }) => table === name).map(({ row }) => row as Table);
}

function selection(
  table: SetTable,
  { account, region, owner }: SetOwner,
): { readonly text: string; readonly parameters: string[] } {
  const wanted: [condition: string, parameter: string][] = [];
  if (table.place.includes('account')) wanted.push(['account = ?', account]);
  if (table.place.includes('region')) wanted.push(['region = ?', region]);
  const { shard } = table;
  const end = shard === undefined ? owner.length : owner.length - shard.length - 1;
  if (table.owner !== undefined) wanted.push([`${table.owner} = ?`, owner.slice(0, end)]);
  if (shard !== undefined) {
    const start = owner.slice(end + 1);
    // Behind all hexadecimal digits.
    wanted.push([`${shard.column} >= ?`, start], [`${shard.column} < ?`, `${start}g`]);
  }
  const conditions = wanted.map(([condition]) => condition).join(' AND ');
  return {
    text:
      `SELECT ${coveredColumns(table).join(', ')} FROM ${table.name}` +
      (conditions === '' ? '' : ` WHERE ${conditions}`),
    parameters: wanted.map(([, parameter]) => parameter),
  };
}

function covered(table: SetTable, row: Row): Row {
  return Object.fromEntries(coveredColumns(table).map((column) => [column, row[column] ?? null]));
}

function rowName({ name, key }: SetTable, row: Row): string {
  return JSON.stringify([name, ...key.map((column) => row[column])]);
}

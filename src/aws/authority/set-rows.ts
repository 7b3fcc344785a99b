import { CompiledQuery, type Kysely } from 'kysely';
import { runQuery } from '../../store/repeated-query.ts';
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
    const query = CompiledQuery.raw(selectionOf(table), ownerParameters(table, owner));
    const rows = await runQuery(db, query as CompiledQuery<Row>);
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

const selections = new WeakMap<SetTable, string>();

function selectionOf(table: SetTable): string {
  let selection = selections.get(table);
  if (selection === undefined) {
    const { place, owner, shard } = table;
    const conditions = [...place, ...(owner === undefined ? [] : [owner])].map(
      (name) => `${name} = ?`,
    );
    if (shard !== undefined) conditions.push(`${shard.column} >= ?`, `${shard.column} < ?`);
    selection =
      `SELECT ${coveredColumns(table).join(', ')} FROM ${table.name}` +
      (conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`);
    selections.set(table, selection);
  }
  return selection;
}

/** For the question marks of the selection, in their order. */
function ownerParameters(table: SetTable, of: SetOwner): string[] {
  const { shard } = table;
  const parameters = table.place.map((name) => of[name]);
  const end = shard === undefined ? of.owner.length : of.owner.length - shard.length - 1;
  if (table.owner !== undefined) parameters.push(of.owner.slice(0, end));
  if (shard !== undefined) {
    const start = of.owner.slice(end + 1);
    // Behind all hexadecimal digits.
    parameters.push(start, `${start}g`);
  }
  return parameters;
}

function covered(table: SetTable, row: Row): Row {
  return Object.fromEntries(coveredColumns(table).map((column) => [column, row[column] ?? null]));
}

function rowName({ name, key }: SetTable, row: Row): string {
  return JSON.stringify([name, ...key.map((column) => row[column])]);
}

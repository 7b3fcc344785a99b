import { CompiledQuery, type Kysely } from 'kysely';
import type { AuthoritySet, SetOwner, SetTable } from './authority-set.ts';
import { ownerColumns } from './schema.ts';

type FoundOwner = SetOwner & Readonly<Record<string, unknown>>;

/**
 * Goes over the rows of a kind in the order of their keys, in steps of `rows` rows, and gives after each step the owners
 * whose sets have no record: rows for which nobody answers.
 */
export async function* ownersWithoutRecord(
  db: Kysely<any>,
  set: AuthoritySet<unknown>,
  rows: number,
): AsyncGenerator<readonly SetOwner[]> {
  for (const table of set.tables) {
    let last: readonly unknown[] | undefined;
    for (;;) {
      const found = await step(db, set.kind, table, rows, last);
      yield distinct(found.filter((each) => each['known'] === 0));
      const end = found.at(-1);
      if (end === undefined || found.length < rows) break;
      last = table.key.map((column) => end[`key_${column}`]);
    }
  }
}

/** Goes over the records of all sets in the order of their names, in steps of `count` sets. */
export async function* recordedSets(
  db: Kysely<any>,
  count: number,
): AsyncGenerator<readonly (SetOwner & { readonly kind: string })[]> {
  let last = ['', '', '', ''];
  for (;;) {
    const { rows } = await db.executeQuery<SetOwner & { kind: string }>(
      CompiledQuery.raw(
        `SELECT kind, account, region, owner FROM authority_set
         WHERE (kind, account, region, owner) > (?, ?, ?, ?)
         ORDER BY kind, account, region, owner LIMIT ${count}`,
        last,
      ),
    );
    yield rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < count) return;
    last = [end.kind, end.account, end.region, end.owner];
  }
}

async function step(
  db: Kysely<any>,
  kind: string,
  table: SetTable,
  limit: number,
  last: readonly unknown[] | undefined,
): Promise<readonly FoundOwner[]> {
  const { account, region, owner } = ownerColumns(table, 't.');
  const keys = table.key.map((column) => `t.${column}`).join(', ');
  const places = table.key.map(() => '?').join(', ');
  const { rows } = await db.executeQuery<FoundOwner>(
    CompiledQuery.raw(
      `SELECT ${account} AS account, ${region} AS region, ${owner} AS owner,
         ${table.key.map((column) => `t.${column} AS key_${column}`).join(', ')},
         EXISTS (SELECT 1 FROM authority_set AS s WHERE s.kind = ? AND s.account = ${account}
           AND s.region = ${region} AND s.owner = ${owner}) AS known
       FROM ${table.name} AS t ${last === undefined ? '' : `WHERE (${keys}) > (${places})`}
       ORDER BY ${keys} LIMIT ${limit}`,
      [kind, ...(last ?? [])],
    ),
  );
  return rows;
}

function distinct(owners: readonly SetOwner[]): readonly SetOwner[] {
  const byName = new Map(
    owners.map(({ account, region, owner }) => [
      JSON.stringify([account, region, owner]),
      { account, region, owner },
    ]),
  );
  return [...byName.values()];
}

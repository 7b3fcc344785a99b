import type { Kysely } from 'kysely';
import type { IamTables } from '../schema.ts';

/** A part of a list, in the order of keys. */
export interface Page {
  /** The key after which it begins. */
  readonly after?: string | undefined;
  readonly limit: number;
  /** Only what lies under this path. */
  readonly pathPrefix?: string | undefined;
}

/** Columns that hold the keys by which things of an account are found. */
type KeyColumn =
  | 'user_key'
  | 'group_key'
  | 'policy_key'
  | 'role_name'
  | 'device_key'
  | 'policy_arn';

/** The keys of a page of rows of an account. @param where further columns and the values that they must have */
export async function keysOfPage(
  db: Kysely<IamTables>,
  table: keyof IamTables,
  column: KeyColumn,
  from: Page & { readonly account: string; readonly where?: Readonly<Record<string, string>> },
): Promise<string[]> {
  let query = (db as Kysely<any>)
    .selectFrom(table)
    .select(`${column} as key`)
    .where('account', '=', from.account)
    .orderBy(column)
    .limit(from.limit);
  if (from.after !== undefined) query = query.where(column, '>', from.after);
  for (const [name, value] of Object.entries(from.where ?? {}))
    query = query.where(name, '=', value);
  if (from.pathPrefix !== undefined && from.pathPrefix !== '/')
    query = query.where((is) =>
      is(
        is.fn('substr', ['path', is.lit(1), is.lit(from.pathPrefix?.length ?? 0)]),
        '=',
        from.pathPrefix,
      ),
    );
  return (await query.execute()).map(({ key }) => key as string);
}

/** How many rows of an account there are, counted no further than `limit`. */
export async function countRows(
  db: Kysely<IamTables>,
  table: keyof IamTables,
  account: string,
  { limit, where = {} }: { limit: number; where?: Readonly<Record<string, string>> },
): Promise<number> {
  let query = (db as Kysely<any>)
    .selectFrom(table)
    .select('account')
    .where('account', '=', account)
    .limit(limit);
  for (const [name, value] of Object.entries(where)) query = query.where(name, '=', value);
  return (await query.execute()).length;
}

/** In milliseconds since 1970: IAM tells times to the second. */
export function secondOf(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000) * 1000;
}

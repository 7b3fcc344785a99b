import type { Kysely } from 'kysely';
import type { Change } from '../../store/change.ts';
import type { BackingKey } from '../../vault-client/vault.ts';
import type { Alias } from './domain/alias.ts';
import type { Grant } from './domain/grant.ts';
import type { KmsKey, Place } from './domain/key.ts';
import { sameness } from './grant-digests.ts';
import { grantColumns, keyColumns, keyQueries } from './key-queries.ts';
import { madeInChange } from './made-in-change.ts';
import { aliasFromRow, backingKeyFromRow, grantFromRow, keyFromRow } from './rows.ts';
import type { KmsTables } from './schema.ts';

type KeyName = Place & { readonly keyId: string };
type Page = { readonly after?: string | undefined; readonly limit: number };

/** The room's queries. Those that take a Change see also what it is going to make. */
export class KmsReader {
  readonly #db: Kysely<KmsTables>;
  readonly #queries: ReturnType<typeof keyQueries>;

  constructor(db: Kysely<KmsTables>) {
    this.#db = db;
    this.#queries = keyQueries(db);
  }

  async key(name: KeyName, change: Change): Promise<KmsKey | undefined> {
    const made = madeInChange(change).keys.find((each) => isOfKey(each, name));
    if (made !== undefined) return made;
    const [row] = await this.#queries.key(nameOf(name));
    return row === undefined ? undefined : keyFromRow(row);
  }

  /** The key of whatever account: for ciphertexts, which do not name it. */
  async keyOfAnyAccount(region: string, keyId: string): Promise<KmsKey | undefined> {
    const row = await this.#db
      .selectFrom('kms_key')
      .select(keyColumns)
      .where('region', '=', region)
      .where('key_id', '=', keyId)
      .executeTakeFirst();
    return row === undefined ? undefined : keyFromRow(row);
  }

  /** In the order of their ids. */
  async keyIds(place: Place, { after, limit }: Page): Promise<string[]> {
    let query = this.#db
      .selectFrom('kms_key')
      .select('key_id')
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .orderBy('key_id')
      .limit(limit);
    if (after !== undefined) query = query.where('key_id', '>', after);
    return (await query.execute()).map((row) => row.key_id);
  }

  /** Customer managed keys. */
  async keyCount(place: Place): Promise<number> {
    const row = await this.#db
      .selectFrom('kms_key_count')
      .select('key_count')
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .executeTakeFirst();
    return row?.key_count ?? 0;
  }

  async backingKey(
    key: KeyName,
    backingKeyId: string,
    change: Change,
  ): Promise<BackingKey | undefined> {
    const made = madeInChange(change).backingKeys.find(
      (each) => isOfKey(each, key) && each.backingKeyId === backingKeyId,
    );
    if (made !== undefined) return made;
    const [row] = await this.#queries.backingKey({ ...nameOf(key), backingKeyId });
    return row === undefined ? undefined : backingKeyFromRow(row);
  }

  async tags(key: KeyName): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#queries.tags(nameOf(key));
    return new Map(rows.map((row) => [row.tag_key, row.tag_value]));
  }

  async alias(place: Place, name: string, change: Change): Promise<Alias | undefined> {
    const made = madeInChange(change).aliases.find(
      (each) =>
        each.account === place.account && each.region === place.region && each.name === name,
    );
    if (made !== undefined) return made;
    const row = await this.#db
      .selectFrom('kms_alias')
      .select(aliasColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('alias_name', '=', name)
      .executeTakeFirst();
    return row === undefined ? undefined : aliasFromRow(row);
  }

  /** The names of a key's aliases, in order. */
  async aliasNames(key: KeyName, limit: number): Promise<string[]> {
    const rows = await this.#queries.aliasNames({ ...nameOf(key), limit });
    return rows.map((row) => row.alias_name);
  }

  /** In the order of their names. */
  async aliases(place: Place & { keyId?: string | undefined }, page: Page): Promise<Alias[]> {
    let query = this.#db
      .selectFrom('kms_alias')
      .select(aliasColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .orderBy('alias_name')
      .limit(page.limit);
    if (place.keyId !== undefined) query = query.where('key_id', '=', place.keyId);
    if (page.after !== undefined) query = query.where('alias_name', '>', page.after);
    return (await query.execute()).map(aliasFromRow);
  }

  async grant(key: KeyName, grantId: string, change: Change): Promise<Grant | undefined> {
    const made = madeInChange(change).grants.find(
      (each) => isOfKey(each, key) && each.grantId === grantId,
    );
    if (made !== undefined) return made;
    const row = await this.#db
      .selectFrom('kms_grant')
      .select(grantColumns)
      .where('account', '=', key.account)
      .where('region', '=', key.region)
      .where('key_id', '=', key.keyId)
      .where('grant_id', '=', grantId)
      .executeTakeFirst();
    return row === undefined ? undefined : grantFromRow(row);
  }

  /** A grant of the same name and parameters. */
  async grantLike(grant: Grant, change: Change): Promise<Grant | undefined> {
    const wanted = sameness(grant);
    if (wanted === null) return undefined;
    const made = madeInChange(change).grants.find(
      (each) => isOfKey(each, grant) && sameness(each) === wanted,
    );
    if (made !== undefined) return made;
    const row = await this.#db
      .selectFrom('kms_grant')
      .select(grantColumns)
      .where('account', '=', grant.account)
      .where('region', '=', grant.region)
      .where('key_id', '=', grant.keyId)
      .where('sameness', '=', wanted)
      .executeTakeFirst();
    return row === undefined ? undefined : grantFromRow(row);
  }

  /** The grants of some grantees that stand under some rules: see `contextRule`. */
  async grantsFor(
    key: KeyName,
    grantees: readonly string[],
    rules: readonly string[],
    change: Change,
  ): Promise<Grant[]> {
    const rows = await this.#queries.grantsFor({ ...nameOf(key), grantees, rules });
    const made = madeInChange(change).grants.filter(
      (each) => isOfKey(each, key) && grantees.includes(each.granteePrincipal),
    );
    return [...rows.map(grantFromRow), ...made];
  }

  /** In the order of their ids. */
  async grants(
    key: KeyName,
    filter: { readonly grantId?: string | undefined; readonly grantee?: string | undefined },
    page: Page,
  ): Promise<Grant[]> {
    let query = this.#db
      .selectFrom('kms_grant')
      .select(grantColumns)
      .where('account', '=', key.account)
      .where('region', '=', key.region)
      .where('key_id', '=', key.keyId)
      .orderBy('grant_id')
      .limit(page.limit);
    if (filter.grantId !== undefined) query = query.where('grant_id', '=', filter.grantId);
    if (filter.grantee !== undefined) query = query.where('grantee_principal', '=', filter.grantee);
    if (page.after !== undefined) query = query.where('grant_id', '>', page.after);
    return (await query.execute()).map(grantFromRow);
  }
}

function nameOf({ account, region, keyId }: KeyName) {
  return { account, region, keyId };
}

function isOfKey(a: KeyName, b: KeyName): boolean {
  return a.account === b.account && a.region === b.region && a.keyId === b.keyId;
}

const aliasColumns = [
  'account',
  'region',
  'alias_name',
  'key_id',
  'created_at',
  'updated_at',
] as const;

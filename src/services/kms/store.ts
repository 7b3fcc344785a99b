import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import type { Change } from '../../store/change.ts';
import type { BackingKey } from '../../vault-client/vault.ts';
import { grantOwner, grantSet, keyOwner, keySet, setOfKey, type KeySet } from './authority-sets.ts';
import type { Alias } from './domain/alias.ts';
import type { Grant } from './domain/grant.ts';
import type { KmsKey, Place } from './domain/key.ts';
import { sameness } from './grant-digests.ts';
import { grantsForQuery } from './key-queries.ts';
import { madeInChange } from './made-in-change.ts';
import { aliasFromRow } from './rows.ts';
import type { KmsTables } from './schema.ts';

type KeyName = Place & { readonly keyId: string };
type Page = { readonly after?: string | undefined; readonly limit: number };

/** The tags of a key, and its aliases in the order of their names. */
export type KeyLabels = Pick<KeySet, 'tags' | 'aliases'>;

/**
 * The room's queries. Those that take a Change see also what it is going to make. What confers rights comes from
 * authenticated sets; the rest only finds it, or counts.
 */
export class KmsReader {
  readonly #db: Kysely<KmsTables>;
  readonly #authority: Authority;
  readonly #grantsFor: ReturnType<typeof grantsForQuery>;

  constructor(db: Kysely<KmsTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
    this.#grantsFor = grantsForQuery(db);
  }

  key(name: KeyName, change: Change): Soon<KmsKey | undefined> {
    const made = madeInChange(change).keys.find((each) => isOfKey(each, name));
    return made ?? soon(this.#set(name), (set) => set?.key);
  }

  /** The key of whatever account: for ciphertexts, which do not name it. */
  keyOfAnyAccount(region: string, keyId: string): Soon<KmsKey | undefined> {
    const row = this.#authority.lookUp(keySet, `key ${region} ${keyId}`, () =>
      this.#db
        .selectFrom('kms_key')
        .select('account')
        .where('region', '=', region)
        .where('key_id', '=', keyId)
        .executeTakeFirst(),
    );
    return soon(
      row,
      (found) =>
        found && soon(this.#set({ account: found.account, region, keyId }), (set) => set?.key),
    );
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

  backingKey(key: KeyName, backingKeyId: string, change: Change): Soon<BackingKey | undefined> {
    const made = madeInChange(change).backingKeys.find(
      (each) => isOfKey(each, key) && each.backingKeyId === backingKeyId,
    );
    const isWanted = (each: BackingKey): boolean => each.backingKeyId === backingKeyId;
    return made ?? soon(this.#setOf(key), (set) => set?.backingKeys.find(isWanted));
  }

  /** What conditions can say of a key besides what it is. */
  labels(key: KeyName): Soon<KeyLabels> {
    return soon(this.#setOf(key), (set) => set ?? noLabels);
  }

  async alias(place: Place, name: string, change: Change): Promise<Alias | undefined> {
    const made = madeInChange(change).aliases.find(
      (each) =>
        each.account === place.account && each.region === place.region && each.name === name,
    );
    if (made !== undefined) return made;
    const { account, region } = place;
    const row = await this.#authority.lookUp(keySet, `alias ${account} ${region} ${name}`, () =>
      this.#db
        .selectFrom('kms_alias')
        .select('key_id')
        .where('account', '=', account)
        .where('region', '=', region)
        .where('alias_name', '=', name)
        .executeTakeFirst(),
    );
    const set = row && (await this.#set({ account, region, keyId: row.key_id }));
    return set?.aliases.find((each) => each.name === name);
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
    return (await this.#authority.load(grantSet, grantOwner(key, grantId)))?.get(grantId);
  }

  /** A grant of the same name and parameters. */
  async grantLike(grant: Grant, change: Change): Promise<Grant | undefined> {
    const wanted = sameness(grant);
    if (wanted === null) return undefined;
    const made = madeInChange(change).grants.find(
      (each) => isOfKey(each, grant) && sameness(each) === wanted,
    );
    if (made !== undefined) return made;
    const rows = await this.#db
      .selectFrom('kms_grant')
      .select('grant_id')
      .where('account', '=', grant.account)
      .where('region', '=', grant.region)
      .where('key_id', '=', grant.keyId)
      .where('sameness', '=', wanted)
      .execute();
    const [same] = await this.#authentic(grant, rows);
    return same;
  }

  /** The grants of some grantees that stand under some rules: see `contextRule`. */
  grantsFor(
    key: KeyName,
    grantees: readonly string[],
    rules: readonly string[],
    change: Change,
  ): Soon<readonly Grant[]> {
    const wanted = { ...nameOf(key), grantees, rules };
    const rows = this.#authority.lookUp(grantSet, JSON.stringify(wanted), () =>
      this.#grantsFor(wanted),
    );
    const made = madeInChange(change).grants.filter(
      (each) => isOfKey(each, key) && grantees.includes(each.granteePrincipal),
    );
    return soon(rows, (found) =>
      found.length === 0
        ? made
        : this.#authentic(key, found).then((grants) => [...grants, ...made]),
    );
  }

  /** In the order of their ids. */
  async grants(
    key: KeyName,
    filter: {
      readonly grantId?: string | undefined;
      readonly grantees?: readonly string[] | undefined;
    },
    page: Page,
  ): Promise<Grant[]> {
    let query = this.#db
      .selectFrom('kms_grant')
      .select('grant_id')
      .where('account', '=', key.account)
      .where('region', '=', key.region)
      .where('key_id', '=', key.keyId)
      .orderBy('grant_id')
      .limit(page.limit);
    if (filter.grantId !== undefined) query = query.where('grant_id', '=', filter.grantId);
    if (filter.grantees !== undefined)
      query = query.where('grantee_principal', 'in', filter.grantees);
    if (page.after !== undefined) query = query.where('grant_id', '>', page.after);
    return this.#authentic(key, await query.execute());
  }

  /** How many grants a customer managed key has. */
  async grantCount(key: KeyName): Promise<number> {
    const row = await this.#db
      .selectFrom('kms_key')
      .select('grant_count')
      .where('account', '=', key.account)
      .where('region', '=', key.region)
      .where('key_id', '=', key.keyId)
      .executeTakeFirst();
    return row?.grant_count ?? 0;
  }

  #set(key: KeyName): Soon<KeySet | undefined> {
    return this.#authority.load(keySet, keyOwner(key));
  }

  /** The set that a key was read from: what is decided by its policy is decided by what was there beside it. */
  #setOf(key: KeyName): Soon<KeySet | undefined> {
    return setOfKey(key) ?? this.#set(key);
  }

  /** The grants that rows say are there, as their sets know them. */
  async #authentic(key: KeyName, rows: readonly { grant_id: string }[]): Promise<Grant[]> {
    const grants = await Promise.all(
      rows.map(async ({ grant_id: id }) =>
        (await this.#authority.load(grantSet, grantOwner(key, id)))?.get(id),
      ),
    );
    return grants.filter((each) => each !== undefined);
  }
}

const noLabels: KeyLabels = { tags: new Map(), aliases: [] };

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

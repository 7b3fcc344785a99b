import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import type { Change } from '../../store/change.ts';
import { repeatedStatement } from '../../store/repeated-query.ts';
import type { BackingKey } from '../../vault-client/vault.ts';
import { grantOwner, grantSet, keyOwner, keySet } from './authority-sets.ts';
import type { Alias } from './domain/alias.ts';
import { maxGrantsPerKey, type Grant } from './domain/grant.ts';
import type { KmsKey } from './domain/key.ts';
import { noteMade } from './made-in-change.ts';
import { aliasToRow, backingKeyToRow, grantToRow, keyToRow } from './rows.ts';
import type { KmsTables } from './schema.ts';

type GrantKey = 'account' | 'region' | 'keyId' | 'grantId';

/** Customer managed keys that an account can have in a Region. */
export const maxKeys = 100_000;

/** Builds the statements of a Change. Each holds only if what it changes is still as it was read. */
export class KmsWriter {
  readonly #db: Kysely<KmsTables>;
  readonly #authority: Authority;
  readonly #grant;

  constructor(db: Kysely<KmsTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
    this.#grant = repeatedStatement((wanted: Record<GrantKey, string>) =>
      db
        .selectFrom('kms_grant')
        .select('grant_id')
        .where('account', '=', wanted.account)
        .where('region', '=', wanted.region)
        .where('key_id', '=', wanted.keyId)
        .where('grant_id', '=', wanted.grantId),
    );
  }

  insertKey(
    change: Change,
    key: KmsKey,
    backingKey: BackingKey,
    tags: ReadonlyMap<string, string> = new Map(),
  ): void {
    const { account, region, keyId } = key;
    const made = noteMade(change);
    made.keys.push(key);
    made.backingKeys.push(backingKey);
    const set = this.#authority.edit(change, keySet, keyOwner(key));
    const row = keyToRow(key);
    change.write(this.#db.insertInto('kms_key').values(row));
    set.put('kms_key', row);
    const backingRow = backingKeyToRow(backingKey, key.createdAt);
    change.write(this.#db.insertInto('kms_backing_key').values(backingRow));
    set.put('kms_backing_key', backingRow);
    for (const [tag_key, tag_value] of tags) {
      const tag = { account, region, key_id: keyId, tag_key, tag_value };
      change.write(this.#db.insertInto('kms_tag').values(tag));
      set.put('kms_tag', tag);
    }
    if (key.keyManager === 'CUSTOMER') this.#countKey(change, key);
  }

  setState(change: Change, before: KmsKey, after: KmsKey): void {
    this.#update(change, before, { from: before.state, to: after.state, column: 'key_state' });
  }

  setPolicy(change: Change, before: KmsKey, policy: string): void {
    this.#update(change, before, { from: before.policy, to: policy, column: 'policy' });
  }

  /** Fails when the name is taken. */
  insertAlias(change: Change, alias: Alias): void {
    noteMade(change).aliases.push(alias);
    const row = aliasToRow(alias);
    change.write(this.#db.insertInto('kms_alias').values(row));
    this.#authority.edit(change, keySet, keyOwner(alias)).put('kms_alias', row);
  }

  deleteAlias(change: Change, alias: Alias): void {
    change.write(
      this.#db
        .deleteFrom('kms_alias')
        .where('account', '=', alias.account)
        .where('region', '=', alias.region)
        .where('alias_name', '=', alias.name)
        .where('key_id', '=', alias.keyId),
      { rows: 1 },
    );
    this.#authority.edit(change, keySet, keyOwner(alias)).remove('kms_alias', aliasToRow(alias));
  }

  insertGrant(change: Change, grant: Grant, key: KmsKey): void {
    noteMade(change).grants.push(grant);
    const row = grantToRow(grant);
    change.write(this.#db.insertInto('kms_grant').values(row));
    this.#authority.edit(change, grantSet, grantOwner(grant, grant.grantId)).put('kms_grant', row);
    if (key.keyManager === 'CUSTOMER') this.#countGrant(change, key, 1);
  }

  deleteGrant(change: Change, grant: Grant, key: KmsKey): void {
    const { grants } = noteMade(change);
    const made = grants.indexOf(grant);
    if (made >= 0) grants.splice(made, 1);
    change.write(
      this.#db
        .deleteFrom('kms_grant')
        .where('account', '=', grant.account)
        .where('region', '=', grant.region)
        .where('key_id', '=', grant.keyId)
        .where('grant_id', '=', grant.grantId),
      { rows: 1 },
    );
    this.#authority
      .edit(change, grantSet, grantOwner(grant, grant.grantId))
      .remove('kms_grant', grantToRow(grant));
    if (key.keyManager === 'CUSTOMER') this.#countGrant(change, key, -1);
  }

  /** The Change only holds while the grant is there: what it allowed is not answered once it is gone. */
  requireGrant(change: Change, grant: Grant): void {
    const { account, region, keyId, grantId } = grant;
    change.write(this.#grant({ account, region, keyId, grantId }), { rows: 1 });
  }

  #update(
    change: Change,
    { account, region, keyId: key_id }: KmsKey,
    { column, from, to }: { column: 'key_state' | 'policy'; from: string; to: string },
  ): void {
    change.write(
      this.#db
        .updateTable('kms_key')
        .set({ [column]: to })
        .where('account', '=', account)
        .where('region', '=', region)
        .where('key_id', '=', key_id)
        .where(column, '=', from),
      { rows: 1 },
    );
    this.#authority
      .edit(change, keySet, keyOwner({ account, region, keyId: key_id }))
      .update('kms_key', { account, region, key_id }, { [column]: to });
  }

  #countKey(change: Change, { account, region }: KmsKey): void {
    change.write(
      this.#db
        .insertInto('kms_key_count')
        .values({ account, region, key_count: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'region'])
            .doUpdateSet((eb) => ({ key_count: eb('kms_key_count.key_count', '+', 1) }))
            .where('kms_key_count.key_count', '<', maxKeys),
        ),
      { rows: 1 },
    );
  }

  #countGrant(change: Change, key: KmsKey, by: 1 | -1): void {
    change.write(
      this.#db
        .updateTable('kms_key')
        .set((eb) => ({ grant_count: eb('grant_count', '+', by) }))
        .where('account', '=', key.account)
        .where('region', '=', key.region)
        .where('key_id', '=', key.keyId)
        .where('grant_count', '<', maxGrantsPerKey + (by === 1 ? 0 : 1)),
      { rows: 1 },
    );
  }
}

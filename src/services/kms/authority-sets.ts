import { shardOwner, type AuthoritySet, type SetOwner } from '../../aws/authority/authority-set.ts';
import type { BackingKey } from '../../vault-client/vault.ts';
import type { Alias } from './domain/alias.ts';
import type { Grant } from './domain/grant.ts';
import type { KmsKey, Place } from './domain/key.ts';
import { aliasFromRow, backingKeyFromRow, grantFromRow, keyFromRow } from './rows.ts';
import type { AliasTable, BackingKeyTable, GrantTable, KeyTable, TagTable } from './schema.ts';

/** All of a key but its grants. */
export interface KeySet {
  readonly key: KmsKey | undefined;
  readonly backingKeys: readonly BackingKey[];
  /** In the order of their names. */
  readonly aliases: readonly Alias[];
  readonly tags: ReadonlyMap<string, string>;
}

/** A key with its policy and state, its material, its aliases and its tags, of which conditions may speak. */
export const keySet: AuthoritySet<KeySet> = {
  kind: 'kms-key',
  tables: [
    {
      name: 'kms_key',
      key: ['account', 'region', 'key_id'],
      columns: [
        'created_at',
        'description',
        'key_spec',
        'key_usage',
        'origin',
        'key_manager',
        'key_state',
        'policy',
        'backing_key_id',
      ],
      place: ['account', 'region'],
      owner: 'key_id',
    },
    {
      name: 'kms_backing_key',
      key: ['account', 'region', 'key_id', 'backing_key_id'],
      columns: ['spec', 'usage', 'wrapped', 'created_at'],
      place: ['account', 'region'],
      owner: 'key_id',
    },
    {
      name: 'kms_alias',
      key: ['account', 'region', 'alias_name'],
      columns: ['key_id', 'created_at', 'updated_at'],
      place: ['account', 'region'],
      owner: 'key_id',
    },
    {
      name: 'kms_tag',
      key: ['account', 'region', 'key_id', 'tag_key'],
      columns: ['tag_value'],
      place: ['account', 'region'],
      owner: 'key_id',
    },
  ],
  read: (rows) => {
    const set: KeySet = {
      key: rows<KeyTable>('kms_key').map(keyFromRow)[0],
      backingKeys: rows<BackingKeyTable>('kms_backing_key').map(backingKeyFromRow),
      aliases: rows<AliasTable>('kms_alias')
        .map(aliasFromRow)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      tags: new Map(rows<TagTable>('kms_tag').map((row) => [row.tag_key, row.tag_value])),
    };
    if (set.key !== undefined) setsOfKeys.set(set.key, set);
    return set;
  },
};

const setsOfKeys = new WeakMap<object, KeySet>();

/** The set of which this very object is the key. */
export function setOfKey(key: object): KeySet | undefined {
  return setsOfKeys.get(key);
}

/** Hex digits of a grant's id by which a key's grants are cut into sets: a change costs one 256th of 50,000 grants. */
const shardLength = 2;

/** Some of a key's grants, by their ids. */
export const grantSet: AuthoritySet<ReadonlyMap<string, Grant>> = {
  kind: 'kms-grants',
  tables: [
    {
      name: 'kms_grant',
      key: ['account', 'region', 'key_id', 'grant_id'],
      columns: [
        'name',
        'grantee_principal',
        'retiring_principal',
        'issuing_account',
        'operations',
        'grant_constraint',
        'context_rule',
        'sameness',
        'created_at',
      ],
      place: ['account', 'region'],
      owner: 'key_id',
      shard: { column: 'grant_id', length: shardLength },
    },
  ],
  read: (rows) =>
    new Map(rows<GrantTable>('kms_grant').map((row) => [row.grant_id, grantFromRow(row)])),
};

export const kmsAuthoritySets = [keySet, grantSet] as const;

export function keyOwner({ account, region, keyId }: Place & { readonly keyId: string }): SetOwner {
  return { account, region, owner: keyId };
}

export function grantOwner(
  { account, region, keyId }: Place & { readonly keyId: string },
  grantId: string,
): SetOwner {
  return { account, region, owner: shardOwner(keyId, grantId, shardLength) };
}

import type { Kysely } from 'kysely';
import { repeatedQuery } from '../../store/repeated-query.ts';
import type { KmsTables } from './schema.ts';

// Types and not interfaces: only those count as records of values.
type OfKey = { readonly account: string; readonly region: string; readonly keyId: string };
type OfGrantees = OfKey & {
  readonly grantees: readonly string[];
  readonly rules: readonly string[];
};

/** What every use of a key asks for. */
export function keyQueries(db: Kysely<KmsTables>) {
  return {
    key: repeatedQuery(db, ({ account, region, keyId }: OfKey) =>
      db
        .selectFrom('kms_key')
        .select(keyColumns)
        .where('account', '=', account)
        .where('region', '=', region)
        .where('key_id', '=', keyId),
    ),
    backingKey: repeatedQuery(
      db,
      ({ account, region, keyId, backingKeyId }: OfKey & { readonly backingKeyId: string }) =>
        db
          .selectFrom('kms_backing_key')
          .select(['account', 'region', 'key_id', 'backing_key_id', 'spec', 'usage', 'wrapped'])
          .where('account', '=', account)
          .where('region', '=', region)
          .where('key_id', '=', keyId)
          .where('backing_key_id', '=', backingKeyId),
    ),
    tags: repeatedQuery(db, ({ account, region, keyId }: OfKey) =>
      db
        .selectFrom('kms_tag')
        .select(['tag_key', 'tag_value'])
        .where('account', '=', account)
        .where('region', '=', region)
        .where('key_id', '=', keyId),
    ),
    aliasNames: repeatedQuery(
      db,
      ({ account, region, keyId, limit }: OfKey & { readonly limit: number }) =>
        db
          .selectFrom('kms_alias')
          .select('alias_name')
          .where('account', '=', account)
          .where('region', '=', region)
          .where('key_id', '=', keyId)
          .orderBy('alias_name')
          .limit(limit),
    ),
    grantsFor: repeatedQuery(db, ({ account, region, keyId, grantees, rules }: OfGrantees) =>
      db
        .selectFrom('kms_grant')
        .select(grantColumns)
        .where('account', '=', account)
        .where('region', '=', region)
        .where('key_id', '=', keyId)
        .where('grantee_principal', 'in', grantees)
        .where('context_rule', 'in', rules),
    ),
  };
}

export const keyColumns = [
  'account',
  'region',
  'key_id',
  'created_at',
  'description',
  'key_spec',
  'key_usage',
  'origin',
  'key_manager',
  'key_state',
  'policy',
  'backing_key_id',
  'grant_count',
] as const;

export const grantColumns = [
  'account',
  'region',
  'key_id',
  'grant_id',
  'name',
  'grantee_principal',
  'retiring_principal',
  'issuing_account',
  'operations',
  'grant_constraint',
  'created_at',
] as const;

import { watch } from '../../aws/authority/schema.ts';
import type { Sealed } from '../../lib/secret.ts';
import { bytes } from '../../store/column-types.ts';
import { regionalTable } from '../../store/regional-table.ts';
import type { Migrations } from '../../store/store.ts';
import { grantSet, keySet } from './authority-sets.ts';

export interface KeyTable {
  account: string;
  region: string;
  key_id: string;
  created_at: number;
  description: string;
  key_spec: string;
  key_usage: string;
  origin: string;
  key_manager: string;
  key_state: string;
  policy: string;
  backing_key_id: string;
  grant_count: number;
}

/** One generation of a key's material, wrapped by the vault. */
export interface BackingKeyTable {
  account: string;
  region: string;
  key_id: string;
  backing_key_id: string;
  spec: string;
  usage: string;
  wrapped: Sealed<'backing-key'>;
  created_at: number;
}

/** Customer managed keys of an account and Region, for their quota. */
interface KeyCountTable {
  account: string;
  region: string;
  key_count: number;
}

export interface AliasTable {
  account: string;
  region: string;
  alias_name: string;
  key_id: string;
  created_at: number;
  updated_at: number;
}

export interface GrantTable {
  account: string;
  region: string;
  key_id: string;
  grant_id: string;
  name: string;
  grantee_principal: string;
  retiring_principal: string | null;
  issuing_account: string;
  /** JSON list. */
  operations: string;
  /** JSON of the constraint. */
  grant_constraint: string | null;
  /** See `contextRule`: by it a use finds the few grants that may cover it. */
  context_rule: string;
  /** See `sameness`; null for a grant without a name. */
  sameness: string | null;
  created_at: number;
}

export interface TagTable {
  account: string;
  region: string;
  key_id: string;
  tag_key: string;
  tag_value: string;
}

export interface KmsTables {
  kms_key: KeyTable;
  kms_backing_key: BackingKeyTable;
  kms_key_count: KeyCountTable;
  kms_alias: AliasTable;
  kms_grant: GrantTable;
  kms_tag: TagTable;
}

export const kmsMigrations: Migrations = {
  'kms-0001': {
    async up(db) {
      await regionalTable(db, 'kms_key', 'key_id')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('description', 'text', (c) => c.notNull())
        .addColumn('key_spec', 'text', (c) => c.notNull())
        .addColumn('key_usage', 'text', (c) => c.notNull())
        .addColumn('origin', 'text', (c) => c.notNull())
        .addColumn('key_manager', 'text', (c) => c.notNull())
        .addColumn('key_state', 'text', (c) => c.notNull())
        .addColumn('policy', 'text', (c) => c.notNull())
        .addColumn('backing_key_id', 'text', (c) => c.notNull())
        .addColumn('grant_count', 'integer', (c) => c.notNull())
        .execute();
      // A ciphertext names its key but not the account.
      await db.schema
        .createIndex('kms_key_by_id')
        .on('kms_key')
        .columns(['region', 'key_id'])
        .execute();
      await regionalTable(db, 'kms_backing_key', 'key_id', 'backing_key_id')
        .addColumn('spec', 'text', (c) => c.notNull())
        .addColumn('usage', 'text', (c) => c.notNull())
        .addColumn('wrapped', bytes as never, (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute();
      await regionalTable(db, 'kms_key_count')
        .addColumn('key_count', 'integer', (c) => c.notNull())
        .execute();
      await regionalTable(db, 'kms_alias', 'alias_name')
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('updated_at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('kms_alias_by_key')
        .on('kms_alias')
        .columns(['account', 'region', 'key_id', 'alias_name'])
        .execute();
      await regionalTable(db, 'kms_grant', 'key_id', 'grant_id')
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('grantee_principal', 'text', (c) => c.notNull())
        .addColumn('retiring_principal', 'text')
        .addColumn('issuing_account', 'text', (c) => c.notNull())
        .addColumn('operations', 'text', (c) => c.notNull())
        .addColumn('grant_constraint', 'text')
        .addColumn('context_rule', 'text', (c) => c.notNull())
        .addColumn('sameness', 'text')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('kms_grant_by_grantee')
        .on('kms_grant')
        .columns(['account', 'region', 'key_id', 'grantee_principal', 'grant_id'])
        .execute();
      await db.schema
        .createIndex('kms_grant_by_use')
        .on('kms_grant')
        .columns(['account', 'region', 'key_id', 'grantee_principal', 'context_rule'])
        .execute();
      await db.schema
        .createIndex('kms_grant_by_sameness')
        .unique()
        .on('kms_grant')
        .columns(['account', 'region', 'key_id', 'sameness'])
        .execute();
      await regionalTable(db, 'kms_tag', 'key_id', 'tag_key')
        .addColumn('tag_value', 'text', (c) => c.notNull())
        .execute();
    },
  },
  'kms-0002': {
    async up(db) {
      await watch(db, keySet);
      await watch(db, grantSet);
    },
  },
};

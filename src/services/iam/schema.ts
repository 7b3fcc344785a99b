import { watch } from '../../aws/authority/schema.ts';
import { bytes } from '../../store/column-types.ts';
import type { Migrations } from '../../store/store.ts';
import type { Sealed } from '../../lib/secret.ts';
import { iamAuthoritySets } from './authority-sets.ts';

export interface AccountTable {
  account: string;
  created_at: number;
}

export interface UserTable {
  account: string;
  /** The name in lower case: names are unique without regard to case. */
  user_key: string;
  user_name: string;
  path: string;
  user_id: string;
  created_at: number;
  /** JSON, as in the request. */
  tags: string;
  /** Grows with each change of the user's keys and policies. */
  version: number;
}

export interface UserPolicyTable {
  account: string;
  user_key: string;
  policy_name: string;
  document: string;
}

export interface AccessKeyTable {
  account: string;
  access_key_id: string;
  user_key: string;
  status: string;
  created_at: number;
  /** The secret access key under holdfast's own backing key, bound to key id and user id. */
  ciphertext: Sealed<'credential'>;
}

/** A service-linked role; what it may do is in domain/service-linked-roles.ts. */
export interface RoleTable {
  account: string;
  role_name: string;
  role_id: string;
  created_at: number;
}

/** Temporary credentials of a role. */
export interface SessionTable {
  account: string;
  access_key_id: string;
  role_name: string;
  session_name: string;
  /** JSON array of policy documents, or null for a session without. */
  policies: string | null;
  issued_at: number;
  expires_at: number;
  /** Secret access key and session token, bound to key id and role id. */
  ciphertext: Sealed<'credential'>;
}

/** Holdfast's own backing keys, wrapped by the vault. */
export interface BackingKeyTable {
  purpose: string;
  key_id: string;
  backing_key_id: string;
  wrapped: Sealed<'backing-key'>;
}

export interface IamTables {
  iam_account: AccountTable;
  iam_user: UserTable;
  iam_user_policy: UserPolicyTable;
  iam_access_key: AccessKeyTable;
  iam_role: RoleTable;
  iam_session: SessionTable;
  iam_backing_key: BackingKeyTable;
}

export const iamMigrations: Migrations = {
  'iam-0001': {
    async up(db) {
      const table = (name: string, ...key: string[]) =>
        key
          .reduce(
            (all, column) => all.addColumn(column, 'text', (c) => c.notNull()),
            db.schema.createTable(name),
          )
          .addPrimaryKeyConstraint(`${name}_pk`, key as never);
      const index = (name: string, on: string, ...columns: string[]) =>
        db.schema.createIndex(name).on(on).columns(columns).execute();
      await table('iam_account', 'account')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('iam_account_by_age')
        .on('iam_account')
        .columns(['created_at', 'account'])
        .execute();
      await table('iam_user', 'account', 'user_key')
        .addColumn('user_name', 'text', (c) => c.notNull())
        .addColumn('path', 'text', (c) => c.notNull())
        .addColumn('user_id', 'text', (c) => c.notNull().unique())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('tags', 'text', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .execute();
      await table('iam_user_policy', 'account', 'user_key', 'policy_name')
        .addColumn('document', 'text', (c) => c.notNull())
        .execute();
      await table('iam_access_key', 'account', 'access_key_id')
        .addColumn('user_key', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('ciphertext', bytes as never, (c) => c.notNull())
        .execute();
      await index('iam_access_key_by_user', 'iam_access_key', 'account', 'user_key');
      await table('iam_role', 'account', 'role_name')
        .addColumn('role_id', 'text', (c) => c.notNull().unique())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .execute();
      await table('iam_session', 'account', 'access_key_id')
        .addColumn('role_name', 'text', (c) => c.notNull())
        .addColumn('session_name', 'text', (c) => c.notNull())
        .addColumn('policies', 'text')
        .addColumn('issued_at', 'bigint', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addColumn('ciphertext', bytes as never, (c) => c.notNull())
        .execute();
      await index('iam_session_by_end', 'iam_session', 'expires_at');
      await table('iam_backing_key', 'purpose')
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('backing_key_id', 'text', (c) => c.notNull())
        .addColumn('wrapped', bytes as never, (c) => c.notNull())
        .execute();
    },
  },
  'iam-0002': {
    async up(db) {
      for (const set of iamAuthoritySets) await watch(db, set);
    },
  },
};

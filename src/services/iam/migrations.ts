import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import { watch } from '../../aws/authority/schema.ts';
import { bytes } from '../../store/column-types.ts';
import type { Migrations } from '../../store/store.ts';
import { iamAuthoritySets } from './sets/index.ts';

const watchedSince2 = [
  'iam_account',
  'iam_user',
  'iam_user_policy',
  'iam_access_key',
  'iam_role',
  'iam_backing_key',
];

export const iamMigrations: Migrations = {
  'iam-0001': {
    async up(db) {
      const table = (name: string, ...key: string[]) => tableOf(db, name, key);
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
      for (const set of iamAuthoritySets)
        await watch(db, set, ({ name }) => watchedSince2.includes(name));
    },
  },
  'iam-0003': {
    async up(db) {
      for (const [name, { key, columns }] of Object.entries(since3))
        await Object.entries(columns)
          .reduce(
            (table, [column, type]) =>
              table.addColumn(
                column,
                type.replace('?', '') === 'bytes'
                  ? (bytes as never)
                  : (type.replace('?', '') as 'text' | 'bigint'),
                (c) => (type.endsWith('?') ? c : c.notNull()),
              ),
            tableOf(db, name, key),
          )
          .execute();
      for (const [name, [table, ...columns]] of Object.entries(indexesSince3))
        await db.schema.createIndex(name).on(table).columns(columns).execute();
      // Names of roles are unique without regard to case, unlike the key under which a role is found.
      await sql
        .raw('CREATE UNIQUE INDEX iam_role_by_key ON iam_role (account, lower(role_name))')
        .execute(db);
      await db.schema
        .createIndex('iam_account_alias_by_name')
        .on('iam_account_alias')
        .column('alias')
        .unique()
        .execute();
      for (const set of iamAuthoritySets)
        await watch(db, set, ({ name }) => Object.hasOwn(since3, name));
    },
  },
  'iam-0004': {
    // Sessions stand in their tokens.
    async up(db) {
      await db.schema.dropTable('iam_session').execute();
      await db.deleteFrom('authority_set').where('kind', '=', 'iam-session').execute();
      await db.deleteFrom('authority_clock').where('kind', '=', 'iam-session').execute();
    },
  },
};

/** `?` for a column that may be null. */
type Columns = Readonly<Record<string, 'text' | 'text?' | 'bigint' | 'bigint?' | 'bytes'>>;

const since3: Readonly<Record<string, { key: readonly string[]; columns: Columns }>> = {
  iam_account_alias: { key: ['account'], columns: { alias: 'text' } },
  iam_password_policy: { key: ['account'], columns: { policy: 'text' } },
  iam_credential_report: {
    key: ['account'],
    columns: { generated_at: 'bigint', content: 'text' },
  },
  iam_user_attachment: { key: ['account', 'user_key', 'policy_arn'], columns: {} },
  iam_user_boundary: { key: ['account', 'user_key'], columns: { policy_arn: 'text' } },
  iam_membership: { key: ['account', 'user_key', 'group_key'], columns: {} },
  iam_access_key_use: {
    key: ['account', 'access_key_id'],
    columns: { used_at: 'bigint', region: 'text', service: 'text' },
  },
  iam_login_profile: {
    key: ['account', 'user_key'],
    columns: {
      password_hash: 'text',
      created_at: 'bigint',
      changed_at: 'bigint',
      reset_required: 'bigint',
    },
  },
  iam_old_password: {
    key: ['account', 'user_key', 'password_hash'],
    columns: { changed_at: 'bigint' },
  },
  iam_group: {
    key: ['account', 'group_key'],
    columns: {
      group_name: 'text',
      path: 'text',
      group_id: 'text',
      created_at: 'bigint',
      version: 'bigint',
    },
  },
  iam_group_policy: {
    key: ['account', 'group_key', 'policy_name'],
    columns: { document: 'text' },
  },
  iam_group_attachment: { key: ['account', 'group_key', 'policy_arn'], columns: {} },
  iam_policy: {
    key: ['account', 'policy_key'],
    columns: {
      policy_name: 'text',
      path: 'text',
      policy_id: 'text',
      description: 'text?',
      created_at: 'bigint',
      updated_at: 'bigint',
      default_version: 'text',
      next_version: 'bigint',
      tags: 'text',
      version: 'bigint',
    },
  },
  iam_policy_version: {
    key: ['account', 'policy_key', 'version_id'],
    columns: { document: 'text', created_at: 'bigint' },
  },
  iam_role_settings: {
    key: ['account', 'role_name'],
    columns: {
      path: 'text',
      description: 'text?',
      trust_policy: 'text',
      max_session_seconds: 'bigint',
      boundary: 'text?',
      tags: 'text',
      version: 'bigint',
    },
  },
  iam_role_policy: {
    key: ['account', 'role_name', 'policy_name'],
    columns: { document: 'text' },
  },
  iam_role_attachment: { key: ['account', 'role_name', 'policy_arn'], columns: {} },
  iam_role_use: {
    key: ['account', 'role_name'],
    columns: { used_at: 'bigint', region: 'text' },
  },
  iam_mfa_device: {
    key: ['account', 'device_key'],
    columns: {
      device_name: 'text',
      path: 'text',
      created_at: 'bigint',
      seed: 'bytes',
      holder: 'text?',
      enabled_at: 'bigint?',
      last_step: 'bigint',
      tags: 'text',
      version: 'bigint',
    },
  },
  iam_oidc_provider: {
    key: ['account', 'provider_key'],
    columns: {
      client_ids: 'text',
      thumbprints: 'text',
      created_at: 'bigint',
      tags: 'text',
      version: 'bigint',
    },
  },
};

const indexesSince3: Readonly<Record<string, readonly [table: string, ...columns: string[]]>> = {
  iam_user_attachment_by_policy: ['iam_user_attachment', 'account', 'policy_arn', 'user_key'],
  iam_user_boundary_by_policy: ['iam_user_boundary', 'account', 'policy_arn', 'user_key'],
  iam_membership_by_group: ['iam_membership', 'account', 'group_key', 'user_key'],
  iam_group_attachment_by_policy: ['iam_group_attachment', 'account', 'policy_arn', 'group_key'],
  iam_role_attachment_by_policy: ['iam_role_attachment', 'account', 'policy_arn', 'role_name'],
  iam_role_settings_by_boundary: ['iam_role_settings', 'account', 'boundary', 'role_name'],
  iam_mfa_device_by_holder: ['iam_mfa_device', 'account', 'holder', 'device_key'],
};

function tableOf(
  db: Kysely<any>,
  name: string,
  key: readonly string[],
): CreateTableBuilder<string, string> {
  return key
    .reduce(
      (all, column) => all.addColumn(column, 'text', (c) => c.notNull()),
      db.schema.createTable(name) as CreateTableBuilder<string, string>,
    )
    .addPrimaryKeyConstraint(`${name}_pk`, key as never);
}

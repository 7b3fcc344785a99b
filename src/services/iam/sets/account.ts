import type { AuthoritySet } from '../../../aws/authority/authority-set.ts';
import type { Tag } from '../model.ts';
import type {
  AccountTable,
  AliasTable,
  BackingKeyTable,
  OidcProviderTable,
  PasswordPolicyTable,
} from '../schema.ts';
import { iamOwner, instant, readTags } from './owner.ts';

/** The accounts, the oldest first: in the first one's trail stands what belongs to no other. */
export const accountSet: AuthoritySet<readonly AccountTable[]> = {
  kind: 'iam-accounts',
  tables: [{ name: 'iam_account', key: ['account'], columns: ['created_at'], place: [] }],
  read: (rows) =>
    rows<AccountTable>('iam_account').toSorted(
      (a, b) => a.created_at - b.created_at || (a.account < b.account ? -1 : 1),
    ),
};

export const accountOwner = iamOwner('', '');

/** What passwords must be like. @see IAM API Reference, UpdateAccountPasswordPolicy */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly allowUsersToChange: boolean;
  /** In days; absent when they do not expire. */
  readonly maxAge?: number;
  /** So many old ones must not come again. */
  readonly reusePrevention?: number;
  /** An expired one cannot be changed by its user. */
  readonly hardExpiry: boolean;
}

/** What holds for an account as a whole. */
export interface AccountSettings {
  readonly alias: string | undefined;
  /** Undefined when AWS's default applies. */
  readonly passwordPolicy: PasswordPolicy | undefined;
}

export const accountSettingsSet: AuthoritySet<AccountSettings> = {
  kind: 'iam-account-settings',
  tables: [
    { name: 'iam_account_alias', key: ['account'], columns: ['alias'], place: ['account'] },
    { name: 'iam_password_policy', key: ['account'], columns: ['policy'], place: ['account'] },
  ],
  read: (rows) => {
    const [policy] = rows<PasswordPolicyTable>('iam_password_policy');
    return {
      alias: rows<AliasTable>('iam_account_alias')[0]?.alias,
      passwordPolicy: policy && (JSON.parse(policy.policy) as PasswordPolicy),
    };
  },
};

/** An OpenID Connect provider that trust policies of roles can name. */
export interface OidcProvider {
  readonly account: string;
  /** Without `https://`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: Temporal.Instant;
  readonly tags: readonly Tag[];
  readonly version: number;
}

export const oidcProviderSet: AuthoritySet<OidcProvider | undefined> = {
  kind: 'iam-oidc-provider',
  tables: [
    {
      name: 'iam_oidc_provider',
      key: ['account', 'provider_key'],
      columns: ['client_ids', 'thumbprints', 'created_at', 'tags', 'version'],
      place: ['account'],
      owner: 'provider_key',
    },
  ],
  read: (rows) => {
    const [row] = rows<OidcProviderTable>('iam_oidc_provider');
    return (
      row && {
        account: row.account,
        url: row.provider_key,
        clientIds: JSON.parse(row.client_ids) as string[],
        thumbprints: JSON.parse(row.thumbprints) as string[],
        createdAt: instant(row.created_at),
        tags: readTags(row.tags),
        version: row.version,
      }
    );
  },
};

/** Holdfast's own backing key of one purpose. */
export const backingKeySet: AuthoritySet<BackingKeyTable | undefined> = {
  kind: 'iam-backing-key',
  tables: [
    {
      name: 'iam_backing_key',
      key: ['purpose'],
      columns: ['key_id', 'backing_key_id', 'wrapped'],
      place: [],
      owner: 'purpose',
    },
  ],
  read: (rows) => rows<BackingKeyTable>('iam_backing_key')[0],
};

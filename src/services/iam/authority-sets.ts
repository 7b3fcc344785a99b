import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type { Sealed } from '../../lib/secret.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Tag } from './model.ts';
import type {
  AccessKeyTable,
  AccountTable,
  BackingKeyTable,
  RoleTable,
  SessionTable,
  UserPolicyTable,
  UserTable,
} from './schema.ts';

export interface User {
  readonly account: string;
  readonly userName: string;
  readonly path: string;
  readonly userId: string;
  readonly createdAt: Temporal.Instant;
  readonly tags: readonly Tag[];
  readonly version: number;
}

/** Names are unique without regard to case. */
export function userKey(userName: string): string {
  return userName.toLowerCase();
}

/** A user with all that is theirs. */
export interface UserSet {
  readonly user: User | undefined;
  /** Documents by their names. */
  readonly policies: ReadonlyMap<string, string>;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly accessKeys: readonly AccessKeyTable[];
  /** By their ids. */
  readonly activeKeys: ReadonlyMap<string, UserAccessKey>;
}

/** An access key with its user. */
export interface UserAccessKey {
  readonly user: User;
  readonly ciphertext: SealedCredential;
}

/** What only the vault can make of a credential. */
export type SealedCredential = Sealed<'credential'>;

/** A user, their policies (a Deny too) and their access keys. */
export const userSet: AuthoritySet<UserSet> = {
  kind: 'iam-user',
  tables: [
    {
      name: 'iam_user',
      key: ['account', 'user_key'],
      columns: ['user_name', 'path', 'user_id', 'created_at', 'tags', 'version'],
      place: ['account'],
      owner: 'user_key',
    },
    {
      name: 'iam_user_policy',
      key: ['account', 'user_key', 'policy_name'],
      columns: ['document'],
      place: ['account'],
      owner: 'user_key',
    },
    {
      name: 'iam_access_key',
      key: ['account', 'access_key_id'],
      columns: ['user_key', 'status', 'created_at', 'ciphertext'],
      place: ['account'],
      owner: 'user_key',
    },
  ],
  read: (rows) => {
    const policies = rows<UserPolicyTable>('iam_user_policy');
    const accessKeys = rows<AccessKeyTable>('iam_access_key');
    const user = rows<UserTable>('iam_user').map(userFromRow)[0];
    return {
      user,
      policies: new Map(policies.map((row) => [row.policy_name, row.document])),
      identityPolicies: policies.map((row) => parsePolicy(row.document, 'identity')),
      accessKeys,
      activeKeys: new Map(user === undefined ? [] : activeKeysOf(user, accessKeys)),
    };
  },
};

export const roleSet: AuthoritySet<RoleTable | undefined> = {
  kind: 'iam-role',
  tables: [
    {
      name: 'iam_role',
      key: ['account', 'role_name'],
      columns: ['role_id', 'created_at'],
      place: ['account'],
      owner: 'role_name',
    },
  ],
  read: (rows) => rows<RoleTable>('iam_role')[0],
};

export interface SessionSet {
  readonly row: SessionTable | undefined;
  /** Null for a session without. */
  readonly policies: readonly PolicyDocument[] | null;
}

/** One session: for whom it is, what narrows it, and until when it lasts. */
export const sessionSet: AuthoritySet<SessionSet> = {
  kind: 'iam-session',
  tables: [
    {
      name: 'iam_session',
      key: ['account', 'access_key_id'],
      columns: ['role_name', 'session_name', 'policies', 'issued_at', 'expires_at', 'ciphertext'],
      place: ['account'],
      owner: 'access_key_id',
    },
  ],
  read: (rows) => {
    const [row] = rows<SessionTable>('iam_session');
    const documents = JSON.parse(row?.policies ?? 'null') as readonly string[] | null;
    return { row, policies: documents && documents.map((each) => parsePolicy(each, 'session')) };
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

export const iamAuthoritySets = [accountSet, userSet, roleSet, sessionSet, backingKeySet] as const;

/** IAM has no Regions. */
export function iamOwner(account: string, owner: string): SetOwner {
  return { account, region: '', owner };
}

export function userOwner({ account, userName }: Pick<User, 'account' | 'userName'>): SetOwner {
  return iamOwner(account, userKey(userName));
}

function activeKeysOf(
  user: User,
  rows: readonly AccessKeyTable[],
): [accessKeyId: string, UserAccessKey][] {
  return rows
    .filter(({ status }) => status === 'Active')
    .map(({ access_key_id: id, ciphertext }) => [id, { user, ciphertext }]);
}

function userFromRow(row: UserTable): User {
  return {
    account: row.account,
    userName: row.user_name,
    path: row.path,
    userId: row.user_id,
    createdAt: Temporal.Instant.fromEpochMilliseconds(row.created_at),
    tags: JSON.parse(row.tags) as Tag[],
    version: row.version,
  };
}

import type { AuthoritySet, SetOwner } from '../../../aws/authority/authority-set.ts';
import { parsePolicy } from '../../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../../aws/policy/types.ts';
import type { Tag } from '../model.ts';
import type {
  AccessKeyTable,
  LoginProfileTable,
  MembershipTable,
  OldPasswordTable,
  UserAttachmentTable,
  UserBoundaryTable,
  UserPolicyTable,
  UserTable,
} from '../schema.ts';
import { iamOwner, instant, nameKey, readTags } from './owner.ts';

export interface User {
  readonly account: string;
  readonly userName: string;
  readonly path: string;
  readonly userId: string;
  readonly createdAt: Temporal.Instant;
  readonly tags: readonly Tag[];
  readonly version: number;
}

/** A user with all that is theirs. */
export interface UserSet {
  readonly user: User;
  /** Inline documents by their names. */
  readonly policies: ReadonlyMap<string, string>;
  readonly identityPolicies: readonly PolicyDocument[];
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** ARN of the permissions boundary. */
  readonly boundary: string | undefined;
  /** Keys of groups. */
  readonly groups: readonly string[];
  readonly accessKeys: readonly AccessKeyTable[];
  /** By their ids. */
  readonly activeKeys: ReadonlyMap<string, UserAccessKey>;
  readonly loginProfile: LoginProfileTable | undefined;
  /** The newest first. */
  readonly oldPasswords: readonly OldPasswordTable[];
}

/** An access key with its user. */
export interface UserAccessKey {
  readonly user: User;
  readonly ciphertext: AccessKeyTable['ciphertext'];
}

/**
 * A user, their policies (a Deny too), groups and credentials. Undefined when only remains are there that belong to no
 * user.
 */
export const userSet: AuthoritySet<UserSet | undefined> = {
  kind: 'iam-user',
  tables: [
    ofUser('iam_user', [], ['user_name', 'path', 'user_id', 'created_at', 'tags', 'version']),
    ofUser('iam_user_policy', ['policy_name'], ['document']),
    {
      name: 'iam_access_key',
      key: ['account', 'access_key_id'],
      columns: ['user_key', 'status', 'created_at', 'ciphertext'],
      place: ['account'],
      owner: 'user_key',
    },
    ofUser('iam_user_attachment', ['policy_arn'], []),
    ofUser('iam_user_boundary', [], ['policy_arn']),
    ofUser('iam_membership', ['group_key'], []),
    ofUser(
      'iam_login_profile',
      [],
      ['password_hash', 'created_at', 'changed_at', 'reset_required'],
    ),
    ofUser('iam_old_password', ['password_hash'], ['changed_at']),
  ],
  read: (rows) => {
    const [row] = rows<UserTable>('iam_user');
    if (row === undefined) return undefined;
    const policies = rows<UserPolicyTable>('iam_user_policy');
    const accessKeys = rows<AccessKeyTable>('iam_access_key');
    const user = userFromRow(row);
    return {
      user,
      policies: new Map(policies.map((each) => [each.policy_name, each.document])),
      identityPolicies: policies.map((each) => ({
        ...parsePolicy(each.document, 'identity'),
        source: { type: 'user', owner: row.user_name, name: each.policy_name, text: each.document },
      })),
      attached: rows<UserAttachmentTable>('iam_user_attachment').map((each) => each.policy_arn),
      boundary: rows<UserBoundaryTable>('iam_user_boundary')[0]?.policy_arn,
      groups: rows<MembershipTable>('iam_membership').map((each) => each.group_key),
      accessKeys,
      activeKeys: new Map(
        accessKeys
          .filter(({ status }) => status === 'Active')
          .map(({ access_key_id: id, ciphertext }) => [id, { user, ciphertext }]),
      ),
      loginProfile: rows<LoginProfileTable>('iam_login_profile')[0],
      oldPasswords: rows<OldPasswordTable>('iam_old_password').toSorted(
        (a, b) => b.changed_at - a.changed_at,
      ),
    };
  },
};

function userFromRow(row: UserTable): User {
  return {
    account: row.account,
    userName: row.user_name,
    path: row.path,
    userId: row.user_id,
    createdAt: instant(row.created_at),
    tags: readTags(row.tags),
    version: row.version,
  };
}

export function userOwner({ account, userName }: Pick<User, 'account' | 'userName'>): SetOwner {
  return iamOwner(account, nameKey(userName));
}

function ofUser(name: string, key: readonly string[], columns: readonly string[]) {
  return {
    name,
    key: ['account', 'user_key', ...key],
    columns,
    place: ['account'],
    owner: 'user_key',
  } as const;
}

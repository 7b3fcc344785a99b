import type { Sealed } from '../../lib/secret.ts';

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
  /** Grows with each change of what belongs to the user. */
  version: number;
}

export interface UserPolicyTable {
  account: string;
  user_key: string;
  policy_name: string;
  document: string;
}

export interface UserAttachmentTable {
  account: string;
  user_key: string;
  policy_arn: string;
}

/** The one policy that bounds what all others of a user can give. */
export interface UserBoundaryTable {
  account: string;
  user_key: string;
  policy_arn: string;
}

export interface MembershipTable {
  account: string;
  user_key: string;
  group_key: string;
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

/** When and for what an access key was used last. Confers nothing. */
export interface AccessKeyUseTable {
  account: string;
  access_key_id: string;
  used_at: number;
  region: string;
  service: string;
}

export interface LoginProfileTable {
  account: string;
  user_key: string;
  /** argon2id, with its parameters and salt. */
  password_hash: string;
  created_at: number;
  changed_at: number;
  /** 1 when the user has to choose another one. */
  reset_required: number;
}

/** Passwords that must not come again. */
export interface OldPasswordTable {
  account: string;
  user_key: string;
  changed_at: number;
  password_hash: string;
}

export interface GroupTable {
  account: string;
  group_key: string;
  group_name: string;
  path: string;
  group_id: string;
  created_at: number;
  version: number;
}

export interface GroupPolicyTable {
  account: string;
  group_key: string;
  policy_name: string;
  document: string;
}

export interface GroupAttachmentTable {
  account: string;
  group_key: string;
  policy_arn: string;
}

/** A customer managed policy. */
export interface PolicyTable {
  account: string;
  policy_key: string;
  policy_name: string;
  path: string;
  policy_id: string;
  description: string | null;
  created_at: number;
  updated_at: number;
  default_version: string;
  /** Numbers of versions are not used again. */
  next_version: number;
  tags: string;
  version: number;
}

export interface PolicyVersionTable {
  account: string;
  policy_key: string;
  /** `v1`, `v2` … */
  version_id: string;
  document: string;
  created_at: number;
}

/** Every role. A service-linked one has no more than this: the rest is in domain/service-linked-roles.ts. */
export interface RoleTable {
  account: string;
  role_name: string;
  role_id: string;
  created_at: number;
}

/** What a role of the customer has besides. */
export interface RoleSettingsTable {
  account: string;
  role_name: string;
  path: string;
  description: string | null;
  trust_policy: string;
  max_session_seconds: number;
  /** ARN of its permissions boundary. */
  boundary: string | null;
  tags: string;
  version: number;
}

export interface RolePolicyTable {
  account: string;
  role_name: string;
  policy_name: string;
  document: string;
}

export interface RoleAttachmentTable {
  account: string;
  role_name: string;
  policy_arn: string;
}

/** Confers nothing. */
export interface RoleUseTable {
  account: string;
  role_name: string;
  used_at: number;
  region: string;
}

/** A virtual MFA device, assigned to somebody or not. */
export interface MfaDeviceTable {
  account: string;
  device_key: string;
  device_name: string;
  path: string;
  created_at: number;
  /** The seed under holdfast's own backing key, bound to the serial number. */
  seed: Sealed<'credential'>;
  /** `user:` and the user's key, or `root`. */
  holder: string | null;
  enabled_at: number | null;
  /** The time step of the code that was accepted last: a code works once. */
  last_step: number;
  tags: string;
  version: number;
}

/** An OpenID Connect provider that roles may trust. */
export interface OidcProviderTable {
  account: string;
  /** Its URL without `https://`. */
  provider_key: string;
  /** JSON arrays. */
  client_ids: string;
  thumbprints: string;
  created_at: number;
  tags: string;
  version: number;
}

export interface AliasTable {
  account: string;
  alias: string;
}

export interface PasswordPolicyTable {
  account: string;
  /** JSON, as in the request. */
  policy: string;
}

/** The report that was made last. Confers nothing. */
export interface CredentialReportTable {
  account: string;
  generated_at: number;
  content: string;
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
  iam_account_alias: AliasTable;
  iam_password_policy: PasswordPolicyTable;
  iam_credential_report: CredentialReportTable;
  iam_user: UserTable;
  iam_user_policy: UserPolicyTable;
  iam_user_attachment: UserAttachmentTable;
  iam_user_boundary: UserBoundaryTable;
  iam_membership: MembershipTable;
  iam_access_key: AccessKeyTable;
  iam_access_key_use: AccessKeyUseTable;
  iam_login_profile: LoginProfileTable;
  iam_old_password: OldPasswordTable;
  iam_group: GroupTable;
  iam_group_policy: GroupPolicyTable;
  iam_group_attachment: GroupAttachmentTable;
  iam_policy: PolicyTable;
  iam_policy_version: PolicyVersionTable;
  iam_role: RoleTable;
  iam_role_settings: RoleSettingsTable;
  iam_role_policy: RolePolicyTable;
  iam_role_attachment: RoleAttachmentTable;
  iam_role_use: RoleUseTable;
  iam_mfa_device: MfaDeviceTable;
  iam_oidc_provider: OidcProviderTable;
  iam_backing_key: BackingKeyTable;
}

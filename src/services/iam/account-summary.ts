import type { IamStores } from './store/index.ts';

/** More than an account may have of anything. */
const limit = 100_000;

/** What an account has, and how much of it it may have. @see IAM API Reference, "GetAccountSummary" */
export async function accountSummary(
  account: string,
  { users, groups, roles, policies, devices, accounts }: IamStores,
): Promise<Readonly<Record<string, number>>> {
  const [userCount, groupCount, roleCount, policyCount, versionCount, deviceCount, inUse] =
    await Promise.all([
      users.count(account, limit),
      groups.count(account, limit),
      roles.count(account, limit),
      policies.count(account, limit),
      policies.countVersions(account, limit),
      devices.count(account, limit),
      devices.countAssigned(account, limit),
    ]);
  return {
    Users: userCount,
    UsersQuota: 5000,
    Groups: groupCount,
    GroupsQuota: 300,
    Roles: roleCount,
    RolesQuota: 1000,
    Policies: policyCount,
    PoliciesQuota: 1500,
    PolicySizeQuota: 6144,
    PolicyVersionsInUse: versionCount,
    PolicyVersionsInUseQuota: 10_000,
    VersionsPerPolicyQuota: 5,
    InstanceProfiles: 0,
    InstanceProfilesQuota: 1000,
    ServerCertificates: 0,
    ServerCertificatesQuota: 20,
    UserPolicySizeQuota: 2048,
    GroupPolicySizeQuota: 5120,
    RolePolicySizeQuota: 10_240,
    AssumeRolePolicySizeQuota: 2048,
    GroupsPerUserQuota: 10,
    SigningCertificatesPerUserQuota: 2,
    AccessKeysPerUserQuota: 2,
    MFADevices: deviceCount,
    MFADevicesInUse: inUse,
    AccountMFAEnabled: (await devices.of(account, 'root')).length > 0 ? 1 : 0,
    AccountAccessKeysPresent: 0,
    AccountPasswordPresent: 0,
    AccountSigningCertificatesPresent: 0,
    AttachedPoliciesPerGroupQuota: 10,
    AttachedPoliciesPerRoleQuota: 10,
    AttachedPoliciesPerUserQuota: 10,
    GlobalEndpointTokenVersion: 2,
    Providers: (await accounts.oidcProviders(account, 100)).length,
  };
}

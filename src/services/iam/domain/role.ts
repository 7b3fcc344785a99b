import { roleArn } from '../arn.ts';
import type { Role as DescribedRole, RoleLastUsed } from '../model.ts';
import type { RoleUseTable } from '../schema.ts';
import type { Role } from '../sets/roles.ts';

/**
 * A role as IAM answers it, without what only GetRole shows: tags, boundary and last use.
 * @param trustPolicy percent-encoded
 */
export function describeRole(role: Role, trustPolicy: string): DescribedRole {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: roleArn(role.account, role.path, role.roleName),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: trustPolicy,
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
  };
}

const reportedHours = 400 * 24;

/** The last use of a role, as AWS reports it: of the last 400 days. */
export function describeUse(use: RoleUseTable | undefined, now: Temporal.Instant): RoleLastUsed {
  if (use === undefined) return {};
  const at = Temporal.Instant.fromEpochMilliseconds(use.used_at);
  return at.until(now).total('hours') > reportedHours
    ? {}
    : { LastUsedDate: at, Region: use.region };
}

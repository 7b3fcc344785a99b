import { roleArn } from '../arn.ts';
import type { Role as DescribedRole } from '../model.ts';
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

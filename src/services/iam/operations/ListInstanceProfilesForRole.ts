import { operation } from '../../../aws/operation.ts';
import { authorizedRole } from '../subjects.ts';
import type {
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListInstanceProfilesForRole = operation<
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
  IamPorts
>('ListInstanceProfilesForRole', async (input, call, ports) => {
  await authorizedRole(call, ports, 'iam:ListInstanceProfilesForRole', input.RoleName);
  // There are no machines here that could have one.
  return { InstanceProfiles: [], IsTruncated: false };
});

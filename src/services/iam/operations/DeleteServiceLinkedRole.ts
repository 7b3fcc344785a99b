import { operation } from '../../../aws/operation.ts';
import { InvalidInputException } from '../errors.ts';
import { authorizedRole } from '../subjects.ts';
import type { DeleteServiceLinkedRoleRequest, DeleteServiceLinkedRoleResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteServiceLinkedRole = operation<
  DeleteServiceLinkedRoleRequest,
  DeleteServiceLinkedRoleResponse,
  IamPorts
>('DeleteServiceLinkedRole', async (input, call, ports) => {
  const action = 'iam:DeleteServiceLinkedRole';
  const { role } = await authorizedRole(call, ports, action, input.RoleName);
  if (role.service === undefined)
    throw new InvalidInputException(`${role.roleName} is not a service-linked role.`);
  ports.roles.delete(call.change, role);
  return { DeletionTaskId: `task${role.path}${role.roleName}/${call.random.uuid()}` };
});

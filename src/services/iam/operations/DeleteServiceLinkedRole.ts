import { operation } from '../../../aws/operation.ts';
import { serviceOfRole } from '../domain/service-linked-roles.ts';
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
  const context = { 'iam:AWSServiceName': serviceOfRole(input.RoleName) };
  const { role } = await authorizedRole(call, ports, action, input.RoleName, context);
  if (role.service === undefined)
    throw new InvalidInputException(`${role.roleName} is not a service-linked role.`);
  ports.roles.delete(call.change, role);
  return { DeletionTaskId: `task${role.path}${role.roleName}/${call.random.uuid()}` };
});

import { operation } from '../../../aws/operation.ts';
import { NoSuchEntityException } from '../errors.ts';
import { changeableRole } from '../subjects.ts';
import type { DeleteRolePermissionsBoundaryRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteRolePermissionsBoundary = operation<
  DeleteRolePermissionsBoundaryRequest,
  void,
  IamPorts
>('DeleteRolePermissionsBoundary', async (input, call, ports) => {
  const action = 'iam:DeleteRolePermissionsBoundary';
  const { role } = await changeableRole(call, ports, action, input.RoleName);
  if (role.boundary === undefined)
    throw new NoSuchEntityException(
      `The role with name ${role.roleName} does not have a permissions boundary.`,
    );
  ports.roles.touch(call.change, role, { boundary: null });
});

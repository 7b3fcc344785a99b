import { operation } from '../../../aws/operation.ts';
import { changeableRole, requirePolicy } from '../subjects.ts';
import type { PutRolePermissionsBoundaryRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const PutRolePermissionsBoundary = operation<
  PutRolePermissionsBoundaryRequest,
  void,
  IamPorts
>('PutRolePermissionsBoundary', async (input, call, ports) => {
  const { RoleName, PermissionsBoundary: boundary } = input;
  const context = { 'iam:PermissionsBoundary': boundary };
  const action = 'iam:PutRolePermissionsBoundary';
  const { role } = await changeableRole(call, ports, action, RoleName, context);
  await requirePolicy(call, ports, boundary);
  ports.roles.touch(call.change, role, { boundary });
});

import { operation } from '../../../aws/operation.ts';
import { authorizedUser, requirePolicy } from '../subjects.ts';
import type { PutUserPermissionsBoundaryRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const PutUserPermissionsBoundary = operation<
  PutUserPermissionsBoundaryRequest,
  void,
  IamPorts
>('PutUserPermissionsBoundary', async (input, call, ports) => {
  const { UserName, PermissionsBoundary: boundary } = input;
  const context = { 'iam:PermissionsBoundary': boundary };
  const action = 'iam:PutUserPermissionsBoundary';
  const { user } = await authorizedUser(call, ports, action, UserName, context);
  await requirePolicy(call, ports, boundary);
  ports.users.touch(call.change, user);
  ports.users.setBoundary(call.change, user, boundary);
});

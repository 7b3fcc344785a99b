import { operation } from '../../../aws/operation.ts';
import { NoSuchEntityException } from '../errors.ts';
import { authorizedUser } from '../subjects.ts';
import type { DeleteUserPermissionsBoundaryRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteUserPermissionsBoundary = operation<
  DeleteUserPermissionsBoundaryRequest,
  void,
  IamPorts
>('DeleteUserPermissionsBoundary', async (input, call, ports) => {
  const action = 'iam:DeleteUserPermissionsBoundary';
  const { user, boundary } = await authorizedUser(call, ports, action, input.UserName);
  if (boundary === undefined)
    throw new NoSuchEntityException(
      `The user with name ${user.userName} does not have a permissions boundary.`,
    );
  ports.users.touch(call.change, user);
  ports.users.removeBoundary(call.change, user);
});

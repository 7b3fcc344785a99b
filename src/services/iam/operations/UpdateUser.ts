import { operation } from '../../../aws/operation.ts';
import { userArn } from '../arn.ts';
import { EntityAlreadyExistsException } from '../errors.ts';
import { renamedUser } from '../rename.ts';
import { nameKey } from '../sets/owner.ts';
import { authorizedUser } from '../subjects.ts';
import type { UpdateUserRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateUser = operation<UpdateUserRequest, void, IamPorts>(
  'UpdateUser',
  async (input, call, ports) => {
    const found = await authorizedUser(call, ports, 'iam:UpdateUser', input.UserName);
    const { user } = found;
    const userName = input.NewUserName ?? user.userName;
    const path = input.NewPath ?? user.path;
    if (userName !== user.userName || path !== user.path)
      await call.authorize('iam:UpdateUser', userArn({ account: call.account, path, userName }));
    if (nameKey(userName) === nameKey(user.userName)) {
      ports.users.touch(call.change, user, { userName, path });
      return;
    }
    if ((await ports.users.find(call.account, userName)) !== undefined)
      throw new EntityAlreadyExistsException(`User with name ${userName} already exists.`);
    await renamedUser(call, ports, found, { userName, path });
  },
);

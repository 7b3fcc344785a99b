import { operation } from '../../../aws/operation.ts';
import { NoSuchEntityException, noSuchUser } from '../errors.ts';
import { nameKey } from '../sets/owner.ts';
import { authorizedGroup } from '../subjects.ts';
import type { RemoveUserFromGroupRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const RemoveUserFromGroup = operation<RemoveUserFromGroupRequest, void, IamPorts>(
  'RemoveUserFromGroup',
  async (input, call, ports) => {
    const action = 'iam:RemoveUserFromGroup';
    const { group } = await authorizedGroup(call, ports, action, input.GroupName);
    const found = await ports.users.find(call.account, input.UserName);
    if (found === undefined) throw noSuchUser(input.UserName);
    if (!found.groups.includes(nameKey(group.groupName)))
      throw new NoSuchEntityException(
        `User ${found.user.userName} is not in the group ${group.groupName}.`,
      );
    ports.users.touch(call.change, found.user);
    ports.users.leave(call.change, found.user, group.groupName);
  },
);

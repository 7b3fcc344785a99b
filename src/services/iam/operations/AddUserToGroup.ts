import { operation } from '../../../aws/operation.ts';
import { noSuchUser, quotaExceeded } from '../errors.ts';
import { nameKey } from '../sets/owner.ts';
import { authorizedGroup } from '../subjects.ts';
import type { AddUserToGroupRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

const groupsPerUser = 10;

export const AddUserToGroup = operation<AddUserToGroupRequest, void, IamPorts>(
  'AddUserToGroup',
  async (input, call, ports) => {
    const { group } = await authorizedGroup(call, ports, 'iam:AddUserToGroup', input.GroupName);
    const found = await ports.users.find(call.account, input.UserName);
    if (found === undefined) throw noSuchUser(input.UserName);
    if (found.groups.includes(nameKey(group.groupName))) return;
    if (found.groups.length >= groupsPerUser) throw quotaExceeded('GroupsPerUser', groupsPerUser);
    ports.groups.require(call.change, group);
    ports.users.touch(call.change, found.user);
    ports.users.join(call.change, found.user, group.groupName);
  },
);

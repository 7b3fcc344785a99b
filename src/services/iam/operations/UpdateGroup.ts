import { operation } from '../../../aws/operation.ts';
import { groupArn } from '../arn.ts';
import { EntityAlreadyExistsException } from '../errors.ts';
import { renamedGroup } from '../rename.ts';
import { nameKey } from '../sets/owner.ts';
import { authorizedGroup } from '../subjects.ts';
import type { UpdateGroupRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateGroup = operation<UpdateGroupRequest, void, IamPorts>(
  'UpdateGroup',
  async (input, call, ports) => {
    const found = await authorizedGroup(call, ports, 'iam:UpdateGroup', input.GroupName);
    const { group } = found;
    const groupName = input.NewGroupName ?? group.groupName;
    const path = input.NewPath ?? group.path;
    if (groupName !== group.groupName || path !== group.path)
      await call.authorize('iam:UpdateGroup', groupArn({ account: call.account, path, groupName }));
    if (nameKey(groupName) === nameKey(group.groupName)) {
      ports.groups.touch(call.change, group, { groupName, path });
      return;
    }
    if ((await ports.groups.find(call.account, groupName)) !== undefined)
      throw new EntityAlreadyExistsException(`Group with name ${groupName} already exists.`);
    await renamedGroup(call, ports, found, { groupName, path });
  },
);

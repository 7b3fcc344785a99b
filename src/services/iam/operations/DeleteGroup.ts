import { operation } from '../../../aws/operation.ts';
import { DeleteConflictException } from '../errors.ts';
import { authorizedGroup } from '../subjects.ts';
import type { DeleteGroupRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteGroup = operation<DeleteGroupRequest, void, IamPorts>(
  'DeleteGroup',
  async (input, call, ports) => {
    const found = await authorizedGroup(call, ports, 'iam:DeleteGroup', input.GroupName);
    const { group, attached, policies } = found;
    const members = await ports.users.inGroup(call.account, group.groupName, { limit: 1 });
    const left: readonly [boolean, string][] = [
      [members.length > 0, 'must remove users from group first'],
      [attached.length > 0, 'must detach all policies first'],
      [policies.size > 0, 'must delete policies first'],
    ];
    for (const [isLeft, what] of left)
      if (isLeft) throw new DeleteConflictException(`Cannot delete entity, ${what}.`);
    ports.groups.delete(call.change, group);
  },
);

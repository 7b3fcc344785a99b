import { operation } from '../../../aws/operation.ts';
import { describeGroup } from '../domain/group.ts';
import { describeUser } from '../domain/user.ts';
import { listPage, paged } from '../pagination.ts';
import { nameKey } from '../sets/owner.ts';
import { authorizedGroup } from '../subjects.ts';
import type { GetGroupRequest, GetGroupResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetGroup = operation<GetGroupRequest, GetGroupResponse, IamPorts>(
  'GetGroup',
  async (input, call, ports) => {
    const { group } = await authorizedGroup(call, ports, 'iam:GetGroup', input.GroupName);
    const page = listPage(call, 'GetGroup', input);
    const rows = await ports.users.inGroup(call.account, group.groupName, {
      after: page.after,
      limit: page.limit + 1,
    });
    const { items, ...rest } = paged(rows, page, ({ user }) => nameKey(user.userName));
    const Users = items.map(({ user }) => ({
      ...describeUser({ user, boundary: undefined }),
      Tags: undefined,
    }));
    return { Group: describeGroup(group), Users, ...rest };
  },
);

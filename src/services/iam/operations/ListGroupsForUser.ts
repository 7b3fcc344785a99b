import { soonAll } from '../../../lib/soon.ts';
import { operation } from '../../../aws/operation.ts';
import { describeGroup } from '../domain/group.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { nameKey } from '../sets/owner.ts';
import { authorizedUser } from '../subjects.ts';
import type { ListGroupsForUserRequest, ListGroupsForUserResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListGroupsForUser = operation<
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  IamPorts
>('ListGroupsForUser', async (input, call, ports) => {
  const found = await authorizedUser(call, ports, 'iam:ListGroupsForUser', input.UserName);
  const sets = await soonAll(found.groups.map((key) => ports.groups.find(call.account, key)));
  const groups = sets.filter((each) => each !== undefined).map(({ group }) => group);
  const page = listPage(call, 'ListGroupsForUser', input);
  const { items, ...rest } = pagedNames(groups, page, ({ groupName }) => nameKey(groupName));
  return { Groups: items.map(describeGroup), ...rest };
});

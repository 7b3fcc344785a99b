import { operation } from '../../../aws/operation.ts';
import { iamArn } from '../arn.ts';
import { describeGroup } from '../domain/group.ts';
import { listPage, paged } from '../pagination.ts';
import { nameKey } from '../sets/owner.ts';
import type { ListGroupsRequest, ListGroupsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListGroups = operation<ListGroupsRequest, ListGroupsResponse, IamPorts>(
  'ListGroups',
  async (input, call, ports) => {
    const { PathPrefix: pathPrefix = '/' } = input;
    await call.authorize('iam:ListGroups', iamArn(call.account, `group${pathPrefix}`));
    const page = listPage(call, 'ListGroups', input);
    const rows = await ports.groups.page(call.account, {
      after: page.after,
      limit: page.limit + 1,
      pathPrefix,
    });
    const { items, ...rest } = paged(rows, page, ({ group }) => nameKey(group.groupName));
    return { Groups: items.map(({ group }) => describeGroup(group)), ...rest };
  },
);

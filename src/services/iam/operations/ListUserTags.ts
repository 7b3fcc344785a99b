import { operation } from '../../../aws/operation.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { authorizedUser } from '../subjects.ts';
import type { ListUserTagsRequest, ListUserTagsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListUserTags = operation<ListUserTagsRequest, ListUserTagsResponse, IamPorts>(
  'ListUserTags',
  async (input, call, ports) => {
    const { user } = await authorizedUser(call, ports, 'iam:ListUserTags', input.UserName);
    const page = listPage(call, 'ListUserTags', input);
    const { items, ...rest } = pagedNames(user.tags, page, ({ Key }) => Key);
    return { Tags: items, ...rest };
  },
);

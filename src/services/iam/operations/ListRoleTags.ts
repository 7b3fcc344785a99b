import { operation } from '../../../aws/operation.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { authorizedRole } from '../subjects.ts';
import type { ListRoleTagsRequest, ListRoleTagsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListRoleTags = operation<ListRoleTagsRequest, ListRoleTagsResponse, IamPorts>(
  'ListRoleTags',
  async (input, call, ports) => {
    const { role } = await authorizedRole(call, ports, 'iam:ListRoleTags', input.RoleName);
    const page = listPage(call, 'ListRoleTags', input);
    const { items, ...rest } = pagedNames(role.tags, page, ({ Key }) => Key);
    return { Tags: items, ...rest };
  },
);

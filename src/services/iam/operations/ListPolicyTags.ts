import { operation } from '../../../aws/operation.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { authorizedAnyPolicy } from '../subjects.ts';
import type { ListPolicyTagsRequest, ListPolicyTagsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListPolicyTags = operation<ListPolicyTagsRequest, ListPolicyTagsResponse, IamPorts>(
  'ListPolicyTags',
  async (input, call, ports) => {
    const found = await authorizedAnyPolicy(call, ports, 'iam:ListPolicyTags', input.PolicyArn);
    const tags = 'text' in found ? [] : found.policy.tags;
    const page = listPage(call, 'ListPolicyTags', input);
    const { items, ...rest } = pagedNames(tags, page, ({ Key }) => Key);
    return { Tags: items, ...rest };
  },
);

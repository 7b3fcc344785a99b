import { operation } from '../../../aws/operation.ts';
import { listPolicies } from '../policy-list.ts';
import { listPage } from '../pagination.ts';
import type { ListPoliciesRequest, ListPoliciesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListPolicies = operation<ListPoliciesRequest, ListPoliciesResponse, IamPorts>(
  'ListPolicies',
  async (input, call, ports) => {
    await call.authorize('iam:ListPolicies', `policy path ${input.PathPrefix ?? '/'}`);
    return listPolicies(call, ports, input, listPage(call, 'ListPolicies', input));
  },
);

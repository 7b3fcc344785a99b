import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { groupAsHolder, listInlinePolicies } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type { ListGroupPoliciesRequest, ListGroupPoliciesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListGroupPolicies = operation<
  ListGroupPoliciesRequest,
  ListGroupPoliciesResponse,
  IamPorts
>('ListGroupPolicies', async (input, call, ports) => {
  const holder = groupAsHolder(
    await authorizedGroup(call, ports, 'iam:ListGroupPolicies', input.GroupName),
    ports,
  );
  return listInlinePolicies(holder, listPage(call, 'ListGroupPolicies', input));
});

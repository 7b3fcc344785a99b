import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { userAsHolder, listInlinePolicies } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type { ListUserPoliciesRequest, ListUserPoliciesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListUserPolicies = operation<
  ListUserPoliciesRequest,
  ListUserPoliciesResponse,
  IamPorts
>('ListUserPolicies', async (input, call, ports) => {
  const holder = userAsHolder(
    await authorizedUser(call, ports, 'iam:ListUserPolicies', input.UserName),
    ports,
  );
  return listInlinePolicies(holder, listPage(call, 'ListUserPolicies', input));
});

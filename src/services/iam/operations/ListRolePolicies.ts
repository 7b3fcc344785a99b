import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { listInlinePolicies, roleAsHolder } from '../policy-holder.ts';
import { authorizedRole } from '../subjects.ts';
import type { ListRolePoliciesRequest, ListRolePoliciesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListRolePolicies = operation<
  ListRolePoliciesRequest,
  ListRolePoliciesResponse,
  IamPorts
>('ListRolePolicies', async (input, call, ports) => {
  const found = await authorizedRole(call, ports, 'iam:ListRolePolicies', input.RoleName);
  const holder = roleAsHolder(found, ports);
  return listInlinePolicies(holder, listPage(call, 'ListRolePolicies', input));
});

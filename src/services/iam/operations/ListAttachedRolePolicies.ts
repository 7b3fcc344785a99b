import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { listAttachedPolicies, roleAsHolder } from '../policy-holder.ts';
import { authorizedRole } from '../subjects.ts';
import type {
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListAttachedRolePolicies = operation<
  ListAttachedRolePoliciesRequest,
  ListAttachedRolePoliciesResponse,
  IamPorts
>('ListAttachedRolePolicies', async (input, call, ports) => {
  const found = await authorizedRole(call, ports, 'iam:ListAttachedRolePolicies', input.RoleName);
  const holder = roleAsHolder(found, ports);
  const page = listPage(call, 'ListAttachedRolePolicies', input);
  return listAttachedPolicies(holder, page, input.PathPrefix);
});

import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { userAsHolder, listAttachedPolicies } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type {
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListAttachedUserPolicies = operation<
  ListAttachedUserPoliciesRequest,
  ListAttachedUserPoliciesResponse,
  IamPorts
>('ListAttachedUserPolicies', async (input, call, ports) => {
  const holder = userAsHolder(
    await authorizedUser(call, ports, 'iam:ListAttachedUserPolicies', input.UserName),
    ports,
  );
  const page = listPage(call, 'ListAttachedUserPolicies', input);
  return listAttachedPolicies(holder, page, input.PathPrefix);
});

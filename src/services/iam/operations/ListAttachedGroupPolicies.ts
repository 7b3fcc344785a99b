import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { groupAsHolder, listAttachedPolicies } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type {
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListAttachedGroupPolicies = operation<
  ListAttachedGroupPoliciesRequest,
  ListAttachedGroupPoliciesResponse,
  IamPorts
>('ListAttachedGroupPolicies', async (input, call, ports) => {
  const holder = groupAsHolder(
    await authorizedGroup(call, ports, 'iam:ListAttachedGroupPolicies', input.GroupName),
    ports,
  );
  const page = listPage(call, 'ListAttachedGroupPolicies', input);
  return listAttachedPolicies(holder, page, input.PathPrefix);
});

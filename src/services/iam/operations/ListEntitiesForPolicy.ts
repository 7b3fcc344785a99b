import { operation } from '../../../aws/operation.ts';
import { listEntities } from '../policy-list.ts';
import { listPage } from '../pagination.ts';
import { authorizedAnyPolicy } from '../subjects.ts';
import type { ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListEntitiesForPolicy = operation<
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  IamPorts
>('ListEntitiesForPolicy', async (input, call, ports) => {
  await authorizedAnyPolicy(call, ports, 'iam:ListEntitiesForPolicy', input.PolicyArn);
  return listEntities(call, ports, input, listPage(call, 'ListEntitiesForPolicy', input));
});

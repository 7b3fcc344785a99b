import { operation } from '../../../aws/operation.ts';
import { groupAsHolder, deleteInlinePolicy } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type { DeleteGroupPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteGroupPolicy = operation<DeleteGroupPolicyRequest, void, IamPorts>(
  'DeleteGroupPolicy',
  async (input, call, ports) => {
    const holder = groupAsHolder(
      await authorizedGroup(call, ports, 'iam:DeleteGroupPolicy', input.GroupName),
      ports,
    );
    deleteInlinePolicy(call, holder, input.PolicyName);
  },
);

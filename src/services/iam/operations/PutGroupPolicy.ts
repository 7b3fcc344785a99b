import { operation } from '../../../aws/operation.ts';
import { groupAsHolder, putInlinePolicy } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type { PutGroupPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const PutGroupPolicy = operation<PutGroupPolicyRequest, void, IamPorts>(
  'PutGroupPolicy',
  async (input, call, ports) => {
    const holder = groupAsHolder(
      await authorizedGroup(call, ports, 'iam:PutGroupPolicy', input.GroupName),
      ports,
    );
    putInlinePolicy(call, holder, input);
  },
);

import { operation } from '../../../aws/operation.ts';
import { groupAsHolder, detachPolicy } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type { DetachGroupPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DetachGroupPolicy = operation<DetachGroupPolicyRequest, void, IamPorts>(
  'DetachGroupPolicy',
  async (input, call, ports) => {
    const context = { 'iam:PolicyARN': input.PolicyArn };
    const holder = groupAsHolder(
      await authorizedGroup(call, ports, 'iam:DetachGroupPolicy', input.GroupName, context),
      ports,
    );
    detachPolicy(call, holder, input.PolicyArn);
  },
);

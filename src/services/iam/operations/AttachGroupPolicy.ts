import { operation } from '../../../aws/operation.ts';
import { groupAsHolder, attachPolicy } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type { AttachGroupPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const AttachGroupPolicy = operation<AttachGroupPolicyRequest, void, IamPorts>(
  'AttachGroupPolicy',
  async (input, call, ports) => {
    const context = { 'iam:PolicyARN': input.PolicyArn };
    const holder = groupAsHolder(
      await authorizedGroup(call, ports, 'iam:AttachGroupPolicy', input.GroupName, context),
      ports,
    );
    await attachPolicy(call, ports, holder, input.PolicyArn);
  },
);

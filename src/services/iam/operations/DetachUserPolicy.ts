import { operation } from '../../../aws/operation.ts';
import { userAsHolder, detachPolicy } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type { DetachUserPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DetachUserPolicy = operation<DetachUserPolicyRequest, void, IamPorts>(
  'DetachUserPolicy',
  async (input, call, ports) => {
    const context = { 'iam:PolicyARN': input.PolicyArn };
    const holder = userAsHolder(
      await authorizedUser(call, ports, 'iam:DetachUserPolicy', input.UserName, context),
      ports,
    );
    detachPolicy(call, holder, input.PolicyArn);
  },
);

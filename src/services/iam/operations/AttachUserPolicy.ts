import { operation } from '../../../aws/operation.ts';
import { userAsHolder, attachPolicy } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type { AttachUserPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const AttachUserPolicy = operation<AttachUserPolicyRequest, void, IamPorts>(
  'AttachUserPolicy',
  async (input, call, ports) => {
    const context = { 'iam:PolicyARN': input.PolicyArn };
    const holder = userAsHolder(
      await authorizedUser(call, ports, 'iam:AttachUserPolicy', input.UserName, context),
      ports,
    );
    await attachPolicy(call, ports, holder, input.PolicyArn);
  },
);

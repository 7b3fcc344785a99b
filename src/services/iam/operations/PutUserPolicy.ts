import { operation } from '../../../aws/operation.ts';
import { userAsHolder, putInlinePolicy } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type { PutUserPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const PutUserPolicy = operation<PutUserPolicyRequest, void, IamPorts>(
  'PutUserPolicy',
  async (input, call, ports) => {
    const holder = userAsHolder(
      await authorizedUser(call, ports, 'iam:PutUserPolicy', input.UserName),
      ports,
    );
    putInlinePolicy(call, holder, input);
  },
);

import { operation } from '../../../aws/operation.ts';
import { userAsHolder, deleteInlinePolicy } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type { DeleteUserPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteUserPolicy = operation<DeleteUserPolicyRequest, void, IamPorts>(
  'DeleteUserPolicy',
  async (input, call, ports) => {
    const holder = userAsHolder(
      await authorizedUser(call, ports, 'iam:DeleteUserPolicy', input.UserName),
      ports,
    );
    deleteInlinePolicy(call, holder, input.PolicyName);
  },
);

import { operation } from '../../../aws/operation.ts';
import { deleteInlinePolicy, roleAsHolder } from '../policy-holder.ts';
import { policedRole } from '../subjects.ts';
import type { DeleteRolePolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteRolePolicy = operation<DeleteRolePolicyRequest, void, IamPorts>(
  'DeleteRolePolicy',
  async (input, call, ports) => {
    const found = await policedRole(call, ports, 'iam:DeleteRolePolicy', input.RoleName);
    const holder = roleAsHolder(found, ports);
    deleteInlinePolicy(call, holder, input.PolicyName);
  },
);

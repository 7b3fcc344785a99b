import { operation } from '../../../aws/operation.ts';
import { putInlinePolicy, roleAsHolder } from '../policy-holder.ts';
import { policedRole } from '../subjects.ts';
import type { PutRolePolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const PutRolePolicy = operation<PutRolePolicyRequest, void, IamPorts>(
  'PutRolePolicy',
  async (input, call, ports) => {
    const found = await policedRole(call, ports, 'iam:PutRolePolicy', input.RoleName);
    const holder = roleAsHolder(found, ports);
    putInlinePolicy(call, holder, input);
  },
);

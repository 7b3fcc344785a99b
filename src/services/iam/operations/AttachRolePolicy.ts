import { operation } from '../../../aws/operation.ts';
import { attachPolicy, roleAsHolder } from '../policy-holder.ts';
import { policedRole } from '../subjects.ts';
import type { AttachRolePolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const AttachRolePolicy = operation<AttachRolePolicyRequest, void, IamPorts>(
  'AttachRolePolicy',
  async (input, call, ports) => {
    const context = { 'iam:PolicyARN': input.PolicyArn };
    const found = await policedRole(call, ports, 'iam:AttachRolePolicy', input.RoleName, context);
    const holder = roleAsHolder(found, ports);
    await attachPolicy(call, ports, holder, input.PolicyArn);
  },
);

import { operation } from '../../../aws/operation.ts';
import { detachPolicy, roleAsHolder } from '../policy-holder.ts';
import { policedRole } from '../subjects.ts';
import type { DetachRolePolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DetachRolePolicy = operation<DetachRolePolicyRequest, void, IamPorts>(
  'DetachRolePolicy',
  async (input, call, ports) => {
    const context = { 'iam:PolicyARN': input.PolicyArn };
    const found = await policedRole(call, ports, 'iam:DetachRolePolicy', input.RoleName, context);
    const holder = roleAsHolder(found, ports);
    detachPolicy(call, holder, input.PolicyArn);
  },
);

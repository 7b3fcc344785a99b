import { operation } from '../../../aws/operation.ts';
import { refuseMalformed } from '../documents.ts';
import { changeableRole } from '../subjects.ts';
import { bindPrincipals } from '../trust-principals.ts';
import type { UpdateAssumeRolePolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UpdateAssumeRolePolicy = operation<UpdateAssumeRolePolicyRequest, void, IamPorts>(
  'UpdateAssumeRolePolicy',
  async (input, call, ports) => {
    const action = 'iam:UpdateAssumeRolePolicy';
    const { role } = await changeableRole(call, ports, action, input.RoleName);
    refuseMalformed(input.PolicyDocument, 'trust');
    const trustPolicy = await bindPrincipals(input.PolicyDocument, ports);
    ports.roles.touch(call.change, role, { trustPolicy });
  },
);

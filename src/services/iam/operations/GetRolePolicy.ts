import { operation } from '../../../aws/operation.ts';
import { encodeDocument } from '../documents.ts';
import { inlinePolicy, roleAsHolder } from '../policy-holder.ts';
import { authorizedRole } from '../subjects.ts';
import type { GetRolePolicyRequest, GetRolePolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetRolePolicy = operation<GetRolePolicyRequest, GetRolePolicyResponse, IamPorts>(
  'GetRolePolicy',
  async (input, call, ports) => {
    const found = await authorizedRole(call, ports, 'iam:GetRolePolicy', input.RoleName);
    const holder = roleAsHolder(found, ports);
    const document = inlinePolicy(holder, input.PolicyName);
    return {
      RoleName: holder.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(document),
    };
  },
);

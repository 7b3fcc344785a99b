import { operation } from '../../../aws/operation.ts';
import { encodeDocument } from '../documents.ts';
import { userAsHolder, inlinePolicy } from '../policy-holder.ts';
import { authorizedUser } from '../subjects.ts';
import type { GetUserPolicyRequest, GetUserPolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetUserPolicy = operation<GetUserPolicyRequest, GetUserPolicyResponse, IamPorts>(
  'GetUserPolicy',
  async (input, call, ports) => {
    const holder = userAsHolder(
      await authorizedUser(call, ports, 'iam:GetUserPolicy', input.UserName),
      ports,
    );
    const document = inlinePolicy(holder, input.PolicyName);
    return {
      UserName: holder.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(document),
    };
  },
);

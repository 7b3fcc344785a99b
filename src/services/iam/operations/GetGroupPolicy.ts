import { operation } from '../../../aws/operation.ts';
import { encodeDocument } from '../documents.ts';
import { groupAsHolder, inlinePolicy } from '../policy-holder.ts';
import { authorizedGroup } from '../subjects.ts';
import type { GetGroupPolicyRequest, GetGroupPolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetGroupPolicy = operation<GetGroupPolicyRequest, GetGroupPolicyResponse, IamPorts>(
  'GetGroupPolicy',
  async (input, call, ports) => {
    const holder = groupAsHolder(
      await authorizedGroup(call, ports, 'iam:GetGroupPolicy', input.GroupName),
      ports,
    );
    const document = inlinePolicy(holder, input.PolicyName);
    return {
      GroupName: holder.name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(document),
    };
  },
);

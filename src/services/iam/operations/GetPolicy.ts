import { operation } from '../../../aws/operation.ts';
import { describeAwsPolicy, describePolicy } from '../domain/policy.ts';
import { authorizedAnyPolicy } from '../subjects.ts';
import type { GetPolicyRequest, GetPolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetPolicy = operation<GetPolicyRequest, GetPolicyResponse, IamPorts>(
  'GetPolicy',
  async (input, call, ports) => {
    const found = await authorizedAnyPolicy(call, ports, 'iam:GetPolicy', input.PolicyArn);
    const usage = await ports.policies.usage(call.account, input.PolicyArn);
    return {
      Policy:
        'text' in found
          ? describeAwsPolicy(found, usage)
          : { ...describePolicy(found.policy, usage), Tags: found.policy.tags },
    };
  },
);

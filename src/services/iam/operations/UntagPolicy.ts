import { operation } from '../../../aws/operation.ts';
import { authorizedPolicy } from '../subjects.ts';
import { withoutTags } from '../tags.ts';
import type { UntagPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UntagPolicy = operation<UntagPolicyRequest, void, IamPorts>(
  'UntagPolicy',
  async (input, call, ports) => {
    const { PolicyArn, TagKeys } = input;
    const context = { 'aws:TagKeys': TagKeys };
    const { policy } = await authorizedPolicy(call, ports, 'iam:UntagPolicy', PolicyArn, context);
    ports.policies.touch(call.change, policy, { tags: withoutTags(policy.tags, TagKeys) });
  },
);

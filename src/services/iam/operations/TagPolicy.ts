import { operation } from '../../../aws/operation.ts';
import { authorizedPolicy } from '../subjects.ts';
import { requestTags, withTags } from '../tags.ts';
import type { TagPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const TagPolicy = operation<TagPolicyRequest, void, IamPorts>(
  'TagPolicy',
  async (input, call, ports) => {
    const { PolicyArn, Tags } = input;
    const { policy } = await authorizedPolicy(
      call,
      ports,
      'iam:TagPolicy',
      PolicyArn,
      requestTags(Tags),
    );
    ports.policies.touch(call.change, policy, { tags: withTags(policy.tags, Tags) });
  },
);

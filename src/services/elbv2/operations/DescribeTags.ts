import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import type { DescribeTagsInput, DescribeTagsOutput, TagDescription } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { checkedResources, tagOwner } from '../tagged-resource.ts';

export const DescribeTags = operation<DescribeTagsInput, DescribeTagsOutput, Elbv2Ports>(
  'DescribeTags',
  async (input, call, { reader }) => {
    await authorize(call, 'DescribeTags', '*');
    const descriptions: TagDescription[] = [];
    for (const arn of checkedResources(input.ResourceArns)) {
      await tagOwner(call, reader, arn);
      const tags = [...(await reader.tags(call, arn))];
      descriptions.push({ ResourceArn: arn, Tags: tags.map(([Key, Value]) => ({ Key, Value })) });
    }
    return { TagDescriptions: descriptions };
  },
);

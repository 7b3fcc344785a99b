import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import type { RemoveTagsInput, RemoveTagsOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { checkedResources, guardTags, tagOwner, type TagOwner } from '../tagged-resource.ts';
import { checkTagKeys } from '../tagging.ts';

/** A key that a resource does not have is no error. */
export const RemoveTags = operation<RemoveTagsInput, RemoveTagsOutput, Elbv2Ports>(
  'RemoveTags',
  async (input, call, ports) => {
    const { reader, writer } = ports;
    const arns = checkedResources(input.ResourceArns);
    const owners: TagOwner[] = [];
    for (const arn of arns) {
      const resourceTags = await reader.tags(call, arn);
      await authorize(call, 'RemoveTags', arn, { resourceTags, tagKeys: input.TagKeys });
      owners.push(await tagOwner(call, reader, arn));
    }
    checkTagKeys(input.TagKeys);
    guardTags(call, ports, owners);
    for (const arn of arns)
      for (const key of input.TagKeys) writer.removeTag(call.change, call, arn, key);
    return {};
  },
);

import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import type { AddTagsInput, AddTagsOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { checkedResources, guardTags, tagOwner, type TagOwner } from '../tagged-resource.ts';
import { checkedTags } from '../tagging.ts';

export const AddTags = operation<AddTagsInput, AddTagsOutput, Elbv2Ports>(
  'AddTags',
  async (input, call, ports) => {
    const { reader, writer } = ports;
    const arns = checkedResources(input.ResourceArns);
    const owners: TagOwner[] = [];
    for (const arn of arns) {
      const resourceTags = await reader.tags(call, arn);
      await authorize(call, 'AddTags', arn, { resourceTags, requestTags: input.Tags });
      owners.push(await tagOwner(call, reader, arn));
      // Read again, after the version that guards them.
      checkedTags(await reader.tags(call, arn), input.Tags);
    }
    guardTags(call, ports, owners);
    for (const arn of arns)
      for (const { Key, Value = '' } of input.Tags)
        writer.setTag(call.change, call, arn, Key, Value);
    return {};
  },
);

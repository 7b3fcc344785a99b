import { operation } from '../../../aws/operation.ts';
import { changedAttributes } from '../attributes.ts';
import { authorizedTargetGroup } from '../authorization.ts';
import { describeAttributes, targetGroupAttributes } from '../domain/attributes.ts';
import type {
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const ModifyTargetGroupAttributes = operation<
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
  Elbv2Ports
>('ModifyTargetGroupAttributes', async (input, call, { reader, writer }) => {
  const group = await authorizedTargetGroup(
    call,
    reader,
    'ModifyTargetGroupAttributes',
    input.TargetGroupArn,
  );
  const table = targetGroupAttributes;
  const attributes = changedAttributes(table, 'Target group', group.attributes, input.Attributes);
  writer.updateTargetGroup(call.change, group, { ...group, attributes });
  return { Attributes: describeAttributes(table, attributes) };
});

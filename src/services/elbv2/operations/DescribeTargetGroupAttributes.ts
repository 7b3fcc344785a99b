import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeAttributes, targetGroupAttributes } from '../domain/attributes.ts';
import { TargetGroupNotFound } from '../errors.ts';
import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DescribeTargetGroupAttributes = operation<
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  Elbv2Ports
>('DescribeTargetGroupAttributes', async (input, call, { reader }) => {
  await authorize(call, 'DescribeTargetGroupAttributes', '*');
  const group = await reader.targetGroup(call, checkedArn(input.TargetGroupArn, 'target group'));
  if (group === undefined) throw new TargetGroupNotFound('One or more target groups not found');
  return { Attributes: describeAttributes(targetGroupAttributes, group.attributes) };
});

import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeHealth } from '../descriptions.ts';
import { TargetGroupNotFound } from '../errors.ts';
import type { DescribeTargetHealthInput, DescribeTargetHealthOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DescribeTargetHealth = operation<
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  Elbv2Ports
>('DescribeTargetHealth', async (input, call, { reader }) => {
  await authorize(call, 'DescribeTargetHealth', '*');
  const arn = checkedArn(input.TargetGroupArn, 'target group');
  const group = await reader.targetGroup(call, arn);
  if (group === undefined) throw new TargetGroupNotFound('One or more target groups not found');
  const registered = await reader.targets(call, [arn]);
  const asked = input.Targets?.map(({ Id: id, Port: port = group.port }) => ({ id, port }));
  return {
    TargetHealthDescriptions: (asked ?? registered).map((target) =>
      describeHealth(
        group,
        target,
        registered.find(({ id, port }) => id === target.id && port === target.port),
      ),
    ),
  };
});

import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeTargetGroup } from '../descriptions.ts';
import type { TargetGroup } from '../domain/target-group.ts';
import { LoadBalancerNotFound, TargetGroupNotFound, ValidationError } from '../errors.ts';
import { checkCount, cut, pageOf } from '../markers.ts';
import type { DescribeTargetGroupsInput, DescribeTargetGroupsOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import type { Elbv2Reader } from '../store.ts';

export const DescribeTargetGroups = operation<
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  Elbv2Ports
>('DescribeTargetGroups', async (input, call, { reader }) => {
  await authorize(call, 'DescribeTargetGroups', '*');
  const { items, NextMarker } = await find(input, call, reader);
  return { TargetGroups: items.map(describeTargetGroup), NextMarker };
});

async function find(
  input: DescribeTargetGroupsInput,
  call: Call,
  reader: Elbv2Reader,
): Promise<{ items: readonly TargetGroup[]; NextMarker?: string | undefined }> {
  const { TargetGroupArns: arns = [], Names: names = [], LoadBalancerArn } = input;
  const kinds = [arns.length > 0, names.length > 0, LoadBalancerArn !== undefined];
  if (kinds.filter(Boolean).length > 1)
    throw new ValidationError(
      'Only one of target group ARNs, target group names and a load balancer ARN can be specified',
    );
  checkCount('target groups', arns, names);
  if (arns.length > 0) {
    const wanted = new Set(arns.map((arn) => checkedArn(arn, 'target group')));
    return { items: all(await reader.targetGroupsByArn(call, [...wanted]), wanted.size) };
  }
  if (names.length > 0)
    return { items: all(await reader.targetGroupsByName(call, names), new Set(names).size) };
  const page = pageOf({ call, name: 'DescribeTargetGroups', parameters: LoadBalancerArn }, input);
  if (LoadBalancerArn === undefined)
    return cut(await reader.targetGroups(call, page), page, ({ arn }) => arn);
  const balancerArn = checkedArn(LoadBalancerArn, 'load balancer');
  if ((await reader.loadBalancer(call, balancerArn)) === undefined)
    throw new LoadBalancerNotFound('One or more load balancers not found');
  return cut(await reader.targetGroupsOf(call, balancerArn, page), page, ({ arn }) => arn);
}

function all(found: readonly TargetGroup[], wanted: number): readonly TargetGroup[] {
  if (found.length < wanted) throw new TargetGroupNotFound('One or more target groups not found');
  return found;
}

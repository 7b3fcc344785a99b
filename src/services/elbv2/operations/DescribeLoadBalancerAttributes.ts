import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeAttributes, loadBalancerAttributes } from '../domain/attributes.ts';
import { LoadBalancerNotFound } from '../errors.ts';
import type {
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const DescribeLoadBalancerAttributes = operation<
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
  Elbv2Ports
>('DescribeLoadBalancerAttributes', async (input, call, { reader }) => {
  await authorize(call, 'DescribeLoadBalancerAttributes', '*');
  const balancer = await reader.loadBalancer(
    call,
    checkedArn(input.LoadBalancerArn, 'load balancer'),
  );
  if (balancer === undefined)
    throw new LoadBalancerNotFound('One or more load balancers not found');
  return { Attributes: describeAttributes(loadBalancerAttributes, balancer.attributes) };
});

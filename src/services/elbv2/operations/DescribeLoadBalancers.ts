import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeLoadBalancer } from '../descriptions.ts';
import { stateOf, type LoadBalancer } from '../domain/load-balancer.ts';
import { LoadBalancerNotFound, ValidationError } from '../errors.ts';
import { checkCount, cut, pageOf } from '../markers.ts';
import type { DescribeLoadBalancersInput, DescribeLoadBalancersOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import type { Elbv2Reader } from '../store.ts';

export const DescribeLoadBalancers = operation<
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  Elbv2Ports
>('DescribeLoadBalancers', async (input, call, ports) => {
  const { reader } = ports;
  await authorize(call, 'DescribeLoadBalancers', '*');
  const { items, NextMarker } = await find(input, call, reader);
  const failures = await reader.failures(
    call,
    items.map(({ arn }) => arn),
  );
  return {
    LoadBalancers: items.map((balancer) =>
      describeLoadBalancer(balancer, stateOf(failures.get(balancer.arn) ?? []), ports),
    ),
    NextMarker,
  };
});

async function find(
  input: DescribeLoadBalancersInput,
  call: Call,
  reader: Elbv2Reader,
): Promise<{ items: readonly LoadBalancer[]; NextMarker?: string | undefined }> {
  const { LoadBalancerArns: arns = [], Names: names = [] } = input;
  if (arns.length > 0 && names.length > 0)
    throw new ValidationError(
      'Load balancer names and load balancer ARNs cannot both be specified',
    );
  checkCount('load balancers', arns, names);
  if (arns.length > 0) {
    const wanted = new Set(arns.map((arn) => checkedArn(arn, 'load balancer')));
    const items = await reader.loadBalancersByArn(call, [...wanted]);
    if (items.length < wanted.size)
      throw new LoadBalancerNotFound('One or more load balancers not found');
    return { items };
  }
  if (names.length > 0) {
    const items = await reader.loadBalancersByName(call, names);
    const missing = names.filter((name) => !items.some((each) => each.name === name));
    if (missing.length > 0)
      throw new LoadBalancerNotFound(`Load balancers '[${missing.join(', ')}]' not found`);
    return { items };
  }
  const page = pageOf({ call, name: 'DescribeLoadBalancers' }, input);
  return cut(await reader.loadBalancers(call, page), page, ({ arn }) => arn);
}

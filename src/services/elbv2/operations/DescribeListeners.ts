import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { checkedArn } from '../arn.ts';
import { authorize } from '../authorization.ts';
import { describeListener } from '../descriptions.ts';
import type { Listener } from '../domain/listener.ts';
import { ListenerNotFound, LoadBalancerNotFound, ValidationError } from '../errors.ts';
import { checkCount, cut, pageOf } from '../markers.ts';
import type { DescribeListenersInput, DescribeListenersOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import type { Elbv2Reader } from '../store.ts';

export const DescribeListeners = operation<
  DescribeListenersInput,
  DescribeListenersOutput,
  Elbv2Ports
>('DescribeListeners', async (input, call, { reader }) => {
  await authorize(call, 'DescribeListeners', '*');
  const { items, NextMarker } = await find(input, call, reader);
  return { Listeners: items.map(describeListener), NextMarker };
});

async function find(
  input: DescribeListenersInput,
  call: Call,
  reader: Elbv2Reader,
): Promise<{ items: readonly Listener[]; NextMarker?: string | undefined }> {
  const { ListenerArns: arns = [], LoadBalancerArn } = input;
  if (arns.length > 0 === (LoadBalancerArn !== undefined))
    throw new ValidationError('You must specify either listener ARNs or a load balancer ARN');
  checkCount('listeners', arns);
  if (LoadBalancerArn === undefined) {
    const wanted = new Set(arns.map((arn) => checkedArn(arn, 'listener')));
    const items = await reader.listenersByArn(call, [...wanted]);
    if (items.length < wanted.size) throw new ListenerNotFound('One or more listeners not found');
    return { items };
  }
  const balancerArn = checkedArn(LoadBalancerArn, 'load balancer');
  if ((await reader.loadBalancer(call, balancerArn)) === undefined)
    throw new LoadBalancerNotFound('One or more load balancers not found');
  const page = pageOf({ call, name: 'DescribeListeners', parameters: balancerArn }, input);
  return cut(await reader.listeners(call, balancerArn, page), page, ({ arn }) => arn);
}

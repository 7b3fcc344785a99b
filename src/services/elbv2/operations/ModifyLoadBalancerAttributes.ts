import { operation } from '../../../aws/operation.ts';
import { changedAttributes } from '../attributes.ts';
import { authorizedLoadBalancer } from '../authorization.ts';
import { describeAttributes, loadBalancerAttributes } from '../domain/attributes.ts';
import type {
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

export const ModifyLoadBalancerAttributes = operation<
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
  Elbv2Ports
>('ModifyLoadBalancerAttributes', async (input, call, { reader, writer, feed }) => {
  const balancer = await authorizedLoadBalancer(
    call,
    reader,
    'ModifyLoadBalancerAttributes',
    input.LoadBalancerArn,
  );
  const table = loadBalancerAttributes;
  const attributes = changedAttributes(
    table,
    'Load balancer',
    balancer.attributes,
    input.Attributes,
  );
  writer.updateLoadBalancer(call.change, balancer, { ...balancer, attributes });
  feed.moved(call.change, balancer.arn);
  return { Attributes: describeAttributes(table, attributes) };
});

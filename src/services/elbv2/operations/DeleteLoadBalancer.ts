import { operation } from '../../../aws/operation.ts';
import { authorizedLoadBalancer } from '../authorization.ts';
import { disassociate } from '../certificates.ts';
import { certificatesOf } from '../domain/listener.ts';
import { LoadBalancerNotFound, OperationNotPermitted } from '../errors.ts';
import { release } from '../listener-change.ts';
import type { DeleteLoadBalancerInput, DeleteLoadBalancerOutput } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';

/** Its listeners go with it, and with them the grants of its certificates. One that is gone already is no error. */
export const DeleteLoadBalancer = operation<
  DeleteLoadBalancerInput,
  DeleteLoadBalancerOutput,
  Elbv2Ports
>('DeleteLoadBalancer', async (input, call, ports) => {
  const { reader, writer, feed } = ports;
  const balancer = await authorizedLoadBalancer(
    call,
    reader,
    'DeleteLoadBalancer',
    input.LoadBalancerArn,
  ).catch((error: unknown) => {
    if (error instanceof LoadBalancerNotFound) return undefined;
    throw error;
  });
  if (balancer === undefined) return {};
  if (balancer.attributes['deletion_protection.enabled'] === 'true')
    throw new OperationNotPermitted(
      `Load balancer '${balancer.arn}' cannot be deleted because deletion protection is enabled`,
    );
  const listeners = await reader.listeners(call, balancer.arn);
  for (const certificate of new Set(listeners.flatMap(certificatesOf)))
    await disassociate(call, ports, certificate, balancer.arn);
  for (const group of await reader.targetGroupsOf(call, balancer.arn)) release(call, ports, group);
  for (const listener of listeners) writer.deleteListener(call.change, listener);
  writer.deleteLoadBalancer(call.change, balancer);
  feed.removed(call.change, balancer);
  return {};
});

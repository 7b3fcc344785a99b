import type { Call } from '../../aws/call.ts';
import type { Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import { ListenerNotFound } from './errors.ts';
import type { Elbv2Reader } from './store.ts';

/**
 * The load balancer of a listener, whose version guards the listener.
 * @throws ListenerNotFound when both were deleted since the listener was read
 */
export async function ownerOf(
  call: Call,
  reader: Elbv2Reader,
  listener: Listener,
): Promise<LoadBalancer> {
  const balancer = await reader.loadBalancer(call, listener.loadBalancerArn);
  if (balancer === undefined) throw new ListenerNotFound('One or more listeners not found');
  return balancer;
}

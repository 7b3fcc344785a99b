import type { Call } from '../../aws/call.ts';
import { kindOf } from './arn.ts';
import { ownedListener } from './authorization.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import { LoadBalancerNotFound, TargetGroupNotFound, ValidationError } from './errors.ts';
import type { Elbv2Ports } from './ports.ts';
import type { Elbv2Reader } from './store.ts';

/** Whose version guards the tags of a resource. */
export type TagOwner =
  | { readonly kind: 'load balancer'; readonly balancer: LoadBalancer }
  | { readonly kind: 'target group'; readonly group: TargetGroup };

/** AWS's limit of ARNs in one call about tags. */
const maxResources = 20;

/**
 * Each ARN once.
 * @throws ValidationError
 */
export function checkedResources(arns: readonly string[]): string[] {
  if (arns.length === 0 || arns.length > maxResources)
    throw new ValidationError(`Between '1' and '${maxResources}' resource ARNs must be specified`);
  const strange = arns.find((arn) => kindOf(arn) === undefined);
  if (strange !== undefined)
    throw new ValidationError(`'${strange.slice(0, 256)}' is not a valid ARN`);
  return [...new Set(arns)];
}

/** @throws LoadBalancerNotFound, ListenerNotFound, TargetGroupNotFound */
export async function tagOwner(call: Call, reader: Elbv2Reader, arn: string): Promise<TagOwner> {
  switch (kindOf(arn)) {
    case 'load balancer': {
      const balancer = await reader.loadBalancer(call, arn);
      if (balancer === undefined)
        throw new LoadBalancerNotFound('One or more load balancers not found');
      return { kind: 'load balancer', balancer };
    }
    case 'listener': {
      const { balancer } = await ownedListener(call, reader, arn);
      return { kind: 'load balancer', balancer };
    }
    default: {
      const group = await reader.targetGroup(call, arn);
      if (group === undefined) throw new TargetGroupNotFound('One or more target groups not found');
      return { kind: 'target group', group };
    }
  }
}

/** The Change holds only if the tags, and the resources themselves, are as they were read. */
export function guardTags(
  call: Call,
  { writer }: Pick<Elbv2Ports, 'writer'>,
  owners: readonly TagOwner[],
): void {
  const balancers = new Map<string, LoadBalancer>();
  const groups = new Map<string, TargetGroup>();
  for (const owner of owners) {
    if (owner.kind === 'load balancer') balancers.set(owner.balancer.arn, owner.balancer);
    else groups.set(owner.group.arn, owner.group);
  }
  for (const balancer of balancers.values()) writer.updateLoadBalancer(call.change, balancer);
  for (const group of groups.values()) writer.updateTargetGroup(call.change, group);
}

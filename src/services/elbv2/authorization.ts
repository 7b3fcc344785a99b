import type { Call } from '../../aws/call.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import type { Soon } from '../../lib/soon.ts';
import { checkedArn, loadBalancerArnOf } from './arn.ts';
import type { Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import { ListenerNotFound, LoadBalancerNotFound, TargetGroupNotFound } from './errors.ts';
import type { Tag } from './model.ts';
import type { Elbv2Reader } from './store.ts';

/** Asks with the tags of the resource and of the request as condition keys. */
export function authorize(
  call: Call,
  action: string,
  resource: string,
  keys: {
    readonly resourceTags?: ReadonlyMap<string, string>;
    readonly requestTags?: readonly Tag[] | undefined;
    readonly tagKeys?: readonly string[];
    readonly context?: ConditionContext;
  } = {},
): Soon<void> {
  const context: Record<string, string | readonly string[] | undefined> = { ...keys.context };
  for (const [key, value] of keys.resourceTags ?? []) {
    context[`aws:ResourceTag/${key}`] = value;
    context[`elasticloadbalancing:ResourceTag/${key}`] = value;
  }
  for (const tag of keys.requestTags ?? []) context[`aws:RequestTag/${tag.Key}`] = tag.Value ?? '';
  const tagKeys = keys.tagKeys ?? keys.requestTags?.map((tag) => tag.Key);
  if (tagKeys !== undefined) context['aws:TagKeys'] = tagKeys;
  return call.authorize(`elasticloadbalancing:${action}`, resource, { context });
}

/** A call that makes a resource with tags needs the right to tag it too. */
export async function authorizeTagging(
  call: Call,
  action: string,
  resource: string,
  tags: readonly Tag[] | undefined,
): Promise<void> {
  if (tags === undefined) return;
  const context = { 'elasticloadbalancing:CreateAction': action };
  await authorize(call, 'AddTags', resource, { requestTags: tags, context });
}

/**
 * The load balancer that a call names, once the caller may do `action` on it; who may not learns nothing of
 * whether it exists.
 * @throws ValidationError, LoadBalancerNotFound, access-denied
 */
export async function authorizedLoadBalancer(
  call: Call,
  reader: Elbv2Reader,
  action: string,
  text: string,
  context: ConditionContext = {},
): Promise<LoadBalancer> {
  const arn = checkedArn(text, 'load balancer');
  await authorizeOn(call, reader, action, arn, context);
  call.audit.resource({ type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', arn });
  const balancer = await reader.loadBalancer(call, arn);
  if (balancer === undefined) throw new LoadBalancerNotFound(`Load balancer '${arn}' not found`);
  return balancer;
}

/**
 * The listener, and its load balancer whose version guards it.
 * @throws ValidationError, ListenerNotFound, access-denied
 */
export async function authorizedListener(
  call: Call,
  reader: Elbv2Reader,
  action: string,
  text: string,
  context: ConditionContext = {},
): Promise<OwnedListener> {
  const arn = checkedArn(text, 'listener');
  await authorizeOn(call, reader, action, arn, context);
  call.audit.resource({ type: 'AWS::ElasticLoadBalancingV2::Listener', arn });
  return ownedListener(call, reader, arn);
}

export interface OwnedListener {
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
}

/** @throws ListenerNotFound */
export async function ownedListener(
  call: Call,
  reader: Elbv2Reader,
  arn: string,
): Promise<OwnedListener> {
  // In this order: a change of the listener between the two reads is one of the load balancer's version after it was read.
  const balancer = await reader.loadBalancer(call, loadBalancerArnOf(arn));
  const listener = await reader.listener(call, arn);
  if (balancer === undefined || listener === undefined)
    throw new ListenerNotFound('One or more listeners not found');
  return { balancer, listener };
}

/** @throws ValidationError, TargetGroupNotFound, access-denied */
export async function authorizedTargetGroup(
  call: Call,
  reader: Elbv2Reader,
  action: string,
  text: string,
): Promise<TargetGroup> {
  const arn = checkedArn(text, 'target group');
  await authorizeOn(call, reader, action, arn, {});
  call.audit.resource({ type: 'AWS::ElasticLoadBalancingV2::TargetGroup', arn });
  const group = await reader.targetGroup(call, arn);
  if (group === undefined) throw new TargetGroupNotFound('One or more target groups not found');
  return group;
}

async function authorizeOn(
  call: Call,
  reader: Elbv2Reader,
  action: string,
  arn: string,
  context: ConditionContext,
): Promise<void> {
  const resourceTags = await reader.tags(call, arn);
  await authorize(call, action, arn, { resourceTags, context });
}

import { formatArn, parseArn } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { randomHex } from '../../lib/random.ts';
import { ValidationError } from './errors.ts';

export type ResourceKind = 'load balancer' | 'listener' | 'target group';

const resources: Readonly<Record<ResourceKind, RegExp>> = {
  'load balancer': /^loadbalancer\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/,
  listener: /^listener\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
  'target group': /^targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/,
};

export function newLoadBalancerArn(call: Call, name: string): string {
  return arnOf(call, `loadbalancer/app/${name}/${randomHex(call.random, 8)}`);
}

export function newListenerArn(call: Call, loadBalancerArn: string): string {
  const [, balancer = ''] = loadBalancerArn.split(':loadbalancer/');
  return arnOf(call, `listener/${balancer}/${randomHex(call.random, 8)}`);
}

/** Of the load balancer to which a listener belongs. */
export function loadBalancerArnOf(listenerArn: string): string {
  return listenerArn.replace(/:listener\/(.*)\/[0-9a-f]{16}$/, ':loadbalancer/$1');
}

export function newTargetGroupArn(call: Call, name: string): string {
  return arnOf(call, `targetgroup/${name}/${randomHex(call.random, 8)}`);
}

/** The resource of a call that makes a load balancer or target group: its ARN is not known before. */
export function anyOf(call: Call, kind: 'loadbalancer/app' | 'targetgroup', name: string): string {
  return arnOf(call, `${kind}/${name}/*`);
}

/** @throws ValidationError when `text` is no ARN of that kind */
export function checkedArn(text: string, kind: ResourceKind): string {
  if (kindOf(text) !== kind)
    throw new ValidationError(`'${text.slice(0, 256)}' is not a valid ${kind} ARN`);
  return text;
}

export function kindOf(text: string): ResourceKind | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'elasticloadbalancing') return undefined;
  const kinds = Object.keys(resources) as ResourceKind[];
  return kinds.find((kind) => resources[kind].test(arn.resource));
}

function arnOf(call: Call, resource: string): string {
  return formatArn({
    service: 'elasticloadbalancing',
    region: call.region,
    account: call.account,
    resource,
  });
}

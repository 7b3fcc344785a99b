import type { IpAddressType, LoadBalancerSchemeEnum, LoadBalancerState } from '../model.ts';

export interface LoadBalancer {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly address: string;
  readonly createdAt: Temporal.Instant;
  readonly version: number;
  readonly scheme: LoadBalancerSchemeEnum;
  readonly ipAddressType: IpAddressType;
  /** Opaque ids, as the customer gave them. */
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** Those that were set; the others have their defaults. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What CreateLoadBalancer compares when there is one of that name already. */
export type LoadBalancerSettings = Pick<
  LoadBalancer,
  'scheme' | 'ipAddressType' | 'subnets' | 'securityGroups'
>;

export function hasSettings(balancer: LoadBalancer, settings: LoadBalancerSettings): boolean {
  return (
    balancer.scheme === settings.scheme &&
    balancer.ipAddressType === settings.ipAddressType &&
    isSameSet(balancer.subnets, settings.subnets) &&
    isSameSet(balancer.securityGroups, settings.securityGroups)
  );
}

/** `active`, or impaired by the listeners that the gateway could not open. */
export function stateOf(failures: readonly (string | undefined)[]): LoadBalancerState {
  if (failures.length === 0) return { Code: 'active' };
  const [reason = 'A listener cannot be opened'] = failures;
  return { Code: 'active_impaired', Reason: reason };
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const set = new Set(some);
  return set.size === new Set(others).size && others.every((each) => set.has(each));
}

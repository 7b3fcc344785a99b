import type { Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import type { TargetGroup } from './domain/target-group.ts';
import type { ListenerTable, LoadBalancerTable, TargetGroupTable } from './schema.ts';

type LoadBalancerDetail = Pick<
  LoadBalancer,
  'scheme' | 'ipAddressType' | 'subnets' | 'securityGroups' | 'attributes'
>;
type ListenerDetail = Omit<
  Listener,
  'account' | 'region' | 'arn' | 'loadBalancerArn' | 'port' | 'state' | 'stateReason'
>;
type TargetGroupDetail = Omit<
  TargetGroup,
  'account' | 'region' | 'arn' | 'name' | 'loadBalancerArn' | 'version'
>;

export function loadBalancerOf(row: LoadBalancerTable): LoadBalancer {
  const { account, region, arn, name, address, version } = row;
  return {
    ...(JSON.parse(row.detail) as LoadBalancerDetail),
    account,
    region,
    arn,
    name,
    address,
    version,
    dnsName: row.dns_name,
    createdAt: Temporal.Instant.fromEpochMilliseconds(Number(row.created_at)),
  };
}

export function loadBalancerDetail(balancer: LoadBalancer): string {
  const { scheme, ipAddressType, subnets, securityGroups, attributes } = balancer;
  const detail: LoadBalancerDetail = { scheme, ipAddressType, subnets, securityGroups, attributes };
  return JSON.stringify(detail);
}

export function listenerOf(row: ListenerTable): Listener {
  const { account, region, arn, port } = row;
  return {
    ...(JSON.parse(row.detail) as ListenerDetail),
    account,
    region,
    arn,
    port,
    loadBalancerArn: row.load_balancer_arn,
    ...(row.state === null ? {} : { state: row.state as 'active' | 'failed' }),
    ...(row.state_reason === null ? {} : { stateReason: row.state_reason }),
  };
}

export function listenerDetail(listener: Listener): string {
  const { protocol, sslPolicy, defaultCertificate, certificates, action, attributes } = listener;
  return JSON.stringify({
    protocol,
    sslPolicy,
    defaultCertificate,
    certificates,
    action,
    attributes,
  });
}

export function targetGroupOf(row: TargetGroupTable): TargetGroup {
  const { account, region, arn, name, version } = row;
  return {
    ...(JSON.parse(row.detail) as TargetGroupDetail),
    account,
    region,
    arn,
    name,
    version,
    ...(row.load_balancer_arn === null ? {} : { loadBalancerArn: row.load_balancer_arn }),
  };
}

export function targetGroupDetail(group: TargetGroup): string {
  const { protocol, port, vpcId, ipAddressType, healthCheck, attributes } = group;
  const detail: TargetGroupDetail = {
    protocol,
    port,
    vpcId,
    ipAddressType,
    healthCheck,
    attributes,
  };
  return JSON.stringify(detail);
}

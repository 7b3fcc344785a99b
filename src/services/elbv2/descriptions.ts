import { describeAction } from './domain/action.ts';
import { certificatesOf, type Listener } from './domain/listener.ts';
import type { LoadBalancer } from './domain/load-balancer.ts';
import { healthCheckPort, type TargetGroup } from './domain/target-group.ts';
import type {
  AvailabilityZone,
  Certificate,
  Listener as ListenerDescription,
  LoadBalancer as LoadBalancerDescription,
  LoadBalancerState,
  TargetGroup as TargetGroupDescription,
  TargetHealth,
  TargetHealthDescription,
  TargetHealthReasonEnum,
  TargetHealthStateEnum,
} from './model.ts';
import type { Elbv2Ports } from './ports.ts';
import type { TargetTable } from './schema.ts';

export function describeLoadBalancer(
  balancer: LoadBalancer,
  state: LoadBalancerState,
  { dns, gatewayHost }: Pick<Elbv2Ports, 'dns' | 'gatewayHost'>,
): LoadBalancerDescription {
  return {
    LoadBalancerArn: balancer.arn,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: dns.canonicalHostedZoneId,
    CreatedTime: balancer.createdAt,
    LoadBalancerName: balancer.name,
    Scheme: balancer.scheme,
    State: state,
    Type: 'application',
    AvailabilityZones: describeZones(balancer, gatewayHost ?? balancer.address),
    SecurityGroups: balancer.securityGroups,
    IpAddressType: balancer.ipAddressType,
  };
}

/** Subnets are opaque: each counts as one of a zone of its own. All zones have the one address. */
function describeZones({ region, subnets }: LoadBalancer, address: string): AvailabilityZone[] {
  const LoadBalancerAddresses = [{ IpAddress: address }];
  if (subnets.length === 0) return [{ ZoneName: `${region}a`, LoadBalancerAddresses }];
  return subnets.map((SubnetId, n) => ({
    ZoneName: `${region}${String.fromCharCode(97 + (n % 26))}`,
    SubnetId,
    LoadBalancerAddresses,
  }));
}

export function describeListener(listener: Listener): ListenerDescription {
  const { defaultCertificate } = listener;
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol,
    ...(defaultCertificate === undefined
      ? {}
      : {
          Certificates: [{ CertificateArn: defaultCertificate }],
          SslPolicy: listener.sslPolicy,
          MutualAuthentication: { Mode: 'off' },
        }),
    DefaultActions: [describeAction(listener.action)],
  };
}

/** Of DescribeListenerCertificates: the default first. */
export function describeCertificates(listener: Listener): Certificate[] {
  return certificatesOf(listener).map((CertificateArn) => ({
    CertificateArn,
    IsDefault: CertificateArn === listener.defaultCertificate,
  }));
}

export function describeTargetGroup(group: TargetGroup): TargetGroupDescription {
  const { healthCheck: check } = group;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol,
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: check.protocol,
    HealthCheckPort: check.port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    HealthCheckPath: check.path,
    Matcher: { HttpCode: check.httpCodes },
    LoadBalancerArns: group.loadBalancerArn === undefined ? [] : [group.loadBalancerArn],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: group.ipAddressType,
  };
}

/** @param row undefined when the target is not registered */
export function describeHealth(
  group: TargetGroup,
  target: { readonly id: string; readonly port: number },
  row: TargetTable | undefined,
): TargetHealthDescription {
  return {
    Target: {
      Id: target.id,
      Port: target.port,
      ...(row?.availability_zone == null ? {} : { AvailabilityZone: row.availability_zone }),
    },
    HealthCheckPort: String(healthCheckPort(group, target.port)),
    TargetHealth: healthOf(group, row),
  };
}

function healthOf(group: TargetGroup, row: TargetTable | undefined): TargetHealth {
  if (row === undefined)
    return {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    };
  if (group.loadBalancerArn === undefined)
    return {
      State: 'unused',
      Reason: 'Target.NotInUse',
      Description: 'Target group is not configured to receive traffic from the load balancer',
    };
  if (row.health === null)
    return {
      State: 'initial',
      Reason: 'Elb.RegistrationInProgress',
      Description: 'Target registration is in progress',
    };
  return {
    State: row.health as TargetHealthStateEnum,
    ...(row.health_reason === null ? {} : { Reason: row.health_reason as TargetHealthReasonEnum }),
    ...(row.health_description === null ? {} : { Description: row.health_description }),
  };
}

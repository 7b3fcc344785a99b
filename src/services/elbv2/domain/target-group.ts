import type { CreateTargetGroupInput } from '../model.ts';

export interface TargetGroup extends TargetGroupSettings {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  readonly loadBalancerArn?: string;
  readonly version: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What CreateTargetGroup compares when there is one of that name already. */
export interface TargetGroupSettings {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
  readonly vpcId?: string | undefined;
  readonly ipAddressType: 'ipv4' | 'ipv6';
  readonly healthCheck: HealthCheck;
}

interface HealthCheck {
  readonly protocol: 'HTTP' | 'HTTPS';
  /** `traffic-port` or a number. */
  readonly port: string;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** `200`, `200,204` or `200-299`. */
  readonly httpCodes: string;
}

/** Why a target group cannot be as asked for, in the words of a ValidationError. */
export class WrongTargetGroup extends Error {}

/**
 * The settings, with AWS's defaults for an HTTP or HTTPS group of addresses.
 * @throws WrongTargetGroup
 */
export function parseSettings(input: CreateTargetGroupInput): TargetGroupSettings {
  const type = input.TargetType ?? 'instance';
  if (type !== 'ip')
    throw new WrongTargetGroup(
      `Target type '${type}' is not supported, the target type must be 'ip'`,
    );
  const { Protocol: protocol, Port: port } = input;
  if (protocol === undefined) throw new WrongTargetGroup('A protocol must be specified');
  if (protocol !== 'HTTP' && protocol !== 'HTTPS')
    throw new WrongTargetGroup(
      `Protocol '${protocol}' is not supported, it must be one of 'HTTP', 'HTTPS'`,
    );
  if (port === undefined) throw new WrongTargetGroup('A port must be specified');
  const version = input.ProtocolVersion ?? 'HTTP1';
  if (version !== 'HTTP1')
    throw new WrongTargetGroup(
      `Protocol version '${version.slice(0, 32)}' is not supported, it must be 'HTTP1'`,
    );
  if (input.TargetControlPort !== undefined)
    throw new WrongTargetGroup('A target control port is not supported');
  return {
    protocol,
    port,
    vpcId: input.VpcId,
    ipAddressType: input.IpAddressType ?? 'ipv4',
    healthCheck: parseHealthCheck(input),
  };
}

export function isSameSettings(one: TargetGroupSettings, other: TargetGroupSettings): boolean {
  const key = ({ protocol, port, vpcId, ipAddressType, healthCheck: check }: TargetGroupSettings) =>
    JSON.stringify([
      [
        protocol,
        port,
        vpcId,
        ipAddressType,
        check.protocol,
        check.port,
        check.path,
        check.httpCodes,
      ],
      [
        check.intervalSeconds,
        check.timeoutSeconds,
        check.healthyThreshold,
        check.unhealthyThreshold,
      ],
    ]);
  return key(one) === key(other);
}

/** The port that health checks of a target connect to. */
export function healthCheckPort(group: TargetGroupSettings, targetPort: number): number {
  const { port } = group.healthCheck;
  return port === 'traffic-port' ? targetPort : Number(port);
}

function parseHealthCheck(input: CreateTargetGroupInput): HealthCheck {
  if (input.HealthCheckEnabled === false)
    throw new WrongTargetGroup(
      "Health check enabled must be true for target groups with target type 'ip'",
    );
  const protocol = input.HealthCheckProtocol ?? 'HTTP';
  if (protocol !== 'HTTP' && protocol !== 'HTTPS')
    throw new WrongTargetGroup(
      `Health check protocol '${protocol}' must be one of 'HTTP', 'HTTPS'`,
    );
  const port = input.HealthCheckPort ?? 'traffic-port';
  if (port !== 'traffic-port' && !(/^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535))
    throw new WrongTargetGroup(
      "Health check port must be 'traffic-port' or in the range [1 - 65535]",
    );
  const path = input.HealthCheckPath ?? '/';
  // It becomes the request line of the check.
  if (!/^\/[\x21-\x7e]*$/.test(path))
    throw new WrongTargetGroup("Health check path must begin with a '/' and be printable ASCII");
  const intervalSeconds = input.HealthCheckIntervalSeconds ?? 30;
  const timeoutSeconds = input.HealthCheckTimeoutSeconds ?? 5;
  if (timeoutSeconds >= intervalSeconds)
    throw new WrongTargetGroup('Health check interval must be greater than the timeout.');
  if (input.Matcher?.GrpcCode !== undefined)
    throw new WrongTargetGroup('A gRPC code can only be specified for the protocol version GRPC');
  const httpCodes = input.Matcher?.HttpCode ?? '200';
  if (!areHttpCodes(httpCodes))
    throw new WrongTargetGroup('Health check matcher HTTP code must be within the range 200-499');
  return {
    protocol,
    port,
    path,
    intervalSeconds,
    timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? 5,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? 2,
    httpCodes,
  };
}

function areHttpCodes(text: string): boolean {
  return (
    text.length <= 128 &&
    text.split(',').every((part) => {
      const match = /^([2-4][0-9]{2})(?:-([2-4][0-9]{2}))?$/.exec(part);
      return match !== null && (match[2] === undefined || Number(match[1]) <= Number(match[2]));
    })
  );
}

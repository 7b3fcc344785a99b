import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeLoadBalancersCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { createZone, issuedCertificate } from '../issued.ts';
import { startTarget } from '../loopback.ts';
import { clientsOf } from '../sdk-clients.ts';
import type { World } from '../world.ts';

export interface Balancer {
  readonly arn: string;
  readonly listenerArn: string;
  /** Where it serves on port 8443. */
  readonly host: string;
}

/** What all lives of an installation share: a zone, and two load balancers that serve a certificate of their own. */
export interface Fixtures extends AsyncDisposable {
  readonly zoneId: string;
  readonly balancers: readonly Balancer[];
  /** The default certificate of the listeners. */
  readonly defaultArn: string;
  /** A customer's own KMS key. */
  readonly keyId: string;
}

export const listenerPort = 8443;
export const zoneName = 'torture.test';
export const defaultName = `default.${zoneName}`;

export async function makeFixtures(world: World): Promise<Fixtures> {
  using clients = clientsOf(world);
  const { elb, kms } = clients;
  const zoneId = await createZone(clients, zoneName);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const defaultArn = await issuedCertificate(clients, zoneId, {
    DomainName: defaultName,
    KeyAlgorithm: 'EC_prime256v1',
  });
  const target = await startTarget('from the target');
  const balancers: Balancer[] = [];
  for (const Name of ['one', 'two']) {
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({ Name, Subnets: ['subnet-1', 'subnet-2'] }),
    );
    const arn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({
        Name,
        Protocol: 'HTTP',
        Port: target.port,
        VpcId: 'vpc-1',
        TargetType: 'ip',
      }),
    );
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }] }));
    const { Listeners } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Protocol: 'HTTPS',
        Port: listenerPort,
        Certificates: [{ CertificateArn: defaultArn }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    );
    const listenerArn = Listeners?.[0]?.ListenerArn ?? '';
    const described = await elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
    const [zone] = described.LoadBalancers?.[0]?.AvailabilityZones ?? [];
    balancers.push({ arn, listenerArn, host: zone?.LoadBalancerAddresses?.[0]?.IpAddress ?? '' });
  }
  return {
    zoneId,
    balancers,
    defaultArn,
    keyId: KeyMetadata?.KeyId ?? '',
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  };
}

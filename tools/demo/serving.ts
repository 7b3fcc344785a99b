import { Resolver } from 'node:dns/promises';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ModifyListenerCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ListGrantsCommand,
  RevokeGrantCommand,
  type GrantListEntry,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { milliseconds, type Narrator } from './narrator.ts';
import type { Clients } from '../../test/sdk-clients.ts';
import { until } from '../../test/until.ts';
import type { World } from '../../test/world.ts';
import {
  get,
  handshake,
  isServed,
  sessionOf,
  type TlsClient,
  type TlsVersion,
} from './tls-client.ts';
import { domain } from './issuing.ts';

const versions: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3'];

export const backendAnswer = 'hello from the target\n';

export interface Balancer {
  readonly arn: string;
  readonly listenerArn: string;
  readonly tls: TlsClient;
}

export async function associate(
  server: World,
  { elb }: Clients,
  certificateArn: string,
  backendPort: number,
  tell: Narrator,
): Promise<Balancer> {
  tell.title('5  A load balancer gets the certificate, the encrypted key and a grant');
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'web', Subnets: ['subnet-1', 'subnet-2'] }),
  );
  const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers?.[0] ?? {};
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'shop',
      Protocol: 'HTTP',
      Port: backendPort,
      VpcId: 'vpc-1',
      TargetType: 'ip',
    }),
  );
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: '127.0.0.1' }] }));
  const startedAt = performance.now();
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 8443,
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${server.dnsPort}`]);
  const [host = ''] = await resolver.resolve4(DNSName);
  tell.check(
    'the load balancer has a name in our DNS',
    host.startsWith('127.'),
    `${DNSName} is ${host}`,
  );
  const tls: TlsClient = { host, port: 8443, servername: domain, ca: server.caPem };
  await until('the listener serves', 120, async () =>
    (await isServed(tls, 'TLSv1.3')) ? true : undefined,
  );
  tell.check('from CreateListener to the first handshake', true, milliseconds(startedAt));
  return { arn: LoadBalancerArn, listenerArn: Listeners?.[0]?.ListenerArn ?? '', tls };
}

export async function issuedGrants(kms: KMSClient, keyId: string): Promise<GrantListEntry[]> {
  const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId: keyId }));
  return Grants.filter(({ Name }) => Name === 'IssuedThroughACM');
}

export async function grantOf(
  { kms }: Clients,
  keyId: string,
  arn: string,
  tell: Narrator,
): Promise<void> {
  const [grant] = await issuedGrants(kms, keyId);
  const context = grant?.Constraints?.EncryptionContextEquals ?? {};
  tell.check(
    'its grant allows Decrypt, and only Decrypt',
    grant?.Operations?.join() === 'Decrypt',
    grant?.GranteePrincipal,
  );
  tell.check(
    'and only for this certificate on this load balancer',
    context['aws:acm:arn'] === arn && context['aws:elasticloadbalancing:arn'] !== undefined,
    Object.keys(context).join(' + '),
  );
}

export async function serve(tls: TlsClient, tell: Narrator): Promise<void> {
  tell.title('6  The gateway decrypts in memory, and serves');
  for (const version of versions) {
    const startedAt = performance.now();
    const socket = await handshake(tls, version);
    tell.check(
      `${version}: chain and name verified`,
      socket.authorized,
      `${socket.getCipher().name}, ${milliseconds(startedAt)}`,
    );
    socket.destroy();
  }
  const { status, body } = await get(tls);
  tell.check(
    'GET / goes through to the target',
    status === 200 && body === backendAnswer,
    body.trim(),
  );
}

export async function revoke(
  { kms, elb }: Clients,
  keyId: string,
  arn: string,
  balancer: Balancer,
  tell: Narrator,
): Promise<void> {
  tell.title('7  The grant is taken away');
  const { tls, listenerArn } = balancer;
  const sessions = await Promise.all(versions.map((version) => sessionOf(tls, version)));
  for (const [index, version] of versions.entries()) {
    const socket = await handshake(tls, version, sessions[index]);
    tell.check(`${version}: a session is resumed, as clients do`, socket.isSessionReused());
    socket.destroy();
  }
  const [grant] = await issuedGrants(kms, keyId);
  const startedAt = performance.now();
  await kms.send(new RevokeGrantCommand({ KeyId: keyId, GrantId: grant?.GrantId }));
  const measured = await Promise.all(
    versions.flatMap((version, index) => [
      firstRefusal(tls, version, undefined, startedAt),
      firstRefusal(tls, version, sessions[index], startedAt),
    ]),
  );
  for (const [index, elapsed] of measured.entries()) {
    const kind = index % 2 === 0 ? 'full' : 'resumed';
    tell.check(
      `from RevokeGrant to the first refused handshake, ${versions[index >> 1]} ${kind}`,
      elapsed < 2_000,
      `${elapsed.toFixed(0)} ms`,
    );
  }
  await elb.send(
    new ModifyListenerCommand({
      ListenerArn: listenerArn,
      Certificates: [{ CertificateArn: arn }],
    }),
  );
  await until('the listener serves again', 120, async () =>
    (await isServed(tls, 'TLSv1.3')) ? true : undefined,
  );
  const [newGrant] = await issuedGrants(kms, keyId);
  tell.check(
    'associated again, it serves under a new grant',
    newGrant !== undefined && newGrant.GrantId !== grant?.GrantId,
  );
}

async function firstRefusal(
  tls: TlsClient,
  version: TlsVersion,
  session: Buffer | undefined,
  startedAt: number,
): Promise<number> {
  return until(`a ${version} handshake is refused`, 120, async () =>
    (await isServed(tls, version, session)) ? undefined : performance.now() - startedAt,
  );
}

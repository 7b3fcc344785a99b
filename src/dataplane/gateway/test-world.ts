import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { ConnectionOptions, SecureVersion, TLSSocket } from 'node:tls';
import type {
  GatewayAction,
  GatewayCertificate,
  GatewayListener,
  GatewayLoadBalancer,
  GatewayTargetGroup,
} from '../../aws/gateway-feed.ts';
import type { Clock } from '../../lib/clock.ts';
import { systemClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { freePort } from '../../../test/loopback.ts';
import { createEnrolledHolder } from './enrolled-holder.ts';
import { Gateway } from './gateway.ts';
import type { GatewayOptions } from './gateway.ts';
import { testCertificate } from './test-certificates.ts';
import type { TestCertificate } from './test-certificates.ts';
import { TestControlPlane } from './test-control-plane.ts';

export const loadBalancerArn =
  'arn:aws:elasticloadbalancing:eu-north-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188';
const targetGroupArn =
  'arn:aws:elasticloadbalancing:eu-north-1:111122223333:targetgroup/shop/73e2d6bc24d8a067';

const patienceMilliseconds = 60_000;

/** The wall clock can be set, and both clocks be put forward. */
export class TestClock implements Clock {
  wallSkew = 0;
  elapsed = 0;
  now(): Temporal.Instant {
    return systemClock.now().add({ milliseconds: this.wallSkew + this.elapsed });
  }
  monotonic(): number {
    return systemClock.monotonic() + this.elapsed;
  }
}

/** A gateway with one load balancer, an HTTPS listener and a target, on loopback. */
export class TestWorld implements AsyncDisposable {
  readonly controlPlane = new TestControlPlane();
  readonly clock = new TestClock();
  readonly certificate: TestCertificate = testCertificate(['shop.test', '*.shop.test']);
  readonly port: number;
  readonly target: { readonly server: Server; readonly port: number };
  readonly gateway: Gateway;
  associated: GatewayCertificate & { readonly GrantId: string };

  private constructor(
    port: number,
    target: TestWorld['target'],
    make: (world: TestWorld) => Gateway,
  ) {
    this.port = port;
    this.target = target;
    this.associated = this.controlPlane.associate(this.certificate, loadBalancerArn);
    this.gateway = make(this);
  }

  static async start(
    handle: RequestListener = (_request, response) => response.end('from the target'),
    options: Partial<GatewayOptions> & {
      readonly state?: (world: TestWorld) => GatewayLoadBalancer;
    } = {},
  ): Promise<TestWorld> {
    const holder = await createEnrolledHolder(systemClock, systemRandom);
    const server = createServer(handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const target = { server, port: (server.address() as AddressInfo).port };
    const ready = Promise.withResolvers<void>();
    const world = new TestWorld(await freePort(), target, ({ controlPlane, clock }) => {
      return new Gateway({
        controlPlane,
        endpoint: { host: '127.0.0.1', port: 1 },
        holder,
        clock,
        random: systemRandom,
        log: silentLog,
        uptimeSeconds: () => clock.monotonic() / 1_000,
        portOffset: 0,
        onReady: ready.resolve,
        ...options,
      });
    });
    world.controlPlane.enrol(holder);
    world.controlPlane.put((options.state ?? ((all) => all.state()))(world));
    world.gateway.start();
    await ready.promise;
    return world;
  }

  /** What the feed says of the load balancer. */
  state(
    certificates: readonly GatewayCertificate[] = [this.associated],
    listener: Partial<GatewayListener> = {},
  ): GatewayLoadBalancer {
    return {
      LoadBalancerArn: loadBalancerArn,
      Account: '111122223333',
      Region: 'eu-north-1',
      DNSName: 'shop-1.eu-north-1.elb.test',
      Address: '127.0.0.1',
      Listeners: [
        {
          ListenerArn: `${loadBalancerArn.replace('loadbalancer', 'listener')}/f2f7dc8efc522ab2`,
          Protocol: 'HTTPS',
          Port: this.port,
          SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
          Certificates: certificates,
          DefaultActions: [forwardAction],
          ...listener,
        },
      ],
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: this.target.port }])],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const stopped = this.gateway.stop();
    this.target.server.close();
    await stopped;
  }
}

export const forwardAction: GatewayAction = {
  Type: 'forward',
  ForwardConfig: { TargetGroups: [{ TargetGroupArn: targetGroupArn }] },
};

export function targetGroup(
  targets: GatewayTargetGroup['Targets'],
  changes: Partial<GatewayTargetGroup> = {},
): GatewayTargetGroup {
  return {
    TargetGroupArn: targetGroupArn,
    Protocol: 'HTTP',
    Port: 80,
    HealthCheckEnabled: false,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckPath: '/',
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    MatcherHttpCode: '200',
    Targets: targets,
    ...changes,
  };
}

export interface Handshaken {
  readonly isReused: boolean;
  readonly serialNumber: string;
  /** To be offered for a resumption. */
  readonly session: Buffer | undefined;
}

/** Shakes hands, asks for `/` once so that tickets of TLS 1.3 arrive, and closes. Rejects with the alert. */
export async function shakeHands(
  port: number,
  version: SecureVersion,
  options: ConnectionOptions = {},
): Promise<Handshaken> {
  const { socket, sessions } = await connectTls(port, version, options);
  const isReused = socket.isSessionReused();
  const { serialNumber } = socket.getPeerCertificate();
  let isAnswered = false;
  socket.on('data', () => (isAnswered = true));
  const ended = new Promise<void>((resolve, reject) => {
    socket.once('close', () => resolve());
    // The end of what was answered may come as a reset.
    socket.once('error', (error) => isAnswered || reject(error));
  });
  socket.end('GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n');
  await ended;
  return { isReused, serialNumber, session: sessions.at(-1) };
}

export async function connectTls(
  port: number,
  version: SecureVersion,
  options: ConnectionOptions = {},
): Promise<{ socket: TLSSocket; sessions: Buffer[] }> {
  const socket = connect({
    host: '127.0.0.1',
    port,
    servername: 'shop.test',
    rejectUnauthorized: false,
    minVersion: version,
    maxVersion: version,
    ...options,
  });
  const sessions: Buffer[] = [];
  socket.on('session', (session) => sessions.push(session));
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed before the handshake was complete')));
  });
  socket.on('error', () => {});
  return { socket, sessions };
}

/** Until the connection is closed, be it with an error. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** Milliseconds until `isSo` holds, asked every few milliseconds; gives up where no machine is so slow. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<number> {
  const begin = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begin > patienceMilliseconds)
      throw new Error(`it never came to pass: ${String(isSo)}`);
    await sleep(2);
  }
  return performance.now() - begin;
}

/**
 * What the gateway costs, against a bare node:https server in the same run: the server's CPU time for a full
 * handshake, a resumed one, and a request on a kept connection. The gateway asks a target for each request, the
 * bare server answers by itself. `node bench/gateway.ts`; ratios count, absolute figures drift.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { Agent, createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { sslPolicies, defaultSslPolicy } from '../src/aws/ssl-policies.ts';
import { policyOptions } from '../src/dataplane/gateway/secure-contexts.ts';
import { testCertificate } from '../src/dataplane/gateway/test-certificates.ts';
import {
  connectTls,
  shakeHands,
  targetGroup,
  TestWorld,
} from '../src/dataplane/gateway/test-world.ts';

const seconds = 2;
const clients = 16;

async function compare(): Promise<void> {
  // The target is in the process of the clients, so that only the gateway itself is measured.
  const target = createHttpServer((_request, response) => response.end('ok')).listen(
    0,
    '127.0.0.1',
  );
  await once(target, 'listening');
  const gateway = fork(fileURLToPath(import.meta.url), ['gateway', String(portOf(target))]);
  const bare = fork(fileURLToPath(import.meta.url), ['bare']);
  const [[gatewayPort], [barePort]] = (await Promise.all([
    once(gateway, 'message'),
    once(bare, 'message'),
  ])) as [[number], [number]];
  for (const [what, run] of Object.entries(loads)) {
    const one = await measure(gateway, () => run(gatewayPort));
    const other = await measure(bare, () => run(barePort));
    process.stdout.write(
      `${what.padEnd(28)} gateway ${one.microseconds.toFixed(0).padStart(5)} µs CPU, ${one.rate.toFixed(0).padStart(5)}/s` +
        `   bare ${other.microseconds.toFixed(0).padStart(5)} µs CPU, ${other.rate.toFixed(0).padStart(5)}/s` +
        `   ratio ${(one.microseconds / other.microseconds).toFixed(2)}\n`,
    );
  }
  for (const child of [gateway, bare]) child.kill('SIGKILL');
  target.closeAllConnections();
  target.close();
}

const agent = new Agent({ keepAlive: true, maxSockets: clients, rejectUnauthorized: false });

/** Each does something until the time is over, and says how often. */
const loads: Readonly<Record<string, (port: number) => Promise<number>>> = {
  'full handshake, TLS 1.3': (port) => repeat(() => handshake(port)),
  'resumed handshake, TLS 1.3': async (port) => {
    const { session } = await shakeHands(port, 'TLSv1.3');
    return repeat(() => handshake(port, { session }));
  },
  'request, kept connection': (port) => repeat(() => ask(port)),
};

async function repeat(work: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  let count = 0;
  const run = async (): Promise<void> => {
    while (performance.now() < end) {
      await work();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, run));
  return count;
}

async function handshake(port: number, options: ConnectionOptions = {}): Promise<void> {
  const { socket } = await connectTls(port, 'TLSv1.3', options);
  socket.destroy();
}

function ask(port: number): Promise<void> {
  const options = { host: '127.0.0.1', port, servername: 'shop.test', agent };
  return new Promise((resolve, reject) => {
    get(options, (response) => response.resume().on('end', resolve)).on('error', reject);
  });
}

async function measure(
  server: ChildProcess,
  run: () => Promise<number>,
): Promise<{ microseconds: number; rate: number }> {
  const cpu = async (): Promise<number> => {
    server.send('cpu');
    const [microseconds] = (await once(server, 'message')) as [number];
    return microseconds;
  };
  const before = await cpu();
  const count = await run();
  return { microseconds: ((await cpu()) - before) / count, rate: count / seconds };
}

async function serveGateway(targetPort: number): Promise<void> {
  const world = await TestWorld.start(undefined, {
    state: (all) => ({
      ...all.state(),
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: targetPort }])],
    }),
  });
  report(world.port);
}

async function serveBare(): Promise<void> {
  const { pem: cert, privateKey } = testCertificate(['shop.test']);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const policy = sslPolicies.get(defaultSslPolicy);
  const tls = policy === undefined ? {} : policyOptions(policy);
  const server = createServer({ ...tls, cert, key }, (_request, response) => response.end('ok'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  report(portOf(server));
}

function report(port: number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.once('disconnect', () => process.exit());
  process.send?.(port);
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

switch (process.argv[2]) {
  case 'gateway':
    await serveGateway(Number(process.argv[3]));
    break;
  case 'bare':
    await serveBare();
    break;
  default:
    await compare();
}

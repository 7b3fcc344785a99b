import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { testCertificate } from '../dataplane/gateway/test-certificates.ts';
import {
  closed,
  connectTls,
  loadBalancerArn,
  shakeHands,
  targetGroup,
  until,
} from '../dataplane/gateway/test-world.ts';
import { freePort } from '../../test/loopback.ts';
import type { MessageFromGateway, MessageToGateway } from '../lib/gateway-control.ts';
import { GatewaySockets } from './gateway-sockets.ts';
import { TestGatewayApi } from './test-gateway-api.ts';

const secretAccessKey = `secret${randomUUID()}`;

test('the process enrols, serves, follows a control plane that was restarted, and drains on SIGTERM', async (t) => {
  await using world = await ProcessWorld.start();
  t.diagnostic(
    `start to enrolment ${world.enrolledAfter.toFixed(0)} ms, to ready ${world.readyAfter.toFixed(0)} ms`,
  );
  const { serialNumber, session } = await shakeHands(world.port, 'TLSv1.3');
  assert.equal(serialNumber, world.certificate.serialNumber);

  await world.api.restart();
  await sleep(200);
  const begin = performance.now();
  world.api.controlPlane.revoke(world.associated.GrantId);
  await until(() =>
    shakeHands(world.port, 'TLSv1.3', { session }).then(
      () => false,
      () => true,
    ),
  );
  t.diagnostic(`revoked to refused, over HTTPS: ${(performance.now() - begin).toFixed(1)} ms`);
  await assert.rejects(shakeHands(world.port, 'TLSv1.2'));
  assert.ok(
    world.api.cursors.length > 0 && !world.api.cursors.slice(1).includes(undefined),
    'the cursor is kept',
  );

  world.child.kill('SIGTERM');
  assert.deepEqual(await world.ended, [0, null]);
});

test('a request in flight is answered when the process is told to end', async () => {
  await using world = await ProcessWorld.start();
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.write('GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  await until(() => world.targetRequests === 1);
  world.child.kill('SIGTERM');
  assert.deepEqual(await world.ended, [0, null]);
  if (!socket.closed) await closed(socket);
  assert.match(answer, /^HTTP\/1.1 200 OK\r\n[^]*slow$/);
});

test('neither arguments, environment nor log hold a secret', async () => {
  await using world = await ProcessWorld.start();
  const places = [world.log, ...['cmdline', 'environ'].map((name) => world.processFile(name))];
  for (const place of places) {
    assert.ok(!place.includes(secretAccessKey));
    assert.doesNotMatch(place, /PRIVATE KEY/);
  }
  assert.match(world.log, /serving a certificate/);
});

test('credentials that are not taken are asked for anew, and used', async () => {
  await using world = await ProcessWorld.start();
  world.api.refusedToken = 'token 1';
  await until(() => world.messages.some(({ type }) => type === 'renew-credentials'));
  world.send(credentials('token 2'));
  await until(() => world.api.tokens.at(-1) === 'token 2');
});

test('another root is trusted once the supervisor says so, and not before', async () => {
  await using world = await ProcessWorld.start();
  await world.api.changeAuthority();
  const asked = world.api.tokens.length;
  await until(() => world.log.includes('no word from the control plane'));
  assert.equal(world.api.tokens.length, asked);
  world.send({ type: 'trust', caPem: world.api.place.caPem });
  await until(() => world.api.tokens.length > asked);
});

test('the process ends with its supervisor', async () => {
  await using world = await ProcessWorld.start();
  world.child.disconnect();
  // By itself it would end with a status, once it has drained.
  assert.deepEqual(await world.ended, [null, 'SIGKILL']);
});

function credentials(sessionToken: string): MessageToGateway {
  const expiresAt = Temporal.Now.instant().epochMilliseconds + 3_600_000;
  return {
    type: 'credentials',
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey,
    sessionToken,
    expiresAt,
  };
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

/** A real gateway process, its supervisor, and a control plane that speaks the wire over HTTPS. */
class ProcessWorld implements AsyncDisposable {
  readonly api: TestGatewayApi;
  readonly certificate = testCertificate(['shop.test']);
  readonly associated;
  readonly messages: MessageFromGateway[] = [];
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  readonly port: number;
  targetRequests = 0;
  log = '';
  enrolledAfter = 0;
  readyAfter = 0;
  readonly #target = createHttpServer((_request, response) => {
    this.targetRequests += 1;
    setTimeout(() => response.end('slow'), 500);
  });
  readonly #sockets = new GatewaySockets();

  private constructor(port: number, api: TestGatewayApi) {
    this.port = port;
    this.api = api;
    this.associated = api.controlPlane.associate(this.certificate, loadBalancerArn);
    this.child = spawn(process.execPath, [join(import.meta.dirname, 'gateway.ts')], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {},
    });
    this.ended = once(this.child, 'exit');
    this.child.stderr?.on('data', (data: Buffer) => (this.log += String(data)));
  }

  static async start(): Promise<ProcessWorld> {
    const world = new ProcessWorld(await freePort(), await TestGatewayApi.start());
    const begin = performance.now();
    world.#target.listen(0, '127.0.0.1');
    await once(world.#target, 'listening');
    world.api.controlPlane.put(world.#state());
    const ready = Promise.withResolvers<void>();
    world.child.on('message', (message: MessageFromGateway) => {
      world.messages.push(message);
      if (message.type === 'enrol') {
        world.enrolledAfter = performance.now() - begin;
        world.#enrol(message);
      }
      if (message.type === 'bind') void world.#sockets.give(world.child, message);
      if (message.type === 'ready') ready.resolve();
    });
    await ready.promise;
    world.readyAfter = performance.now() - begin;
    return world;
  }

  send(message: MessageToGateway): void {
    this.child.send(message);
  }

  processFile(name: string): string {
    const file = `/proc/${this.child.pid}/${name}`;
    return existsSync(file) ? readFileSync(file, 'latin1') : '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    await this.api[Symbol.asyncDispose]();
    this.#target.closeAllConnections();
    this.#target.close();
    this.#sockets.closeUnused([]);
  }

  #enrol({ holderId, publicKey }: { holderId: string; publicKey: string }): void {
    this.api.controlPlane.enrol({ holderId, publicKey: Buffer.from(publicKey, 'hex') });
    this.send({ type: 'configuration', ...this.api.place, isSpare: false });
    this.send(credentials('token 1'));
  }

  #state() {
    return {
      LoadBalancerArn: loadBalancerArn,
      Account: '111122223333',
      Region: 'eu-north-1',
      DNSName: 'shop.test',
      Address: '127.0.0.1',
      Listeners: [
        {
          ListenerArn: 'listener',
          Protocol: 'HTTPS' as const,
          Port: this.port,
          Certificates: [this.associated],
          DefaultActions: [
            {
              Type: 'forward' as const,
              ForwardConfig: { TargetGroups: [{ TargetGroupArn: targetGroup([]).TargetGroupArn }] },
            },
          ],
        },
      ],
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: portOf(this.#target) }])],
    };
  }
}

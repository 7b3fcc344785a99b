import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { testCertificate } from '../dataplane/gateway/test-certificates.ts';
import { TestLoad } from '../dataplane/gateway/test-load.ts';
import {
  connectTls,
  forwardAction,
  loadBalancerArn,
  shakeHands,
  targetGroup,
  until,
} from '../dataplane/gateway/test-world.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { freePort } from '../../test/loopback.ts';
import { SupervisedGateway } from './supervised-gateway.ts';
import { TestGatewayApi } from './test-gateway-api.ts';

test('a gateway is replaced under load, and no request fails', async (t) => {
  await using world = await SupervisedWorld.start();
  const webSocket = await world.openWebSocket();
  const load = TestLoad.start(world.port, 'shop.test');
  for (let n = 0; n < 2; n += 1) {
    await world.bothProtocolsServe(load);
    const { child } = world.gateway.process;
    assert.equal(await world.gateway.replace(), true);
    assert.notEqual(world.gateway.process.child, child);
  }
  await world.bothProtocolsServe(load);
  const { failures, http1, http2 } = await load.end();
  t.diagnostic(`${http1} requests over HTTP/1.1, ${http2} over HTTP/2`);
  assert.deepEqual(failures, []);

  // The first process lives on for the sake of a WebSocket, and only of that.
  await until(() => world.gateway.process.children.length === 2);
  assert.equal(await echo(webSocket, 'still there'), 'still there');
  webSocket.end();
  await until(() => world.gateway.process.children.length === 1);
  await until(() => world.holders.size === 1);
});

test('a gateway that was replaced still lets go of a certificate that is revoked', async () => {
  await using world = await SupervisedWorld.start();
  const idle = await world.keptConnection();
  assert.equal(await world.gateway.replace(), true);
  assert.equal(idle.destroyed, false);
  world.api.controlPlane.revoke(world.associated.GrantId);
  await until(() => idle.destroyed);
  await assert.rejects(shakeHands(world.port, 'TLSv1.3'));
});

test('connections wait while a gateway that died is started again', async () => {
  await using world = await SupervisedWorld.start();
  const { child } = world.gateway.process;
  child?.kill('SIGKILL');
  await until(() => world.gateway.process.child !== child);
  const [{ serialNumber }] = await Promise.all([
    shakeHands(world.port, 'TLSv1.3'),
    shakeHands(world.port, 'TLSv1.2'),
  ]);
  assert.equal(serialNumber, world.certificate.serialNumber);
});

test('nobody waits on a listener that was deleted while there was no gateway', async () => {
  await using world = await SupervisedWorld.start();
  const { child } = world.gateway.process;
  child?.kill('SIGKILL');
  await until(() => world.gateway.process.child !== child);
  world.api.controlPlane.put({ ...world.state(), Listeners: [] });
  await until(() => world.gateway.process.isReady);
  const [error] = (await once(connect(world.port, '127.0.0.1'), 'error')) as [{ code?: string }];
  assert.equal(error.code, 'ECONNREFUSED');
});

async function echo(socket: TLSSocket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return String(answer);
}

/** Real gateway processes under their supervisor, with a target that also speaks an echo in the place of WebSocket. */
class SupervisedWorld implements AsyncDisposable {
  readonly api: TestGatewayApi;
  readonly port: number;
  readonly certificate = testCertificate(['shop.test']);
  readonly associated;
  readonly holders = new Set<string>();
  readonly gateway: SupervisedGateway;
  readonly #ready = Promise.withResolvers<void>();
  readonly #target = createServer((_request, response) => response.end('from the target'));

  private constructor(api: TestGatewayApi, port: number) {
    this.api = api;
    this.port = port;
    this.associated = api.controlPlane.associate(this.certificate, loadBalancerArn);
    this.#target.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n');
      socket.write('Upgrade: websocket\r\n\r\n');
      socket.pipe(socket).on('error', () => socket.destroy());
    });
    this.gateway = new SupervisedGateway({
      vault: {
        enrolHolder: async (holder) => {
          this.holders.add(holder.holderId);
          api.controlPlane.enrol(holder);
        },
        removeHolder: (holderId) => this.holders.delete(holderId),
      },
      configuration: async () => api.place,
      askForCredentials: (id) =>
        this.gateway.giveCredentials(id, {
          accessKeyId: 'ASIAEXAMPLE',
          secretAccessKey: 'secret',
          sessionToken: 'token',
          expiresAt: systemClock.now().epochMilliseconds + 3_600_000,
        }),
      onReady: this.#ready.resolve,
      onEnd: () => {},
      log: silentLog,
      monotonic: () => systemClock.monotonic(),
    });
  }

  static async start(): Promise<SupervisedWorld> {
    const world = new SupervisedWorld(await TestGatewayApi.start(), await freePort());
    world.#target.listen(0, '127.0.0.1');
    await once(world.#target, 'listening');
    world.api.controlPlane.put(world.state());
    world.gateway.process.start();
    await world.#ready.promise;
    return world;
  }

  state() {
    const { port } = this.#target.address() as AddressInfo;
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
          DefaultActions: [forwardAction],
        },
      ],
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: port }])],
    };
  }

  /** Resolves when hundreds more of requests were answered over each protocol. */
  async bothProtocolsServe(load: TestLoad): Promise<void> {
    const { http1, http2 } = load.counts;
    await until(() => load.counts.http1 > http1 + 200 && load.counts.http2 > http2 + 200);
  }

  async openWebSocket(): Promise<TLSSocket> {
    const { socket } = await connectTls(this.port, 'TLSv1.3');
    socket.write(
      'GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    assert.match(String(head), /^HTTP\/1.1 101 /);
    return socket;
  }

  /** A connection that has had an answer. */
  async keptConnection(): Promise<TLSSocket> {
    const { socket } = await connectTls(this.port, 'TLSv1.3');
    assert.match(
      await echo(socket, 'GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n'),
      /^HTTP\/1.1 200 /,
    );
    socket.resume();
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway.process.stop(1_000);
    await this.api[Symbol.asyncDispose]();
    this.#target.closeAllConnections();
    this.#target.close();
  }
}

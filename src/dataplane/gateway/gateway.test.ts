import assert from 'node:assert/strict';
import { request as httpsRequest, Agent } from 'node:https';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { testCertificate } from './test-certificates.ts';
import { freePort } from '../../../test/loopback.ts';
import { TestWorld, closed, connectTls, loadBalancerArn, shakeHands, until } from './test-world.ts';

test('a renewal swaps the certificate under load without a failed request', async () => {
  await using world = await TestWorld.start((_request, response) => {
    setTimeout(() => response.end('x'.repeat(5_000)), 5);
  });
  using load = new Load(world.port, 200);
  await until(() => load.answered > 300);
  for (let revision = 2; revision <= 4; revision += 1) {
    const renewed = testCertificate(['shop.test'], revision % 2 === 0 ? 'rsa' : 'ec');
    const before = load.answered;
    world.associated = world.controlPlane.associate(renewed, loadBalancerArn, {
      certificateArn: world.associated.CertificateArn,
      grantId: world.associated.GrantId,
      revision,
    });
    world.controlPlane.put(world.state());
    await until(async () => {
      const { serialNumber } = await shakeHands(world.port, 'TLSv1.3');
      return serialNumber === renewed.serialNumber;
    });
    await until(() => load.answered > before + 400);
  }
  await load.end();
  assert.deepEqual(load.failures, []);
});

test('sessions of before a renewal are not resumed: the next handshake shows the new certificate', async () => {
  await using world = await TestWorld.start();
  const { session } = await shakeHands(world.port, 'TLSv1.2');
  const renewed = testCertificate(['shop.test']);
  const { CertificateArn: certificateArn, GrantId: grantId } = world.associated;
  const options = { certificateArn, grantId, revision: 2 };
  world.controlPlane.put(
    world.state([world.controlPlane.associate(renewed, loadBalancerArn, options)]),
  );
  await until(
    async () => (await shakeHands(world.port, 'TLSv1.3')).serialNumber === renewed.serialNumber,
  );
  const next = await shakeHands(world.port, 'TLSv1.2', { session });
  assert.deepEqual([next.isReused, next.serialNumber], [false, renewed.serialNumber]);
});

test('a renewed key that does not fit its certificate leaves the old one in service', async () => {
  await using world = await TestWorld.start();
  const { CertificateArn: certificateArn, GrantId: grantId } = world.associated;
  const options = { certificateArn, grantId, revision: 2 };
  const wrong = { ...testCertificate(['shop.test']), pem: testCertificate(['shop.test']).pem };
  const asked = world.controlPlane.decryptions;
  world.controlPlane.put(
    world.state([world.controlPlane.associate(wrong, loadBalancerArn, options)]),
  );
  // It is tried again once the first answer was found not to fit.
  await until(() => world.controlPlane.decryptions > asked + 1);
  const { serialNumber } = await shakeHands(world.port, 'TLSv1.3');
  assert.equal(serialNumber, world.certificate.serialNumber);
});

test('cut off, it serves until the limit and not after, and again when it is back, without a new decryption', async () => {
  await using world = await TestWorld.start(undefined, { offlineLimitSeconds: 3_600 });
  const { decryptions } = world.controlPlane;
  const { session } = await shakeHands(world.port, 'TLSv1.3');
  world.controlPlane.isReachable = false;
  world.controlPlane.wake();
  world.clock.elapsed = 3_500_000;
  world.gateway.tick();
  assert.ok((await shakeHands(world.port, 'TLSv1.3', { session })).isReused);
  world.clock.elapsed = 3_700_000;
  world.gateway.tick();
  await assert.rejects(shakeHands(world.port, 'TLSv1.3'));
  await assert.rejects(shakeHands(world.port, 'TLSv1.3', { session }));
  world.controlPlane.isReachable = true;
  await until(() =>
    shakeHands(world.port, 'TLSv1.3').then(
      () => true,
      () => false,
    ),
  );
  assert.equal(world.controlPlane.decryptions, decryptions);
});

test('a control plane that is back is found within a second, asked from the cursor on, and told everything', async () => {
  await using world = await TestWorld.start();
  await until(() => world.controlPlane.reports.length > 0);
  world.controlPlane.isReachable = false;
  world.controlPlane.wake();
  await sleep(1_500);
  const before = world.controlPlane.watches.length;
  const reports = world.controlPlane.reports.length;
  world.controlPlane.isReachable = true;
  // By this process's own timers: a machine that is busy holds up both.
  const isInTime = await Promise.race([
    world.controlPlane.asked().then(() => true),
    sleep(1_000, false),
  ]);
  assert.ok(isInTime);
  assert.equal(world.controlPlane.watches[before]?.Cursor, '1');
  await until(() => world.controlPlane.proofs.length > 0);
  await until(() => world.controlPlane.reports.length > reports);
  assert.equal(world.controlPlane.reports.at(-1)?.Listeners[0]?.State, 'active');
});

test('a wall clock that jumps makes it prove its grants, in one call for all', async () => {
  await using world = await TestWorld.start();
  const b = testCertificate(['b.test']);
  const other = world.controlPlane.associate(b, loadBalancerArn, { isDefault: false });
  world.controlPlane.put(world.state([world.associated, other]));
  await until(async () => {
    const { serialNumber } = await shakeHands(world.port, 'TLSv1.3', { servername: 'b.test' });
    return serialNumber === b.serialNumber;
  });
  world.clock.wallSkew = -120_000;
  await until(() => world.controlPlane.proofs.length > 0);
  assert.deepEqual(
    world.controlPlane.proofs[0]?.Grants.map(({ GrantId }) => GrantId).toSorted(),
    [world.associated.GrantId, other.GrantId].toSorted(),
  );
});

test('a port that is taken is reported, and bound once it is free', async () => {
  await using world = await TestWorld.start();
  const port = await freePort();
  const blocker = createServer().listen(port, '127.0.0.1');
  await once(blocker, 'listening');
  world.controlPlane.put(world.state(undefined, { Port: port }));
  const statuses = () =>
    world.controlPlane.reports.flatMap(({ Listeners }) => Listeners.map(({ State }) => State));
  await until(() => statuses().includes('failed'));
  const failed = world.controlPlane.reports.flatMap(({ Listeners }) => Listeners).at(-1);
  assert.equal(failed?.Reason, `127.0.0.1:${port} is in use by another process`);
  blocker.close();
  await until(() => statuses().at(-1) === 'active');
  await shakeHands(port, 'TLSv1.3');
});

test('it is ready even when a key cannot be had, and has it when it can', async () => {
  const broken = { Ciphertext: 'AAAA', Revision: 0 };
  await using world = await TestWorld.start(undefined, {
    state: (all) => all.state([{ ...all.associated, ...broken }]),
  });
  await assert.rejects(shakeHands(world.port, 'TLSv1.3'));
  world.controlPlane.put(world.state());
  await until(() =>
    shakeHands(world.port, 'TLSv1.3').then(
      () => true,
      () => false,
    ),
  );
});

test('it stops: nothing new is taken, what is in flight ends', async () => {
  const held = Promise.withResolvers<void>();
  const isAsked = Promise.withResolvers<void>();
  await using world = await TestWorld.start((_request, response) => {
    isAsked.resolve();
    void held.promise.then(() => response.end('done'));
  });
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.write('GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  await isAsked.promise;
  let isStopped = false;
  const stopped = world.gateway.stop().then(() => (isStopped = true));
  await assert.rejects(shakeHands(world.port, 'TLSv1.3'), { code: 'ECONNREFUSED' });
  assert.equal(isStopped, false);
  held.resolve();
  await Promise.all([stopped, closed(socket)]);
  assert.match(answer, /200 OK[^]*done/);
});

test('the certificate is chosen by the name that the client asks for, ECDSA first', async () => {
  await using world = await TestWorld.start();
  const wild = testCertificate(['*.b.test'], 'rsa');
  const exact = testCertificate(['x.b.test']);
  const extra = { isDefault: false };
  world.controlPlane.put(
    world.state([
      world.associated,
      world.controlPlane.associate(wild, loadBalancerArn, extra),
      world.controlPlane.associate(exact, loadBalancerArn, extra),
    ]),
  );
  const served = async (servername: string) =>
    (await shakeHands(world.port, 'TLSv1.2', { servername })).serialNumber;
  await until(async () => (await served('x.b.test')) === exact.serialNumber);
  await until(async () => (await served('w.b.test')) === wild.serialNumber);
  assert.equal(await served('x.b.test'), exact.serialNumber);
  assert.equal(await served('Y.B.test'), wild.serialNumber);
  assert.equal(await served('z.y.b.test'), world.certificate.serialNumber);
  assert.equal(await served(''), world.certificate.serialNumber);
});

/** So many clients, each with a connection of its own half of the time, that never pause. */
class Load implements Disposable {
  readonly failures: string[] = [];
  answered = 0;
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  readonly #clients: Promise<void>[];
  #isOver = false;

  constructor(port: number, clients: number) {
    this.#port = port;
    this.#clients = Array.from({ length: clients }, (_, at) => this.#run(at % 20 === 0));
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#agent.destroy();
  }

  async #run(isNewConnection: boolean): Promise<void> {
    while (!this.#isOver) {
      try {
        const length = await this.#ask(isNewConnection);
        if (length !== 5_000) this.failures.push(`answered ${length} bytes`);
        this.answered += 1;
      } catch (error) {
        this.failures.push(String(error));
      }
    }
  }

  #ask(isNewConnection: boolean): Promise<number> {
    const agent = isNewConnection ? false : this.#agent;
    const options = { host: '127.0.0.1', port: this.#port, servername: 'shop.test', agent };
    return new Promise((resolve, reject) => {
      const request = httpsRequest({ ...options, rejectUnauthorized: false }, (response) => {
        let length = 0;
        response.on('data', (chunk: Buffer) => (length += chunk.length));
        response.on('end', () => resolve(response.statusCode === 200 ? length : 0));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end();
    });
  }
}

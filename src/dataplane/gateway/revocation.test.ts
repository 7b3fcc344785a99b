import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureVersion } from 'node:tls';
import { testCertificate } from './test-certificates.ts';
import { TestWorld, closed, connectTls, loadBalancerArn, shakeHands, until } from './test-world.ts';

const refused = { code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE' };

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${version}: after a revocation neither a full nor a resumed handshake succeeds`, async () => {
    await using world = await TestWorld.start();
    const first = await shakeHands(world.port, version);
    assert.equal(first.serialNumber, world.certificate.serialNumber);
    const resumed = await shakeHands(world.port, version, { session: first.session });
    assert.equal(resumed.isReused, true, 'sessions are resumed while the grant lives');

    world.controlPlane.revoke(world.associated.GrantId);
    await world.controlPlane.heard();
    await assert.rejects(shakeHands(world.port, version, { session: first.session }), refused);
    await assert.rejects(shakeHands(world.port, version, { session: resumed.session }), refused);
    await assert.rejects(shakeHands(world.port, version), refused);
    await assert.rejects(shakeHands(world.port, version, { servername: '' }), refused);
  });

  test(`${version}: associated again, it serves again, but resumes nothing of before`, async () => {
    await using world = await TestWorld.start();
    const { session } = await shakeHands(world.port, version);
    world.controlPlane.revoke(world.associated.GrantId);
    await world.controlPlane.heard();
    await assert.rejects(shakeHands(world.port, version), refused);
    world.associated = world.controlPlane.associate(world.certificate, loadBalancerArn, {
      certificateArn: world.associated.CertificateArn,
    });
    world.controlPlane.put(world.state());
    await until(async () => !(await isRefused(world.port, version)));
    const again = await shakeHands(world.port, version, { session });
    assert.equal(again.isReused, false);
  });

  test(`${version}: a handshake begun before a revocation does not complete after it`, async () => {
    await using world = await TestWorld.start();
    const gate = new Gate(world.port);
    const shaking = connectTls(world.port, version, { socket: gate });
    shaking.catch(() => {});
    // The server has answered the ClientHello, and waits for the client's second flight.
    await until(() => gate.received > 0);
    if (version === 'TLSv1.2') gate.isHeld = true;
    world.controlPlane.revoke(world.associated.GrantId);
    await until(() => gate.isClosed);
    gate.release();
    if (version === 'TLSv1.2') await assert.rejects(shaking);
  });

  test(`${version}: a connection accepted before a revocation cannot shake hands after it`, async () => {
    await using world = await TestWorld.start();
    const accepted = connectTcp(world.port, '127.0.0.1')
      .on('error', () => {})
      .resume();
    await once(accepted, 'connect');
    // Until the server has accepted it.
    await shakeHands(world.port, version);
    world.controlPlane.revoke(world.associated.GrantId);
    await world.controlPlane.heard();
    await assert.rejects(shakeHands(world.port, version), refused);
    assert.ok(accepted.readableEnded || accepted.destroyed, 'it is gone before others are refused');
  });
}

test('a gateway to whom its configuration is denied serves nothing, until it is not any more', async () => {
  await using world = await TestWorld.start();
  const { session } = await shakeHands(world.port, 'TLSv1.3');
  world.controlPlane.isDenied = true;
  world.controlPlane.wake();
  await until(() => isRefused(world.port, 'TLSv1.3'));
  await assert.rejects(shakeHands(world.port, 'TLSv1.3', { session }), refused);
  world.controlPlane.isDenied = false;
  await until(async () => !(await isRefused(world.port, 'TLSv1.3')));
  assert.equal((await shakeHands(world.port, 'TLSv1.3', { session })).isReused, false);
});

test('a revocation closes idle connections at once and takes no new request on busy ones', async () => {
  const held = Promise.withResolvers<void>();
  const seen: string[] = [];
  await using world = await TestWorld.start((request, response) => {
    seen.push(request.url ?? '');
    if (request.url === '/slow') void held.promise.then(() => response.end('done'));
    else response.end('fast');
  });
  const idle = await connectTls(world.port, 'TLSv1.3');
  idle.socket.write('GET /idle HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  await once(idle.socket, 'data');
  const busy = await connectTls(world.port, 'TLSv1.3');
  let answer = '';
  busy.socket.on('data', (chunk) => (answer += String(chunk)));
  busy.socket.write('GET /slow HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  await until(() => seen.includes('/slow'));

  const idleClosed = closed(idle.socket);
  world.controlPlane.revoke(world.associated.GrantId);
  await idleClosed;
  busy.socket.write('GET /late HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  await sleep(50);
  held.resolve();
  await closed(busy.socket);
  assert.match(answer, /^HTTP\/1.1 200 OK\r\n[^]*Connection: close\r\n[^]*done/);
  assert.equal(answer.match(/HTTP\/1.1/g)?.length, 1);
  assert.ok(!seen.includes('/late'));
});

test('a revocation leaves the other certificates of the listener alone', async () => {
  await using world = await TestWorld.start();
  const other = testCertificate(['other.test']);
  const associated = world.controlPlane.associate(other, loadBalancerArn, { isDefault: false });
  world.controlPlane.put(world.state([world.associated, associated]));
  const ask = { servername: 'other.test' };
  await until(
    async () => (await shakeHands(world.port, 'TLSv1.3', ask)).serialNumber === other.serialNumber,
  );
  const { socket } = await connectTls(world.port, 'TLSv1.3', ask);
  world.controlPlane.revoke(world.associated.GrantId);
  await world.controlPlane.heard();
  await assert.rejects(shakeHands(world.port, 'TLSv1.3'), refused);
  socket.write('GET / HTTP/1.1\r\nHost: other.test\r\n\r\n');
  const [data] = (await once(socket, 'data')) as [Buffer];
  assert.match(String(data), /^HTTP\/1.1 200/);
  socket.destroy();
  assert.equal((await shakeHands(world.port, 'TLSv1.2', ask)).serialNumber, other.serialNumber);
});

test('a feed that is wrong or late does not bring back a grant that a proof found gone', async () => {
  await using world = await TestWorld.start();
  world.controlPlane.revokeUnseen(world.associated.GrantId);
  world.clock.wallSkew = 120_000;
  await until(() => isRefused(world.port, 'TLSv1.3'));
  const { decryptions } = world.controlPlane;
  world.controlPlane.put(world.state());
  await world.controlPlane.heard();
  assert.equal(await isRefused(world.port, 'TLSv1.3'), true);
  world.controlPlane.remove(loadBalancerArn);
  await world.controlPlane.heard();
  world.controlPlane.put(world.state());
  await world.controlPlane.heard();
  assert.equal(await isRefused(world.port, 'TLSv1.3'), true);
  assert.equal(world.controlPlane.decryptions, decryptions, 'KMS is not even asked');
});

test('a key that comes back after its grant was revoked is not served', async () => {
  await using world = await TestWorld.start();
  const answered = Promise.withResolvers<void>();
  const isAsked = Promise.withResolvers<void>();
  world.controlPlane.beforeDecryptAnswer = () => {
    isAsked.resolve();
    return answered.promise;
  };
  const other = testCertificate(['other.test']);
  const associated = world.controlPlane.associate(other, loadBalancerArn, { isDefault: false });
  world.controlPlane.put(world.state([world.associated, associated]));
  await isAsked.promise;
  world.controlPlane.revoke(associated.GrantId);
  await world.controlPlane.heard();
  answered.resolve();
  await sleep(50);
  const { serialNumber } = await shakeHands(world.port, 'TLSv1.3', { servername: 'other.test' });
  assert.equal(serialNumber, world.certificate.serialNumber, 'the default certificate');
});

async function isRefused(port: number, version: SecureVersion): Promise<boolean> {
  return shakeHands(port, version).then(
    () => false,
    () => true,
  );
}

/** A connection whose client can be held back. */
class Gate extends Duplex {
  isHeld = false;
  isClosed = false;
  received = 0;
  readonly #socket;
  #waiting: (() => void)[] = [];

  constructor(port: number) {
    super();
    this.#socket = connectTcp(port, '127.0.0.1');
    this.#socket.on('data', (chunk: Buffer) => {
      this.received += chunk.length;
      this.isHeld = true;
      this.push(chunk);
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.push(null);
    });
  }

  release(): void {
    this.isHeld = false;
    for (const write of this.#waiting) write();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const write = (): void => {
      this.#socket.write(chunk, () => done());
    };
    if (this.isHeld) this.#waiting.push(write);
    else write();
  }
}

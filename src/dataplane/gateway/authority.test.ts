import assert from 'node:assert/strict';
import { connect } from 'node:http2';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { testCertificate } from './test-certificates.ts';
import { Asked, versions } from './test-client.ts';
import { TestWorld, closed, connectTls, loadBalancerArn, until } from './test-world.ts';

/** Certificates of shop.test and *.shop.test (the default), of b.test, and of *.c.test. */
const cases: readonly (readonly [servername: string, authority: string, status: number])[] = [
  ['shop.test', 'shop.test', 200],
  ['shop.test', 'SHOP.test:8443', 200],
  ['shop.test', 'a.shop.test', 200],
  ['a.shop.test', 'shop.test', 200],
  ['shop.test', 'b.test', 421],
  ['shop.test', 'B.Test:443', 421],
  ['shop.test', 'b.test.', 421],
  ['shop.test', 'a.c.test', 421],
  ['b.test', 'b.test', 200],
  ['b.test', 'shop.test', 421],
  ['b.test', 'a.c.test', 421],
  ['a.c.test', 'b.c.test', 200],
  ['a.c.test', 'c.test', 421],
  ['a.c.test', 'a.b.c.test', 421],
  // Who asks for a name that no certificate has gets the default one, whatever the name.
  ['shop.test', 'a.b.shop.test', 200],
  ['shop.test', 'unknown.test', 200],
  ['unknown.test', 'other.test', 200],
  ['unknown.test', 'shop.test', 200],
  ['unknown.test', 'b.test', 421],
  ['b.test', 'unknown.test', 421],
  // Without a name, too.
  ['', 'shop.test', 200],
  ['', '127.0.0.1', 200],
  ['', '[::1]:8443', 200],
  ['', 'b.test', 421],
];

test('who asks for the name of another certificate than the connection’s is answered 421, and no target is asked', async (t) => {
  const seen: (string | undefined)[] = [];
  await using world = await worldOfThree((host) => seen.push(host));
  for (const version of versions)
    for (const [servername, authority, status] of cases)
      await t.test(`${version}: ${authority} over ${servername || 'no name'}`, async () => {
        seen.length = 0;
        using asked = new Asked(version, world.port, { servername, authority });
        assert.equal((await asked.answer()).status, status);
        assert.deepEqual(seen, status === 200 ? [authority] : []);
      });
});

test('the connection of a request that was answered 421 goes on, and so does one that changes its name', async () => {
  await using world = await worldOfThree();
  const session = connect(`https://127.0.0.1:${world.port}`, {
    servername: 'shop.test',
    rejectUnauthorized: false,
  });
  const statusOf = async (authority: string): Promise<unknown> => {
    const stream = session.request({ ':authority': authority }).resume();
    return new Promise((resolve) =>
      stream.once('response', (fields) => resolve(fields[':status'])),
    );
  };
  for (const [authority, status] of [
    ['shop.test', 200],
    ['b.test', 421],
    ['a.shop.test', 200],
    ['b.test', 421],
  ] as const)
    assert.equal(await statusOf(authority), status);
  session.close();
});

test('a WebSocket of another certificate’s name is answered 421, too', async () => {
  await using world = await worldOfThree();
  world.target.server.on('upgrade', (_request, other: Socket) => {
    other.destroy();
    assert.fail('a target was asked');
  });
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  let got = '';
  socket.on('data', (data) => (got += String(data)));
  socket.write(
    'GET / HTTP/1.1\r\nHost: b.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  await closed(socket);
  assert.match(got, /^HTTP\/1\.1 421 Misdirected Request\r\n/);
});

async function worldOfThree(onRequest?: (host: string | undefined) => void): Promise<TestWorld> {
  const world = await TestWorld.start(({ headers }, response) => {
    onRequest?.(headers.host);
    response.end();
  });
  const extra = { isDefault: false };
  world.controlPlane.put(
    world.state([
      world.associated,
      world.controlPlane.associate(testCertificate(['b.test']), loadBalancerArn, extra),
      world.controlPlane.associate(testCertificate(['*.c.test'], 'rsa'), loadBalancerArn, extra),
    ]),
  );
  await until(async () => {
    const names = await Promise.all(
      ['b.test', 'a.c.test'].map(async (servername) => {
        const { socket } = await connectTls(world.port, 'TLSv1.3', { servername });
        const { subject } = socket.getPeerCertificate();
        socket.destroy();
        return String(subject.CN);
      }),
    );
    return names.join() === 'b.test,*.c.test';
  });
  return world;
}

import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { TestWorld, closed, connectTls, until } from './test-world.ts';

test('a request is passed on when the one before it on its connection is answered, and in that order', async () => {
  const open: { readonly url: string; readonly response: ServerResponse }[] = [];
  await using world = await TestWorld.start(({ url = '' }, response) => {
    open.push({ url, response });
  });
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  const got = gather(socket);
  socket.write(get('/1') + get('/2') + get('/3', 'Connection: close\r\n'));
  for (const at of [0, 1, 2]) {
    await until(() => open.length > at);
    assert.deepEqual(
      open.map(({ url }) => url),
      ['/1', '/2', '/3'].slice(0, at + 1),
    );
    open[at]?.response.end(`<answer to ${open[at].url}>`);
  }
  await closed(socket);
  assert.deepEqual(
    got().match(/<[^>]*>/g),
    [1, 2, 3].map((n) => `<answer to /${n}>`),
  );
});

test('a client that sends many requests ahead is sent away, and its requests are not passed on', async () => {
  let asked = 0;
  await using world = await TestWorld.start(() => (asked += 1));
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  socket.write(get('/').repeat(1_000));
  await closed(socket);
  assert.ok(asked <= 1, `${asked}`);
});

test('a WebSocket behind a request that has no answer yet is not opened', async () => {
  await using world = await TestWorld.start(() => {});
  let upgrades = 0;
  world.target.server.on('upgrade', (_request, other: Socket) => {
    upgrades += 1;
    other.destroy();
  });
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  socket.write(get('/') + get('/', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'));
  await closed(socket);
  assert.equal(upgrades, 0);
});

function get(target: string, fields = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: shop.test\r\n${fields}\r\n`;
}

function gather(socket: TLSSocket): () => string {
  let got = '';
  socket.on('data', (data: Buffer) => (got += data.toString('latin1')));
  return () => got;
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestWorld, connectTls, until } from './test-world.ts';

const limitMilliseconds = 60_000;
const highestStream = 2 ** 31 - 1;

test('over HTTP/2 a client is told that the end is near, and then which stream was the last', async () => {
  const target = slowTarget();
  await using world = await TestWorld.start(target.handle);
  const session = connectHttp2(`https://127.0.0.1:${world.port}`, {
    servername: 'shop.test',
    rejectUnauthorized: false,
  });
  const lastStreams: number[] = [];
  session.on('goaway', (_code, lastStream: number) => lastStreams.push(lastStream));
  const stream = session.request({ ':path': '/', ':authority': 'shop.test' });
  const answer = Promise.all([once(stream, 'response'), buffer(stream)]);
  await until(() => target.asked > 0);
  const retired = world.gateway.retire(limitMilliseconds);
  await until(() => lastStreams.length === 2);
  assert.deepEqual(lastStreams, [highestStream, stream.id]);
  target.answer();
  const [[{ ':status': status }], body] = await answer;
  assert.deepEqual([status, String(body)], [200, 'slow']);
  await retired;
});

test('over HTTP/1.1 the answer in work is the last, and an idle connection gets one more', async () => {
  const target = slowTarget();
  await using world = await TestWorld.start(target.handle);
  const [busy, idle] = [
    await connectTls(world.port, 'TLSv1.3'),
    await connectTls(world.port, 'TLSv1.2'),
  ];
  busy.socket.write('GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  await until(() => target.asked === 1);
  const retired = world.gateway.retire(limitMilliseconds);
  await sleep(50);
  assert.equal(idle.socket.closed, false);
  target.answer();
  idle.socket.write('GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n');
  for (const { socket } of [busy, idle])
    assert.match(
      String(await buffer(socket)),
      /^HTTP\/1.1 200 OK\r\n[^]*Connection: close\r\n[^]*slow$/,
    );
  await retired;
});

test('what is still open when the time is over is closed', async () => {
  await using world = await TestWorld.start();
  const { socket } = await connectTls(world.port, 'TLSv1.3');
  socket.on('error', () => undefined); // the end may reach it as a reset
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await Promise.all([closed, world.gateway.retire(0)]);
});

/** A target that answers when it is told to. */
function slowTarget() {
  const told = Promise.withResolvers<void>();
  const target = {
    asked: 0,
    answer: () => told.resolve(),
    handle: ((_request, response) => {
      target.asked += 1;
      void told.promise.then(() => response.end('slow'));
    }) satisfies RequestListener,
  };
  return target;
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { TestWorld, targetGroup } from './test-world.ts';

test('interim answers and trailers of a target may have the names that every object has', async () => {
  const field = '__proto__: 1\r\nconstructor: 2\r\nX-Last: 3\r\n';
  const target = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.end(
        `HTTP/1.1 103 Early Hints\r\n${field}\r\n` +
          `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n${field}\r\n`,
      ),
    );
  }).listen(0, '127.0.0.1');
  await once(target, 'listening');
  const { port } = target.address() as AddressInfo;
  await using world = await TestWorld.start(undefined, {
    state: (all) => ({
      ...all.state(),
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: port }])],
    }),
  });
  const session = connect(`https://127.0.0.1:${world.port}`, {
    servername: 'shop.test',
    rejectUnauthorized: false,
  });
  const stream = session.request({ ':path': '/', ':authority': 'shop.test' });
  const interim = once(stream, 'headers');
  const trailers = once(stream, 'trailers');
  stream.resume();
  for (const heard of [interim, trailers]) {
    const [headers] = (await heard) as [Record<string, string>];
    assert.equal(headers['x-last'], '3');
    assert.equal(headers['constructor'], '2');
  }
  session.close();
  target.close();
});

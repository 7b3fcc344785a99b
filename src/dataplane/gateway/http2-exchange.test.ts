import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { block, code, flag, frame, get, number, post, type } from './test-frames.ts';
import { RawClient, outcomeOf } from './test-raw-client.ts';
import { RecordingTarget, worldBefore } from './test-recording-target.ts';
import { TestWorld, targetGroup, until } from './test-world.ts';

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

test('a request that its client does not send to its end is never whole for a target', async (t) => {
  using target = await RecordingTarget.start();
  await using world = await worldBefore(target);
  const part = frame(type.data, 0, 1, Buffer.from('the first half'));
  const whole = frame(type.data, flag.endStream, 1);
  const cancelled = frame(type.rstStream, 0, 1, number(code.cancel));
  const wrong = frame(type.windowUpdate, 0, 0, number(0));
  const ways: Readonly<Record<string, (client: RawClient) => unknown>> = {
    'it cancels': (client) => client.send(cancelled),
    'it goes': (client) => client[Symbol.dispose](),
    'it breaks the connection': (client) => client.send(wrong),
    'it breaks the connection, and says more': (client) => client.send(wrong, whole),
    'it goes while another is answered': async (client) => {
      client.send(get(3));
      await outcomeOf(client, 3);
      client[Symbol.dispose]();
    },
    'it goes at once': (client) => {
      client.send(part, get(3));
      client[Symbol.dispose]();
    },
  };
  // node:http2 counts the answer to HEAD as ended from the start.
  const heads = { GET: post(1), HEAD: frame(type.headers, flag.endHeaders, 1, headRequest) };
  for (const [method, head] of Object.entries(heads))
    for (const [what, leave] of Object.entries(ways))
      await t.test(`${method}: ${what}`, async () => {
        target.clear();
        using client = await RawClient.connect(world.port);
        client.send(head, part);
        await until(() => target.rest.includes('the first half'));
        await leave(client);
        await until(() => !target.isWaiting);
        assert.ok(target.requests.every((each) => !each.includes('the first half')));
      });
});

const headRequest = block(
  [':method', 'HEAD'],
  [':scheme', 'https'],
  [':authority', 'shop.test'],
  [':path', '/'],
);

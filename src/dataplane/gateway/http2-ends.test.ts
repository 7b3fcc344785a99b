import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, constants, performServerHandshake } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import { duplexPair } from 'node:stream';
import { test } from 'node:test';
import { queryObjects } from 'node:v8';
import { Http2Exchange } from './http2-exchange.ts';
import { readHttp2 } from './request-head.ts';
import { frame, get, number, post, type } from './test-frames.ts';
import { RawClient, outcomeOf } from './test-raw-client.ts';
import { TestWorld, until } from './test-world.ts';

test('a connection over HTTP/2 that has ended leaves nothing in memory', async () => {
  await using world = await TestWorld.start();
  const wrong = frame(type.windowUpdate, 0, 0, number(0));
  for (const last of [[], [wrong], [], [wrong]]) {
    using client = await RawClient.connect(world.port);
    client.send(post(1), get(3));
    await outcomeOf(client, 3);
    client.send(...last);
  }
  // The listener remembers the last.
  await until(() => sessions() <= 1);
});

test('a stream over HTTP/2 without progress is cancelled', async () => {
  const [near, far] = duplexPair();
  const session = performServerHandshake(far);
  session.on('error', () => {});
  const client = connect('https://shop.test', { createConnection: () => near });
  client.on('error', () => {});
  const request = client.request({ ':method': 'POST', ':authority': 'shop.test' });
  request.on('error', () => {});
  const ended = once(request, 'close');
  const [stream, , , raw] = (await once(session, 'stream')) as Begun;
  const head = readHttp2(raw, false);
  assert.ok(typeof head === 'object');
  const exchange = new Http2Exchange(head, stream, { address: '192.0.2.1', port: 1 }, 50);
  assert.equal(exchange.isWhole, true);
  await ended;
  assert.equal(request.rstCode, constants.NGHTTP2_CANCEL);
  assert.equal(exchange.isWhole, false);
  client.destroy();
});

type Begun = [stream: ServerHttp2Stream, headers: object, flags: number, raw: string[]];

function sessions(): number {
  const [far] = duplexPair();
  const session = performServerHandshake(far);
  session.destroy();
  return queryObjects(session.constructor as new () => object, { format: 'count' }) - 1;
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, constants } from 'node:http2';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { test } from 'node:test';
import { TestWorld } from './test-world.ts';

const refusals: readonly (readonly [
  what: string,
  OutgoingHttpHeaders,
  outcome: number | 'reset',
])[] = [
  ['another host than the authority', { host: 'other.test' }, 400],
  ['a host that is none', { ':authority': 'a/b' }, 'reset'],
  ['plain HTTP on TLS', { ':scheme': 'http' }, 400],
  ['a target in absolute form', { ':path': 'http://other.test/' }, 'reset'],
  ['a fragment', { ':path': '/#x' }, 400],
  ['a space in the target', { ':path': '/ HTTP/1.1' }, 'reset'],
  ['TRACE', { ':method': 'TRACE' }, 405],
  ['another expectation', { expect: 'wonders' }, 417],
];

test('over HTTP/2, what HTTP/1.1 could read in two ways is refused, and no target sees it', async () => {
  let asked = 0;
  await using world = await TestWorld.start((_request, response) => {
    asked += 1;
    response.end();
  });
  const session = open(world.port);
  for (const [what, headers, outcome] of refusals)
    assert.equal(await outcomeOf(session, headers), outcome, what);
  assert.equal(asked, 0);
  session.destroy();
});

test('a client that cancels what it asks for, again and again, is sent away, and others are served', async () => {
  await using world = await TestWorld.start();
  const session = open(world.port);
  // The connection may end with an error as well as with GOAWAY.
  const closed = new Promise((resolve) => session.once('close', resolve));
  await once(session, 'connect');
  while (!session.closed && !session.destroyed) {
    const stream = session.request({ ':path': '/', ':authority': 'shop.test' });
    stream.on('error', () => {});
    stream.close(constants.NGHTTP2_CANCEL);
    await new Promise(setImmediate);
  }
  await closed;
  const other = open(world.port);
  assert.equal(await outcomeOf(other, {}), 200);
  other.destroy();
});

function open(port: number): ClientHttp2Session {
  return connect(`https://127.0.0.1:${port}`, {
    servername: 'shop.test',
    rejectUnauthorized: false,
  }).on('error', () => {});
}

/** The status of the answer, or `reset` when the stream ends with RFC 9113's PROTOCOL_ERROR. */
async function outcomeOf(session: ClientHttp2Session, headers: OutgoingHttpHeaders) {
  const stream = session.request({ ':path': '/', ':authority': 'shop.test', ...headers });
  const outcome = Promise.withResolvers<unknown>();
  stream.on('response', (answer) => outcome.resolve(answer[':status']));
  stream.on('error', (error) =>
    stream.rstCode === constants.NGHTTP2_PROTOCOL_ERROR
      ? outcome.resolve('reset')
      : outcome.reject(error),
  );
  stream.resume();
  return outcome.promise;
}

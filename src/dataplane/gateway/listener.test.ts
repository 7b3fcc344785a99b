import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { freePort } from '../../../test/loopback.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { answerError } from './answers.ts';
import { ownSockets } from './listening-sockets.ts';
import { Listener } from './listener.ts';
import type { ListenerOptions } from './listener.ts';
import { closed } from './test-world.ts';

test('one client has at most half of the connections of a listener, and all together so many', async () => {
  const { listener, port } = await listen({ maxConnections: 4 });
  const open = async (localAddress: string): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const kept = [await open('127.0.0.1'), await open('127.0.0.1')];
  await closed(await open('127.0.0.1'));
  kept.push(await open('127.0.0.2'), await open('127.0.0.3'));
  await closed(await open('127.0.0.4'));
  for (const socket of kept) {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 503 /);
  }
  await listener.close();
});

const head = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

/** What comes at once, and what comes byte by byte without an end. */
const slow: Readonly<Record<string, readonly [atOnce: string, drop: string]>> = {
  nothing: ['', ''],
  'a request line': ['GET /', 'a'],
  fields: ['GET / HTTP/1.1\r\n', 'X: 1\r\n'],
  'the fields of a second request': [`${head}GET / HTTP/1.1\r\n`, 'X: 1\r\n'],
  'empty lines': ['', '\r\n'],
};

test('a client whose request does not come is sent away', async (t) => {
  const { listener, port } = await listen({ headMilliseconds: 600 });
  await Promise.all(
    Object.entries(slow).map(([what, [atOnce, drop]]) =>
      t.test(what, async () => {
        const socket = connect(port, '127.0.0.1').on('error', () => {});
        const gone = closed(socket.resume());
        socket.write(atOnce);
        const timer = setInterval(() => drop !== '' && socket.write(drop), 20);
        await gone;
        clearInterval(timer);
      }),
    ),
  );
  await listener.close();
});

test('a chunk’s line and trailers have an end, or their client is sent away', async (t) => {
  const { listener, port } = await listen({});
  const chunked = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
  for (const [what, atOnce, more] of [
    ['an extension (CVE-2024-22019)', `${chunked}1;`, 'a'.repeat(1_000)],
    ['trailers', `${chunked}1\r\nZ\r\n0\r\n`, `X: ${'a'.repeat(1_000)}\r\n`],
  ] as const)
    await t.test(what, async () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      const gone = closed(socket.resume());
      socket.write(atOnce);
      for (let sent = 0; sent < 100_000 && socket.writable; sent += 1) {
        if (!socket.write(more)) await new Promise(setImmediate);
      }
      await gone;
    });
  await listener.close();
});

/** A listener that answers each request 503 itself. */
async function listen(
  options: Pick<ListenerOptions, 'maxConnections' | 'headMilliseconds'>,
): Promise<{ readonly listener: Listener; readonly port: number }> {
  const port = await freePort();
  const listener = new Listener({
    host: '127.0.0.1',
    port,
    tls: undefined,
    sockets: ownSockets,
    random: systemRandom,
    log: silentLog,
    hasHttp2: () => true,
    mayUpgrade: () => false,
    onRequest: (exchange) => answerError(exchange, 503),
    onUpgrade: ({ socket }) => socket.destroy(),
    ...options,
  });
  await listener.listen();
  return { listener, port };
}

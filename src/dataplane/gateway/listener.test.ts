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

test('one client has at most half of the connections of a listener, and all together so many', async () => {
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
    maxConnections: 4,
  });
  await listener.listen();
  const open = async (localAddress: string): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const kept = [await open('127.0.0.1'), await open('127.0.0.1')];
  await once(await open('127.0.0.1'), 'close');
  kept.push(await open('127.0.0.2'), await open('127.0.0.3'));
  await once(await open('127.0.0.4'), 'close');
  for (const socket of kept) {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 503 /);
  }
  await listener.close();
});

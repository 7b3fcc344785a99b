import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { freePort } from '../../../test/loopback.ts';
import { silentLog } from '../../lib/log.ts';
import { systemRandom } from '../../lib/random.ts';
import { Listener } from './listener.ts';

test('a listener takes so many connections at a time, and serves those that it has', async () => {
  const port = await freePort();
  const listener = new Listener({
    host: '127.0.0.1',
    port,
    tls: undefined,
    random: systemRandom,
    log: silentLog,
    mayUpgrade: () => false,
    onRequest: ({ response }) => response.end('served'),
    onUpgrade: (_request, socket) => socket.destroy(),
    maxConnections: 2,
  });
  await listener.listen();
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const kept = [await open(), await open()];
  await once(await open(), 'close');
  kept[0]?.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [answer] = (await once(kept[0] ?? assert.fail(), 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
  await listener.close();
});

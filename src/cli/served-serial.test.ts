import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { servedSerial } from './served-serial.ts';

test('a listener that speaks no TLS, or says nothing, shows no serial', async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    t.after(() => socket.destroy());
  });
  t.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const listener = { host: '127.0.0.1', port, serverName: 'www.test' };
  await assert.rejects(servedSerial(listener, 50), /no handshake in time/);
});

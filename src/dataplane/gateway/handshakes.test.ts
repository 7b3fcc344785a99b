import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { acceptedSocket } from './handshakes.ts';
import { testCertificate } from './test-certificates.ts';

test(`Node ${process.version} still shows the TCP socket below a TLS socket, on which revocation stands`, async () => {
  const { pem, privateKey } = testCertificate(['shop.test']);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const accepted: Socket[] = [];
  const asked: (Socket | undefined)[] = [];
  const server = createSecureServer({
    cert: pem,
    key,
    allowHTTP1: true,
    SNICallback(this: unknown, _servername, done) {
      asked.push(acceptedSocket(this as TLSSocket));
      done(null);
    },
  });
  server.prependListener('connection', (socket: Socket) => accepted.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (const protocol of ['h2', 'http/1.1'])
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const secure = once(server, 'secureConnection') as Promise<[TLSSocket]>;
      const client = connect({
        port,
        host: '127.0.0.1',
        servername: 'shop.test',
        rejectUnauthorized: false,
        minVersion: version,
        maxVersion: version,
        ALPNProtocols: [protocol],
      });
      client.on('error', () => {});
      const [socket] = await secure;
      assert.ok(accepted.length > 0 && acceptedSocket(socket) === accepted.at(-1));
      assert.ok(asked.at(-1) === accepted.at(-1));
      socket.destroy();
      assert.equal(acceptedSocket(socket), undefined);
      client.destroy();
    }
  server.close();
});

import { connect, type TLSSocket } from 'node:tls';
import { listenerPort } from './fixtures.ts';

/** The serial number of what a listener serves under this name, lower-case hex; undefined when no handshake succeeds. */
export async function servedSerial(host: string, servername: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const socket: TLSSocket = connect({
    host,
    port: listenerPort,
    servername,
    // What is looked at is who is served, also when it signed itself.
    rejectUnauthorized: false,
    timeout: 30_000,
  });
  socket.once('secureConnect', () =>
    resolve(plainSerial(socket.getPeerCertificate().serialNumber)),
  );
  for (const event of ['timeout', 'error', 'close']) socket.once(event, () => resolve(undefined));
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

/** Lower-case hex without colons and leading zeros, however it was written. */
export function plainSerial(serial: string): string {
  return serial.replaceAll(':', '').toLowerCase().replace(/^0+/, '');
}

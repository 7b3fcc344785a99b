import { isIP } from 'node:net';
import { connect } from 'node:tls';

/**
 * The serial of the certificate that a listener shows for a name, as lower-case hex pairs joined by colons. Whether it is
 * trusted is not the question here, and nothing is sent over the connection.
 * @throws the system's or OpenSSL's error, or one after `timeoutMilliseconds`
 */
export function servedSerial(
  listener: { readonly host: string; readonly port: number; readonly serverName: string },
  timeoutMilliseconds: number,
): Promise<string> {
  const { host, port, serverName } = listener;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({
    host,
    port,
    rejectUnauthorized: false,
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
  });
  const timer = setTimeout(
    () => socket.destroy(new Error('no handshake in time')),
    timeoutMilliseconds,
  );
  socket.once('error', reject);
  socket.once('secureConnect', () => resolve(colons(socket.getPeerCertificate().serialNumber)));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}

function colons(hex: string): string {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return (even.toLowerCase().match(/../g) ?? []).join(':');
}

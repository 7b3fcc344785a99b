import { request } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';

/** A client of a load balancer that checks chain and name, as a browser would. */
export interface TlsClient {
  readonly host: string;
  readonly port: number;
  readonly servername: string;
  readonly ca: string;
}

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** A full or, with `session`, resumed handshake. Rejects when it does not succeed. */
export async function handshake(
  client: TlsClient,
  version: TlsVersion,
  session?: Buffer,
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const socket = connect({
    ...client,
    minVersion: version,
    maxVersion: version,
    ...(session === undefined ? {} : { session }),
    timeout: 30_000,
  });
  socket.once('secureConnect', () => resolve(socket));
  socket.once('timeout', () =>
    socket.destroy(new Error('the handshake took longer than half a minute')),
  );
  socket.once('error', reject);
  socket.once('close', () => reject(new Error('the connection was closed')));
  return promise;
}

/** A session to resume: of TLS 1.3 it comes after the handshake, with the first bytes. */
export async function sessionOf(client: TlsClient, version: TlsVersion): Promise<Buffer> {
  const socket = await handshake(client, version);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const session = socket.getSession();
  if (version === 'TLSv1.2' && session !== undefined) resolve(session);
  socket.once('session', resolve);
  socket.once('error', reject);
  socket.write(`HEAD / HTTP/1.1\r\nhost: ${client.servername}\r\nconnection: close\r\n\r\n`);
  socket.resume();
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

/** Whether a handshake succeeds that is really used: TLS 1.3 tells a client of a refusal only with the first bytes. */
export async function isServed(
  client: TlsClient,
  version: TlsVersion,
  session?: Buffer,
): Promise<boolean> {
  let socket: TLSSocket;
  try {
    socket = await handshake(client, version, session);
  } catch {
    return false;
  }
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('data', () => resolve(true));
  socket.once('error', () => resolve(false));
  socket.once('close', () => resolve(false));
  socket.write(`HEAD / HTTP/1.1\r\nhost: ${client.servername}\r\nconnection: close\r\n\r\n`);
  const served = await promise;
  socket.destroy();
  return served;
}

/** Status, body and the serial number of the certificate of one GET on a new connection. */
export async function get(
  client: TlsClient,
): Promise<{ status: number; body: string; serial: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    body: string;
    serial: string;
  }>();
  const asking = request(
    { ...client, path: '/', agent: false, headers: { host: client.servername } },
    (response) => {
      const serial = (response.socket as TLSSocket).getPeerCertificate().serialNumber;
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, serial }));
      response.on('error', reject);
    },
  );
  asking.on('error', reject);
  asking.end();
  return promise;
}

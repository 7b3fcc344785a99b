import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { retire } from './retire.ts';
import type { ListenAddress } from './server.ts';
import { describeError, type Log } from '../../lib/log.ts';

export interface PlainServerOptions {
  /** The newest DER CRL of an issuer; undefined when there is no such issuer. */
  readonly crl: (issuerId: string) => Promise<Uint8Array | undefined>;
  /** For how long clients may keep a CRL; 300 when absent. */
  readonly maxAgeSeconds?: number | undefined;
  readonly log: Log;
}

/** The listener for what must not be HTTPS: `GET /crl/<issuer>.crl`, nothing else. @see RFC 5280 §8 */
export interface PlainServer extends AsyncDisposable {
  /** See `retire`. */
  retire(milliseconds: number): Promise<void>;
  /** @throws the system's error, for example EADDRINUSE */
  listen(at: ListenAddress): Promise<AddressInfo>;
}

export function createPlainServer(options: PlainServerOptions): PlainServer {
  const server = createServer({
    maxHeaderSize: 8 * 1024,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
  });
  server.maxConnections = 1_000;
  server.on('request', (request, response) => {
    // A body has no meaning here: it is thrown away.
    request.resume();
    answerTo(request, response, options).catch((error: unknown) => {
      options.log.error('a CRL could not be served', { error: describeError(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(503, { 'retry-after': '5', 'content-length': 0 }).end();
    });
  });
  return {
    async listen(at) {
      server.listen(at);
      await once(server, 'listening');
      return server.address() as AddressInfo;
    },
    retire: (milliseconds) => retire(server, milliseconds),
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  { crl, maxAgeSeconds = 300 }: PlainServerOptions,
): Promise<void> {
  const [, issuerId] = /^\/crl\/([A-Za-z0-9-]{1,64})\.crl$/.exec(request.url ?? '') ?? [];
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const list = issuerId === undefined || !isRead ? undefined : await crl(issuerId);
  if (list === undefined) {
    response.writeHead(404, { 'content-length': 0 }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/pkix-crl',
    'content-length': list.length,
    'cache-control': `public, max-age=${maxAgeSeconds}`,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(list);
}

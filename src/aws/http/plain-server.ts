import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpDate } from './http-date.ts';
import { retire } from './retire.ts';
import type { ListenAddress } from './server.ts';
import type { Clock } from '../../lib/clock.ts';
import { describeError, type Log } from '../../lib/log.ts';

/** A list, and from when until when it holds. */
export interface ServedList {
  readonly der: Uint8Array;
  readonly thisUpdate: Temporal.Instant;
  readonly nextUpdate: Temporal.Instant;
}

/** So long clients and caches may keep a list: a revocation is to be seen soon. */
const maxAgeSeconds = 300;

export interface PlainServerOptions {
  /** The newest CRL of an issuer; undefined when there is no such issuer. */
  readonly crl: (issuerId: string) => Promise<ServedList | undefined>;
  readonly clock: Clock;
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
  { crl, clock }: PlainServerOptions,
): Promise<void> {
  const [, issuerId] = /^\/crl\/([A-Za-z0-9-]{1,64})\.crl$/.exec(request.url ?? '') ?? [];
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const list = issuerId === undefined || !isRead ? undefined : await crl(issuerId);
  if (list === undefined) {
    response.writeHead(404, { 'content-length': 0 }).end();
    return;
  }
  const caching = cachingHeaders(list, clock.now());
  if (isKnown(request, caching.etag)) {
    response.writeHead(304, caching).end();
    return;
  }
  response.writeHead(200, {
    ...caching,
    'content-type': 'application/pkix-crl',
    'content-length': list.der.length,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(list.der);
}

/** As RFC 5019 §6.2 has it for OCSP; caches that know `max-age` pass over `Expires` (RFC 9111 §5.3). */
function cachingHeaders({ der, thisUpdate, nextUpdate }: ServedList, now: Temporal.Instant) {
  const left = Math.max(0, Math.floor(now.until(nextUpdate).total('seconds')));
  const maxAge = Math.min(maxAgeSeconds, left);
  return {
    'cache-control': `public, no-transform, must-revalidate, max-age=${maxAge}`,
    etag: `"${hash('sha256', der, 'base64url')}"`,
    'last-modified': httpDate(thisUpdate),
    expires: httpDate(nextUpdate),
  };
}

/** By its tag alone: two lists can be of the same second, and then a date does not tell them apart. */
function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  return known.some((tag) => ['*', etag, `W/${etag}`].includes(tag));
}

import { hash } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpDate } from './http-date.ts';
import { retire } from './retire.ts';
import type { ListenAddress } from './server.ts';
import type { Clock } from '../../lib/clock.ts';
import { describeError, type Log } from '../../lib/log.ts';

/** A list, and from when until when it holds. */
interface ServedList {
  readonly der: Uint8Array;
  readonly thisUpdate: Temporal.Instant;
  readonly nextUpdate: Temporal.Instant;
}

/** So long clients and caches may keep a list: a revocation is to be seen soon. */
const maxAgeSeconds = 300;

export interface PlainServerOptions {
  /** The newest CRL of an issuer; undefined when there is no such issuer. */
  readonly crl: (issuerId: string) => Promise<ServedList | undefined>;
  /** What clients are to trust: certificates, PEM. */
  readonly roots: () => Promise<string>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The listener for what must not be HTTPS, or is to be had before HTTPS can be trusted: `GET /crl/<issuer>.crl`
 * (RFC 5280 §8) and `GET /ca.pem`, nothing else.
 */
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
      options.log.error('a list or the roots could not be served', { error: describeError(error) });
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

interface Resource {
  readonly type: string;
  readonly content: Uint8Array;
  readonly caching: OutgoingHttpHeaders;
}

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  options: PlainServerOptions,
): Promise<void> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const resource = isRead ? await resourceAt(request.url ?? '', options) : undefined;
  if (resource === undefined) {
    response.writeHead(404, { 'content-length': 0 }).end();
    return;
  }
  const { type, content, caching } = resource;
  const etag = `"${hash('sha256', content, 'base64url')}"`;
  if (isKnown(request, etag)) {
    response.writeHead(304, { ...caching, etag }).end();
    return;
  }
  response.writeHead(200, {
    ...caching,
    etag,
    'content-type': type,
    'content-length': content.length,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(content);
}

async function resourceAt(
  path: string,
  { crl, roots, clock }: PlainServerOptions,
): Promise<Resource | undefined> {
  if (path === '/ca.pem') {
    const caching = { 'cache-control': cacheControl(maxAgeSeconds) };
    // RFC 8555 §9.1.
    const type = 'application/pem-certificate-chain';
    return { type, content: Buffer.from(await roots()), caching };
  }
  const [, issuerId] = /^\/crl\/([A-Za-z0-9-]{1,64})\.crl$/.exec(path) ?? [];
  const list = issuerId === undefined ? undefined : await crl(issuerId);
  return (
    list && {
      type: 'application/pkix-crl',
      content: list.der,
      caching: cachingOf(list, clock.now()),
    }
  );
}

/** As RFC 5019 §6.2 has it for OCSP; caches that know `max-age` pass over `Expires` (RFC 9111 §5.3). */
function cachingOf({ thisUpdate, nextUpdate }: ServedList, now: Temporal.Instant) {
  const left = Math.max(0, Math.floor(now.until(nextUpdate).total('seconds')));
  return {
    'cache-control': cacheControl(Math.min(maxAgeSeconds, left)),
    'last-modified': httpDate(thisUpdate),
    expires: httpDate(nextUpdate),
  };
}

function cacheControl(maxAge: number): string {
  return `public, no-transform, must-revalidate, max-age=${maxAge}`;
}

/** By its tag alone: two lists can be of the same second, and then a date does not tell them apart. */
function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  return known.some((tag) => ['*', etag, `W/${etag}`].includes(tag));
}

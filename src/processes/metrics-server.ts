import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describeError, type Log } from '../lib/log.ts';
import { hostInUrl, type Endpoint } from './settings.ts';
import { CannotStart } from './under-supervisor.ts';

const contentType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/**
 * The listener for who collects metrics: `GET /metrics`, nothing else. One exposition is made at a time; who comes
 * meanwhile gets the same.
 * @throws CannotStart
 */
export async function serveMetrics(
  at: Endpoint,
  collect: () => Promise<string>,
  log: Log,
): Promise<AsyncDisposable> {
  const server = createServer({
    maxHeaderSize: 8 * 1024,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 5_000,
  });
  server.maxConnections = 50;
  let collecting: Promise<string> | undefined;
  const collected = () =>
    (collecting ??= collect().finally(() => {
      collecting = undefined;
    }));
  server.on('request', (request, response) => {
    // A body has no meaning here: it is thrown away.
    request.resume();
    answer(request, response, collected).catch((error: unknown) => {
      log.error('metrics could not be collected', { error: describeError(error) });
      response.writeHead(503, { 'retry-after': '5', 'content-length': 0 }).end();
    });
  });
  try {
    server.listen(at);
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const place = `--metrics: ${hostInUrl(at.host)}:${at.port}`;
    throw new CannotStart(`${place} cannot be bound (${code})`, { cause });
  }
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  collect: () => Promise<string>,
): Promise<void> {
  if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(404, { 'content-length': 0 }).end();
    return;
  }
  const text = await collect();
  response.writeHead(200, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(method === 'HEAD' ? undefined : text);
}

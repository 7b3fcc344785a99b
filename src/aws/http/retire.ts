import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';

/** From then on a connection without a request is one that its client does not think of just now. */
const idleShare = 0.7;

/**
 * Takes leave of a server in whose place another process accepts on the same socket, so that no request fails: a
 * connection ends with the answer to its next request, which says so, and only one that stays idle is just closed.
 * Resolves when none is left, `milliseconds` from now at the latest.
 */
export async function retire(server: Server, milliseconds: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  const sayGoodbye = (_request: IncomingMessage, response: ServerResponse): void => {
    response.shouldKeepAlive = false;
  };
  server.prependListener('request', sayGoodbye);
  server.prependListener('checkContinue', sayGoodbye);
  // Not the server's own `close`: it cuts idle connections off, on which a request may be under way.
  NetServer.prototype.close.call(server);
  const idle = setTimeout(() => server.closeIdleConnections(), milliseconds * idleShare);
  const all = setTimeout(() => server.closeAllConnections(), milliseconds);
  await closed;
  clearTimeout(idle);
  clearTimeout(all);
}

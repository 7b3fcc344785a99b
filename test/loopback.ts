import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Nobody else listens here: who has a port of it has claimed the same port of 127.0.0.1. */
const claims = '127.255.255.254';

/**
 * A port of 127.0.0.1 that nobody listens on just now, over TCP and UDP, and that no other process is given as long as
 * this one runs: below those that systems give to outgoing connections, of which one could take it before whoever asked.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (!(await isClaimed(port))) continue;
    if ((await isFree(port)) && (await isFreeOfDatagrams(port))) return port;
  }
}

/** Whether it is ours now. Where loopback has one address, nothing can be claimed. */
async function isClaimed(port: number): Promise<boolean> {
  const claim = createServer().listen(port, claims).unref();
  const failure = await failureOf(claim);
  return failure === undefined || failure === 'EADDRNOTAVAIL';
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  if ((await failureOf(server)) !== undefined) return false;
  server.close();
  await once(server, 'close');
  return true;
}

/** Of one that begins to listen: the code of the error, or undefined. */
function failureOf(server: Server): Promise<string | undefined> {
  return once(server, 'listening').then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}

function isFreeOfDatagrams(port: number): Promise<boolean> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.once('listening', () => socket.close(() => resolve(true)));
  });
}

/** Something for a load balancer to stand in front of: an HTTP server on 127.0.0.1 that always answers the same. */
export async function startTarget(answer: string): Promise<AsyncDisposable & { port: number }> {
  const server = createHttpServer((_request, response) => response.end(answer));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

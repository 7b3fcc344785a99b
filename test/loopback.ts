import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * A port of 127.0.0.1 that nobody listens on just now, over TCP and UDP: below those that systems give to outgoing
 * connections, of which one could take it before whoever asked here.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if ((await isFree(createServer().listen(port, '127.0.0.1'))) && (await isFreeOfDatagrams(port)))
      return port;
  }
}

async function isFree(server: Server): Promise<boolean> {
  const isListening = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isListening) return false;
  server.close();
  await once(server, 'close');
  return true;
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

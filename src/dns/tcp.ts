import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { frames, inFrame } from './frames.ts';

export interface TcpOptions {
  /** Milliseconds in which a client must send its next query whole, and take its answer. */
  readonly idleMilliseconds: number;
  /** Connections at a time; more are closed at once. */
  readonly maxConnections: number;
}

/** The messages that answer a packet; more than one for a zone transfer. */
type Respond = (packet: Buffer, client: string) => Promise<Iterable<Buffer> | undefined>;

/** A query never needs more; answers may have 65,535. */
const maxQueryBytes = 4096;

/**
 * DNS over TCP: many queries on a connection, answered in their order. Not listening yet.
 * @see RFC 7766
 */
export function createTcpServer(
  respond: Respond,
  options: TcpOptions,
): { server: Server; close(): Promise<void> } {
  const connections = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // A broken connection ends its loop by itself; there is nobody to tell.
    socket.on('error', () => undefined);
    serveConnection(socket, respond, options.idleMilliseconds).catch(() => socket.destroy());
  });
  server.maxConnections = options.maxConnections;
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
  };
}

async function serveConnection(
  socket: Socket,
  respond: Respond,
  idleMilliseconds: number,
): Promise<void> {
  // Counts from answer to answer, so that a client that trickles octets does not hold the connection.
  const idle = setTimeout(() => socket.destroy(), idleMilliseconds);
  socket.once('close', () => clearTimeout(idle));
  for await (const packet of frames(socket, maxQueryBytes)) {
    const responses = await respond(packet, socket.remoteAddress ?? '');
    // Not a query: RFC 7766 §6.2.4 has no answer for it, and what follows cannot be trusted either.
    if (responses === undefined) break;
    for (const response of responses) {
      if (!socket.write(inFrame(response))) await once(socket, 'drain');
      idle.refresh();
    }
  }
  socket.end();
}

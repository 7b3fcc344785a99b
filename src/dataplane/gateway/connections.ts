import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a request in flight may go on after its certificate's grant is gone. */
const drainMilliseconds = 10_000;

interface Connection {
  /** Undefined on plain HTTP. */
  readonly certificateArn: string | undefined;
  readonly isResumed: boolean;
  inFlight: number;
  isClosing: boolean;
}

/**
 * The open connections of a listener: under which certificate each was made, and what is in flight on it.
 * A connection that is closing finishes what it has and takes nothing new.
 */
export class Connections {
  readonly #open = new Map<Duplex, Connection>();

  add(socket: Duplex, certificateArn: string | undefined, isResumed = false): void {
    this.#open.set(socket, { certificateArn, isResumed, inFlight: 0, isClosing: false });
    socket.once('close', () => this.#open.delete(socket));
  }

  /** Whether the request may be served; a request that may not is left without an answer. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    const connection = this.#open.get(socket);
    if (connection === undefined || connection.isClosing) {
      if (connection === undefined || connection.inFlight === 0) socket.destroy();
      return false;
    }
    connection.inFlight += 1;
    response.once('close', () => this.#end(socket, connection));
    return true;
  }

  /** An upgraded connection is one request in flight until it closes. */
  beginUpgrade(socket: Duplex): boolean {
    const connection = this.#open.get(socket);
    if (connection === undefined || connection.isClosing) {
      socket.destroy();
      return false;
    }
    connection.inFlight += 1;
    return true;
  }

  isClosing(socket: Duplex): boolean {
    return this.#open.get(socket)?.isClosing ?? true;
  }

  /**
   * Closes the connections made under these certificates: idle ones now, the others when their requests end,
   * at the latest after `drainMilliseconds`. A resumed connection may have been made under any certificate of
   * the listener, whatever name it asked for, so all of them go, too.
   */
  closeMadeUnder(certificateArns: ReadonlySet<string>): void {
    for (const [socket, connection] of this.#open) {
      const { certificateArn, isResumed } = connection;
      if (certificateArn === undefined) continue;
      if (isResumed || certificateArns.has(certificateArn)) this.#close(socket, connection);
    }
  }

  closeAll(): void {
    for (const [socket, connection] of this.#open) this.#close(socket, connection);
  }

  #close(socket: Duplex, connection: Connection): void {
    if (connection.isClosing) return;
    connection.isClosing = true;
    if (connection.inFlight === 0) {
      socket.destroy();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), drainMilliseconds);
    socket.once('close', () => clearTimeout(timer));
  }

  #end(socket: Duplex, connection: Connection): void {
    connection.inFlight -= 1;
    if (!connection.isClosing || connection.inFlight > 0) return;
    if (socket.writable) socket.end(() => socket.destroy());
    else socket.destroy();
  }
}

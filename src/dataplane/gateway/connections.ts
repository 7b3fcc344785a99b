import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { ClientAddress } from './exchange.ts';
import type { ServedCertificate } from './served-certificate.ts';

/** How long a request in flight may go on after its certificate's grant is gone. */
const drainMilliseconds = 10_000;

/** One connection of a client. */
export interface Connection {
  readonly socket: Duplex;
  /** Under which it was made; undefined on plain HTTP. */
  readonly certificate: ServedCertificate | undefined;
  readonly isResumed: boolean;
  readonly client: ClientAddress;
  /** The last name that it was found to be allowed to ask for. */
  authority: string | undefined;
  /** Of HTTP/2. */
  session: ServerHttp2Session | undefined;
  /** Requests over HTTP/1; those over HTTP/2 are counted by the session. */
  inFlight: number;
  isClosing: boolean;
}

/**
 * The open connections of a listener: under which certificate each was made, and what is in flight on it.
 * A connection that is closing finishes what it has and takes nothing new.
 */
export class Connections {
  readonly #open = new Map<Duplex, Connection>();

  #last: Connection | undefined;

  /** The one added last. */
  get last(): Connection | undefined {
    return this.#last;
  }

  add(socket: Duplex, made: Pick<Connection, 'certificate' | 'isResumed' | 'client'>): Connection {
    const connection: Connection = {
      ...made,
      socket,
      authority: undefined,
      session: undefined,
      inFlight: 0,
      isClosing: false,
    };
    this.#open.set(socket, connection);
    this.#last = connection;
    socket.once('close', () => this.#open.delete(socket));
    return connection;
  }

  /**
   * The connection of a request that may be served; a request that may not is left without an answer.
   * @returns undefined when the connection takes nothing new
   */
  begin(request: IncomingMessage, response: ServerResponse): Connection | undefined {
    const { socket } = request;
    const connection = this.#open.get(socket);
    if (connection === undefined || connection.isClosing) {
      if (connection === undefined || connection.inFlight === 0) socket.destroy();
      return undefined;
    }
    connection.inFlight += 1;
    response.once('close', () => this.#end(connection));
    return connection;
  }

  /** An upgraded connection is one request in flight until it closes. */
  beginUpgrade(socket: Duplex): Connection | undefined {
    const connection = this.#open.get(socket);
    if (connection === undefined || connection.isClosing) {
      socket.destroy();
      return undefined;
    }
    connection.inFlight += 1;
    return connection;
  }

  /**
   * Closes the connections made under these certificates: idle ones now, the others when their requests end,
   * at the latest after `drainMilliseconds`. A resumed connection may have been made under any certificate of
   * the listener, whatever name it asked for, so all of them go, too.
   */
  closeMadeUnder(certificateArns: ReadonlySet<string>): void {
    for (const connection of this.#open.values()) {
      const { certificate, isResumed } = connection;
      if (certificate === undefined) continue;
      if (isResumed || certificateArns.has(certificate.certificateArn)) this.#close(connection);
    }
  }

  closeAll(): void {
    for (const connection of this.#open.values()) this.#close(connection);
  }

  #close(connection: Connection): void {
    const { socket, session } = connection;
    if (connection.isClosing) return;
    connection.isClosing = true;
    if (session === undefined && connection.inFlight === 0) {
      socket.destroy();
      return;
    }
    // RFC 9113 §6.8: GOAWAY; it ends with its last stream, at once when there is none.
    session?.close();
    const timer = setTimeout(() => socket.destroy(), drainMilliseconds);
    socket.once('close', () => clearTimeout(timer));
  }

  #end(connection: Connection): void {
    const { socket } = connection;
    connection.inFlight -= 1;
    if (!connection.isClosing || connection.inFlight > 0) return;
    if (socket.writable) socket.end(() => socket.destroy());
    else socket.destroy();
  }
}

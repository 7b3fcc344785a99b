import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { ClientAddress } from './exchange.ts';
import { retireSession } from './http2-retirement.ts';
import type { Http2Wire } from './http2-wire.ts';
import type { ServedCertificate } from './served-certificate.ts';

/** Of one connection; no client that waits for answers sends so many ahead. */
const maxPipelined = 32;
/** How long a request in flight may go on after its certificate's grant is gone. */
const drainMilliseconds = 10_000;

/** A request over HTTP/1 and what answers it. */
export type Http1Pair = readonly [request: IncomingMessage, response: ServerResponse];

/** One connection of a client. */
export interface Connection {
  readonly socket: Duplex;
  /** Under which it was made; undefined on plain HTTP. */
  readonly certificate: ServedCertificate | undefined;
  readonly isResumed: boolean;
  readonly client: ClientAddress;
  /** The last name that it was found to be allowed to ask for. */
  authority: string | undefined;
  /** Of HTTP/2, as is the session. */
  readonly wire: Http2Wire | undefined;
  session: ServerHttp2Session | undefined;
  /** A request over HTTP/1, or an upgrade; requests over HTTP/2 are counted by the session. */
  isBusy: boolean;
  /** Requests over HTTP/1 that came before an answer to the one before them. */
  readonly waiting: Http1Pair[];
  isClosing: boolean;
  /** Whether its next answer is to be its last. */
  isLast: boolean;
}

/**
 * The open connections of a listener: under which certificate each was made, and what is in flight on it.
 * A connection that is closing finishes what it has and takes nothing new.
 */
export class Connections {
  readonly #open = new Map<Duplex, Connection>();

  #last: Connection | undefined;
  #isRetiring = false;

  /** The one added last. */
  get last(): Connection | undefined {
    return this.#last;
  }

  add(
    socket: Duplex,
    made: Pick<Connection, 'certificate' | 'isResumed' | 'client' | 'wire' | 'isLast'>,
  ): Connection {
    const connection: Connection = {
      ...made,
      socket,
      authority: undefined,
      session: undefined,
      isBusy: false,
      waiting: [],
      isClosing: false,
      isLast: made.isLast || this.#isRetiring,
    };
    this.#open.set(socket, connection);
    this.#last = connection;
    socket.once('close', () => this.#open.delete(socket));
    return connection;
  }

  /**
   * Serves a request when those before it on its connection are answered (RFC 9112 §9.3.2), so that no client has
   * answers gathered that it does not read. A request that may not be served is left without an answer.
   */
  begin(pair: Http1Pair, serve: (connection: Connection, pair: Http1Pair) => void): void {
    const { socket } = pair[0];
    const connection = this.#open.get(socket);
    if (connection === undefined || connection.isClosing) {
      if (connection?.isBusy !== true) socket.destroy();
    } else if (!connection.isBusy) this.#serve(connection, pair, serve);
    else if (connection.waiting.push(pair) > maxPipelined) socket.destroy();
  }

  /** An upgraded connection is one request in flight until it closes. */
  beginUpgrade(socket: Duplex): Connection | undefined {
    const connection = this.#open.get(socket);
    // An answer to a request before it would come amid the other protocol.
    if (connection === undefined || connection.isClosing || connection.isBusy) {
      socket.destroy();
      return undefined;
    }
    connection.isBusy = true;
    return connection;
  }

  /**
   * Closes the connections made under these certificates: idle ones now, the others when their requests end,
   * at the latest after `drainMilliseconds`. A resumed connection may have been made under any certificate of
   * the listener, whatever name it asked for, so all of them go, too.
   */
  closeMadeUnder(certificateArns: ReadonlySet<string>): void {
    for (const connection of this.#madeUnder(certificateArns)) this.#close(connection);
  }

  /** The same in order: the next answer of each is its last. Those that have not ended are closed by `closeLast`. */
  retireMadeUnder(certificateArns: ReadonlySet<string>): void {
    for (const connection of this.#madeUnder(certificateArns)) this.#retire(connection);
  }

  /** Closes those that were to end. */
  closeLast(): void {
    for (const connection of this.#open.values()) if (connection.isLast) this.#close(connection);
  }

  /** From now on the next answer of each connection is its last; one that is being upgraded goes on. */
  retire(): void {
    this.#isRetiring = true;
    for (const connection of this.#open.values()) this.#retire(connection);
  }

  /** A connection speaks HTTP/2. */
  beginSession(connection: Connection, session: ServerHttp2Session): void {
    connection.session = session;
    if (connection.isLast) this.#retire(connection);
  }

  #retire(connection: Connection): void {
    const { session, wire } = connection;
    connection.isLast = true;
    if (session !== undefined && wire !== undefined) void retireSession(session, wire);
  }

  #madeUnder(certificateArns: ReadonlySet<string>): Connection[] {
    return [...this.#open.values()].filter(
      ({ certificate, isResumed }) =>
        certificate !== undefined && (isResumed || certificateArns.has(certificate.certificateArn)),
    );
  }

  closeAll(): void {
    for (const connection of this.#open.values()) this.#close(connection);
  }

  #close(connection: Connection): void {
    const { socket, session } = connection;
    if (connection.isClosing) return;
    connection.isClosing = true;
    if (session === undefined && !connection.isBusy) {
      socket.destroy();
      return;
    }
    // RFC 9113 §6.8: GOAWAY; it ends with its last stream, at once when there is none.
    session?.close();
    const timer = setTimeout(() => socket.destroy(), drainMilliseconds);
    socket.once('close', () => clearTimeout(timer));
  }

  #serve(
    connection: Connection,
    pair: Http1Pair,
    serve: (connection: Connection, pair: Http1Pair) => void,
  ): void {
    const { socket } = connection;
    connection.isBusy = true;
    pair[1].once('close', () => {
      connection.isBusy = false;
      const next = connection.waiting.shift();
      if (!socket.writable) socket.destroy();
      else if (connection.isClosing) socket.end(() => socket.destroy());
      else if (next !== undefined) this.#serve(connection, next, serve);
    });
    serve(connection, pair);
  }
}

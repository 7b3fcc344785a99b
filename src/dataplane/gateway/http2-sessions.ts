import { constants } from 'node:http2';
import type {
  Http2SecureServer,
  SecureServerOptions,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';
import { answerError } from './answers.ts';
import type { Connection, Connections } from './connections.ts';
import type { Exchange } from './exchange.ts';
import { Http2Exchange } from './http2-exchange.ts';
import { maxHeaderBytes, readHttp2, refusedHead } from './request-head.ts';

const { NGHTTP2_FLAG_END_STREAM, NGHTTP2_REFUSED_STREAM } = constants;

/**
 * Bounds on what one client may cost. Of node:http2 and nghttp2 themselves are those on frames that are invalid
 * (1,000) or mean nothing, on CONTINUATION frames (8 for one head), on streams beyond the maximum (100 in a row) and
 * on acknowledgements that a client does not take (1,000).
 */
export const http2Options: SecureServerOptions = {
  settings: {
    // As Application Load Balancers say.
    maxConcurrentStreams: 128,
    maxHeaderListSize: maxHeaderBytes,
    initialWindowSize: 64 * 1024,
  },
  maxHeaderListPairs: 256,
  // MB, of all that is held for one connection.
  maxSessionMemory: 10,
  // CVE-2023-44487: what is cancelled does not count as concurrent, but costs us and the target the same. So many at
  // once, and then so many a second: a client that cancels now and then may stay for as long as it likes.
  streamResetBurst: 1_000,
  streamResetRate: 33,
  // As over HTTP/1: what a target says twice is the client's to judge.
  strictSingleValueFields: false,
};

export interface Http2Events {
  readonly onRequest: (connection: Connection, exchange: Exchange) => void;
}

/** The HTTP/2 connections of a listener. */
export class Http2Sessions {
  readonly #connections: Connections;
  readonly #events: Http2Events;
  #idleMilliseconds = 60_000;
  #silenceMilliseconds = 65_000;

  constructor(server: Http2SecureServer, connections: Connections, events: Http2Events) {
    this.#connections = connections;
    this.#events = events;
    server.on('session', (session) => this.#begin(session));
  }

  /**
   * How long a connection may be without a stream, and a stream without progress; holds for those from now on.
   */
  setIdle(idleMilliseconds: number, silenceMilliseconds: number): void {
    this.#idleMilliseconds = idleMilliseconds;
    this.#silenceMilliseconds = silenceMilliseconds;
  }

  #begin(session: ServerHttp2Session): void {
    session.on('error', () => {});
    // Node announces a session in the same turn in which its handshake was accepted.
    const connection = this.#connections.last;
    if (connection === undefined) return session.destroy();
    this.#connections.beginSession(connection, session);
    // node:http2 does not stop the timer of a session that is destroyed, which keeps it in memory until it fires.
    session.setTimeout(0);
    let open = 0;
    // As AWS: PING does not keep a connection, nor does any other frame but those of a request.
    const idle = setTimeout(() => open === 0 && session.destroy(), this.#idleMilliseconds);
    session.once('close', () => clearTimeout(idle));
    session.on('stream', (stream, _headers, flags, rawHeaders) => {
      open += 1;
      stream.on('error', () => {});
      stream.once('close', () => {
        open -= 1;
        if (!session.destroyed) idle.refresh();
      });
      this.#serve(connection, stream, rawHeaders, flags);
    });
  }

  #serve(
    connection: Connection,
    stream: ServerHttp2Stream,
    rawHeaders: readonly string[],
    flags: number,
  ): void {
    if (stream.destroyed) return;
    if (connection.isClosing) return stream.close(NGHTTP2_REFUSED_STREAM);
    const read = readHttp2(rawHeaders, (flags & NGHTTP2_FLAG_END_STREAM) !== 0);
    const isRefused = typeof read === 'number';
    const head = isRefused ? refusedHead(rawHeaders[rawHeaders.indexOf(':method') + 1]) : read;
    const exchange = new Http2Exchange(head, stream, connection.client, this.#silenceMilliseconds);
    if (isRefused) answerError(exchange, read);
    else this.#events.onRequest(connection, exchange);
  }
}

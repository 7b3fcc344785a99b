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
import { readHttp2, refusedHead } from './request-head.ts';

const {
  NGHTTP2_CANCEL,
  NGHTTP2_ENHANCE_YOUR_CALM,
  NGHTTP2_FLAG_END_STREAM,
  NGHTTP2_REFUSED_STREAM,
} = constants;

/** Of one connection: what a client that cancels what it asks for may do before it is sent away. */
const maxCancelled = 200;

/**
 * Bounds on what one client may cost. Of nghttp2 itself are those on CONTINUATION frames (8 for one head),
 * on acknowledgements that a client does not take (1,000) and on frames that mean nothing.
 */
export const http2Options: SecureServerOptions = {
  settings: {
    // As Application Load Balancers say.
    maxConcurrentStreams: 128,
    maxHeaderListSize: 64 * 1024,
    initialWindowSize: 64 * 1024,
  },
  maxHeaderListPairs: 256,
  maxSessionInvalidFrames: 100,
  maxSessionRejectedStreams: 100,
  maxOutstandingPings: 10,
  // MB, of all that is held for one connection.
  maxSessionMemory: 10,
  streamResetBurst: maxCancelled,
  streamResetRate: 20,
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
  #idleMilliseconds = 0;

  constructor(server: Http2SecureServer, connections: Connections, events: Http2Events) {
    this.#connections = connections;
    this.#events = events;
    server.on('session', (session) => this.#begin(session));
  }

  /** How long a stream may make no progress; holds for streams from now on. */
  setIdle(milliseconds: number): void {
    this.#idleMilliseconds = milliseconds;
  }

  #begin(session: ServerHttp2Session): void {
    session.on('error', () => {});
    // Node announces a session in the same turn in which its handshake was accepted.
    const connection = this.#connections.last;
    if (connection === undefined) return session.destroy();
    connection.session = session;
    let cancelled = 0;
    session.on('stream', (stream, _headers, flags, rawHeaders) => {
      stream.on('error', () => {});
      stream.once('aborted', () => {
        cancelled += 1;
        // CVE-2023-44487: what is cancelled does not count as concurrent, but costs us and the target the same.
        if (cancelled > maxCancelled) session.destroy(undefined, NGHTTP2_ENHANCE_YOUR_CALM);
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
    stream.setTimeout(this.#idleMilliseconds, () => stream.close(NGHTTP2_CANCEL));
    const head = readHttp2(rawHeaders, (flags & NGHTTP2_FLAG_END_STREAM) !== 0);
    if (typeof head !== 'number')
      return this.#events.onRequest(connection, new Http2Exchange(head, stream, connection.client));
    const method = rawHeaders[rawHeaders.indexOf(':method') + 1];
    answerError(new Http2Exchange(refusedHead(method), stream, connection.client), head);
  }
}

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../lib/clock.ts';
import { describeError, type Log } from '../../lib/log.ts';
import { CommonError, unavailable } from '../errors.ts';
import { ClientShares } from './client-shares.ts';
import { httpDate } from './http-date.ts';
import type { HttpAnswer, HttpRequestLike } from './messages.ts';
import type { Pipeline } from '../pipeline.ts';
import { retire } from './retire.ts';
import { BodyBudget, BodyTooLarge, maxBodyBytes, readBody, TooManyBodies } from './request-body.ts';

/** An address, or a socket that is bound already. */
export type ListenAddress =
  | { readonly host: string; readonly port: number }
  | { readonly fd: number };

export interface ApiServerOptions {
  readonly pipeline: Pick<Pipeline, 'handle' | 'refuse'>;
  /** PEM. */
  readonly tls: { readonly key: string | Buffer; readonly cert: string | Buffer };
  readonly clock: Clock;
  readonly log: Log;
  /** Told the `X-Amz-Target` of each request before a byte of its body is read. */
  readonly onTarget?: (target: string) => void;
  /** The names of what fails now, for `GET /health`: not asked of anybody, known. Nothing when absent. */
  readonly failing?: () => readonly string[];
  /** Connections at a time, half of which at most are one client's; 4,000 when absent. */
  readonly maxConnections?: number;
}

/** The HTTPS edge. Disposing it stops to accept, aborts `call.signal`s and waits for answers in flight. */
export interface ApiServer extends AsyncDisposable {
  /** See `retire`; long polls are answered at once. */
  retire(milliseconds: number): Promise<void>;
  /** @throws the system's error, for example EADDRINUSE */
  listen(at: ListenAddress): Promise<AddressInfo>;
  /** New connections get this certificate; those that are open keep theirs. */
  useCertificate(tls: ApiServerOptions['tls']): void;
}

/** For the handshake, too: a thousand clients that come at once to a busy machine are no attack. */
const headersTimeoutMilliseconds = 30_000;
/** From the first byte of a request to its last; how long its answer takes is not limited. */
const requestTimeoutMilliseconds = 60_000;
const keepAliveMilliseconds = 65_000;
/** Answers in flight get so long when the server stops. */
const graceMilliseconds = 5_000;

export function createApiServer(options: ApiServerOptions): ApiServer {
  const stopping = new AbortController();
  const server = createServer({
    key: options.tls.key,
    cert: options.tls.cert,
    minVersion: 'TLSv1.2',
    maxHeaderSize: 16 * 1024,
    headersTimeout: headersTimeoutMilliseconds,
    requestTimeout: requestTimeoutMilliseconds,
    keepAliveTimeout: keepAliveMilliseconds,
    connectionsCheckingInterval: 5_000,
    handshakeTimeout: headersTimeoutMilliseconds,
    noDelay: true,
  });
  server.maxConnections = options.maxConnections ?? 4_000;
  shareConnections(server, server.maxConnections / 2);
  server.maxHeadersCount = 100;

  const edge: Edge = { ...options, stopping: stopping.signal, bodies: new BodyBudget() };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    answerTo(request, response, edge).catch((error: unknown) => {
      // The client went away, or sent what is no HTTP: there is nobody to tell.
      if (!request.destroyed)
        options.log.error('a request got no answer', { error: describeError(error) });
      response.destroy();
    });
  };
  server.on('request', serve);
  server.on('checkContinue', serve);
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('error', (error) => {
    // While it listens, its door may fail (too many open files) and open again.
    if (server.listening) options.log.error('the listener failed', { error: describeError(error) });
  });

  return {
    async listen(at) {
      server.listen(at);
      await once(server, 'listening');
      return server.address() as AddressInfo;
    },
    useCertificate(tls) {
      server.setSecureContext({ ...tls, minVersion: 'TLSv1.2' });
    },
    async retire(milliseconds) {
      const retired = retire(server, milliseconds);
      stopping.abort();
      await retired;
    },
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      stopping.abort();
      const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Idle connections cost a client nothing, and would shut others out. */
function shareConnections(server: Server, mostOfOne: number): void {
  const clients = new ClientShares(mostOfOne);
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (!clients.take(address)) return void socket.destroy();
    socket.once('close', () => clients.give(address));
  });
}

interface Edge extends ApiServerOptions {
  readonly stopping: AbortSignal;
  readonly bodies: BodyBudget;
}

async function answerTo(
  request: IncomingMessage,
  response: ServerResponse,
  edge: Edge,
): Promise<void> {
  const { clock, stopping } = edge;
  if (request.url === '/health' && (request.method === 'GET' || request.method === 'HEAD')) {
    send(request, response, health(edge.failing?.() ?? []), clock);
    return;
  }
  const signal = new LateSignal(stopping);
  response.once('close', () => {
    if (!response.writableFinished) signal.abort();
  });
  send(request, response, await pipelineAnswer(request, response, edge, signal), clock);
}

/** Aborted with the server's, or when the client goes away. Made for those who look at it, as few calls do. */
class LateSignal {
  readonly #stopping: AbortSignal;
  #gone: AbortController | undefined;
  #signal: AbortSignal | undefined;

  constructor(stopping: AbortSignal) {
    this.#stopping = stopping;
  }

  get value(): AbortSignal {
    this.#gone ??= new AbortController();
    this.#signal ??= AbortSignal.any([this.#stopping, this.#gone.signal]);
    return this.#signal;
  }

  abort(): void {
    this.#gone ??= new AbortController();
    this.#gone.abort();
  }
}

async function pipelineAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { pipeline, bodies, onTarget }: Edge,
  signal: LateSignal,
): Promise<HttpAnswer> {
  const share = bodies.share(peerOf(request.socket as TLSSocket).remoteAddress);
  try {
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') onTarget?.(target);
    const limit = maxBodyBytes(target);
    const body = await readBody(request, limit, share, () => {
      if (request.headers.expect !== undefined) response.writeContinue();
    });
    return await pipeline.handle(new ReceivedRequest(request, body, signal));
  } catch (error) {
    const refusal = bodyRefusal(error);
    if (refusal === undefined) throw error;
    // What is still to come of the body is not read: the connection ends with this answer.
    response.shouldKeepAlive = false;
    return await pipeline.refuse(new ReceivedRequest(request, new Uint8Array(0), signal), refusal);
  } finally {
    share[Symbol.dispose]();
  }
}

function bodyRefusal(error: unknown): CommonError | undefined {
  if (error instanceof BodyTooLarge)
    return new CommonError('too-large', 'The request body is too large.');
  if (error instanceof TooManyBodies) return unavailable('Too many requests at once. Try again.');
  return undefined;
}

class ReceivedRequest implements HttpRequestLike {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  readonly remoteAddress: string;
  readonly tls: HttpRequestLike['tls'];
  readonly #signal: LateSignal;

  constructor(request: IncomingMessage, body: Uint8Array, signal: LateSignal) {
    const { remoteAddress, tls } = peerOf(request.socket as TLSSocket);
    this.method = request.method ?? '';
    this.target = request.url ?? '';
    this.rawHeaders = request.rawHeaders;
    this.body = body;
    this.remoteAddress = remoteAddress;
    this.tls = tls;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    return this.#signal.value;
  }
}

type Peer = Pick<HttpRequestLike, 'remoteAddress' | 'tls'>;

const peers = new WeakMap<TLSSocket, Peer>();

/** Does not change in the life of a connection. */
function peerOf(socket: TLSSocket): Peer {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const remoteAddress = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const version = socket.getProtocol();
  if (version === null) return { remoteAddress, tls: undefined };
  const peer = { remoteAddress, tls: { version, cipherSuite: socket.getCipher().standardName } };
  peers.set(socket, peer);
  return peer;
}

/** Names only: whoever asks is not known. */
function health(components: readonly string[]): HttpAnswer {
  const isOk = components.length === 0;
  return {
    status: isOk ? 200 : 503,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: Buffer.from(JSON.stringify(isOk ? { status: 'ok' } : { status: 'degraded', components })),
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
  clock: Clock,
): void {
  // The `Date` of every answer is what SDKs set their clocks by.
  response.writeHead(status, {
    ...headers,
    date: httpDate(clock.now()),
    'content-length': body.length,
  });
  const wipe = (): void => {
    body.fill(0);
  };
  response.once('close', wipe);
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

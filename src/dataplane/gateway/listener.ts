import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import { Server as NetServer } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ClientShares } from '../../aws/http/client-shares.ts';
import type { SslPolicy } from '../../aws/ssl-policies.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import { plainAddress } from '../../lib/ip-network.ts';
import type { Random } from '../../lib/random.ts';
import { answerError } from './answers.ts';
import { Connections } from './connections.ts';
import type { Connection, Http1Pair } from './connections.ts';
import type { ClientAddress, Exchange } from './exchange.ts';
import { Http1Exchange } from './http1-exchange.ts';
import { Http2Sessions, http2Options } from './http2-sessions.ts';
import type { ListeningSockets } from './listening-sockets.ts';
import { maxHeaderBytes, readHttp1, refusedHead } from './request-head.ts';
import type { Refusal, RequestHead } from './request-head.ts';
import type { SecureContexts } from './secure-contexts.ts';
import type { ServedCertificate } from './served-certificate.ts';
import { TlsFront } from './tls-front.ts';
import type { Serving } from './tls-front.ts';

/** For connections under a certificate that the listener no longer has, though nobody revoked it. */
const leaveMilliseconds = 1_000;
/** Clients of one listener must not take the file descriptors and the memory of all. */
const maxConnections = 10_000;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly sockets: ListeningSockets;
  /** Undefined on plain HTTP. */
  readonly tls: { readonly policy: SslPolicy; readonly contexts: SecureContexts } | undefined;
  readonly random: Random;
  readonly log: Log;
  readonly hasHttp2: () => boolean;
  /** Whether a request that asks for another protocol goes to `onUpgrade`; others are served as requests. */
  readonly mayUpgrade: (request: IncomingMessage) => boolean;
  readonly onRequest: (exchange: Exchange) => void;
  readonly onUpgrade: (upgrade: Upgrade) => void;
  /** At a time, half of which at most are one client's; 10,000 when absent. */
  readonly maxConnections?: number;
  /** From a connection's or a request's first byte to the end of its head; 30,000 when absent. */
  readonly headMilliseconds?: number;
}

/** A request to change the protocol of its connection, which nobody else uses any more. */
export interface Upgrade {
  readonly request: RequestHead | Refusal;
  readonly client: ClientAddress;
  readonly socket: Duplex;
  /** What came after the request's head. */
  readonly head: Buffer;
}

/** One port of one load balancer. Its certificates come and go while it listens. */
export class Listener {
  readonly options: ListenerOptions;
  readonly #connections = new Connections();
  readonly #server: HttpServer | Http2SecureServer;
  readonly #tls: TlsFront | undefined;
  readonly #sessions: Http2Sessions | undefined;
  #retired: Promise<void> | undefined;

  constructor(options: ListenerOptions) {
    this.options = options;
    const most = options.maxConnections ?? maxConnections;
    if (options.tls === undefined) this.#server = this.#createPlainServer();
    else {
      this.#tls = this.#createTlsFront(options, options.tls);
      this.#server = this.#tls.server;
      this.#sessions = new Http2Sessions(this.#tls.server, this.#connections, {
        onRequest: (connection, exchange) => this.#serve(connection, exchange),
      });
    }
    this.#server.maxConnections = most;
    shareConnections(this.#server, most / 2);
    this.#serveHttp1(this.#server);
  }

  /** How long a connection may be silent; holds for connections made from now on. */
  setIdle(milliseconds: number): void {
    // Longer than the wait for a target, so that the client is told 504.
    const silence = milliseconds + 5_000;
    Object.assign(this.#server, { keepAliveTimeout: milliseconds });
    this.#server.setTimeout(silence);
    this.#sessions?.setIdle(milliseconds, silence);
  }

  /** @throws Error of node:net when the address cannot be bound */
  async listen(): Promise<void> {
    const { host, port, sockets, log } = this.options;
    this.#server.listen(await sockets.take(host, port));
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      sockets.release(host, port);
      throw error;
    }
    this.#server.on('error', (error) => log.error(describeError(error)));
  }

  /** Stops listening. What is in flight may finish within 10 s; resolves when it has. */
  close(): Promise<void> {
    const { host, port, sockets } = this.options;
    const closed =
      this.#retired ?? new Promise<void>((resolve) => this.#server.close(() => resolve()));
    sockets.release(host, port);
    this.#tls?.[Symbol.dispose]();
    this.#connections.closeAll();
    return closed;
  }

  /**
   * Stops accepting, as another process does on the same socket; what is open goes on, so that no request fails: a
   * connection ends with its next answer, or when it was idle for as long as it may. Resolves when none is left.
   */
  retire(): Promise<void> {
    // Not the server's own `close`: it cuts idle connections off, on which a request may be under way.
    this.#retired ??= new Promise<void>((resolve) => {
      NetServer.prototype.close.call(this.#server, () => resolve());
    });
    this.#connections.retire();
    return this.#retired;
  }

  /**
   * Serves exactly these certificates from now on; see `TlsFront.serve`. Connections made under certificates
   * that were revoked are closed or closing when this returns; those under others that are no longer there a second
   * later, and until then end in order.
   */
  serve(serving: Serving): void {
    const tls = this.#tls;
    if (tls === undefined) return;
    const { certificateArns, isTakenOff } = tls.serve(serving);
    if (certificateArns.size === 0) return;
    if (!isTakenOff) return this.#connections.closeMadeUnder(certificateArns);
    this.#connections.retireMadeUnder(certificateArns);
    setTimeout(() => {
      tls.forget();
      // In a process whose place another one has taken every connection is to end, in its own time.
      if (this.#retired === undefined) this.#connections.closeLast();
      else this.#connections.closeMadeUnder(certificateArns);
    }, leaveMilliseconds);
  }

  /** Serves one certificate more; see `TlsFront.add`. */
  add(certificate: ServedCertificate): void {
    this.#tls?.add(certificate);
  }

  #createPlainServer(): HttpServer {
    const server = createHttpServer(http1Options(this.options));
    server.on('connection', (socket) =>
      this.#connections.add(socket, {
        certificate: undefined,
        isResumed: false,
        isLast: false,
        wire: undefined,
        client: clientOf(socket),
      }),
    );
    return server;
  }

  #createTlsFront(options: ListenerOptions, tls: NonNullable<ListenerOptions['tls']>): TlsFront {
    const { random, log, hasHttp2 } = options;
    return new TlsFront(
      { ...http2Options, ...http1Options(options) },
      {
        ...tls,
        random,
        log,
        hasHttp2,
        onConnection: (socket, { accepted, ...made }) =>
          this.#connections.add(socket, {
            ...made,
            isResumed: socket.isSessionReused(),
            client: clientOf(accepted),
          }),
      },
    );
  }

  #serveHttp1(server: HttpServer | Http2SecureServer): void {
    const { mayUpgrade, onUpgrade } = this.options;
    Object.assign(server, { shouldUpgradeCallback: mayUpgrade, httpAllowHalfOpen: true });
    const serve = (connection: Connection, [request, response]: Http1Pair): void => {
      const head = readHttp1(request);
      const isRefused = typeof head === 'number';
      const exchange = new Http1Exchange(
        isRefused ? refusedHead(request.method) : head,
        request,
        response,
        connection,
      );
      if (!isRefused) return this.#serve(connection, exchange);
      // RFC 9112 §11.2: where the next request begins is for nobody to guess.
      exchange.closeAfter();
      answerError(exchange, head);
    };
    const begin = (...pair: Http1Pair): void => this.#connections.begin(pair, serve);
    server.on('request', begin);
    server.on('checkContinue', begin);
    server.on('checkExpectation', begin);
    // Who listens to requests gets those of HTTP/2, too, dressed as HTTP/1; here they come by their streams.
    server.removeAllListeners('stream');
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const connection = this.#connections.beginUpgrade(socket);
      if (connection === undefined) return;
      const read = readHttp1(request);
      const refusal = typeof read === 'number' || this.#mayAsk(connection, read) ? read : 421;
      onUpgrade({ request: refusal, client: connection.client, socket, head });
    });
  }

  #serve(connection: Connection, exchange: Exchange): void {
    if (this.#mayAsk(connection, exchange.request)) this.options.onRequest(exchange);
    else answerError(exchange, 421);
  }

  /** Looks at each name once, as a connection mostly asks for the same. */
  #mayAsk(connection: Connection, { authority }: RequestHead): boolean {
    const { certificate } = connection;
    if (certificate === undefined || authority === undefined) return true;
    if (connection.authority === authority) return true;
    const host = authority.replace(/:\d*$/, '');
    if (this.#tls?.mayAsk(certificate, host) !== true) return false;
    connection.authority = authority;
    return true;
  }
}

function http1Options({ headMilliseconds = 30_000 }: ListenerOptions) {
  return {
    maxHeaderSize: maxHeaderBytes,
    insecureHTTPParser: false,
    // Who lacks a host is refused like all others: node:http would serve what comes behind the request.
    requireHostHeader: false,
    // Or the end of a large answer waits for the acknowledgement of what came before it: 40 ms.
    noDelay: true,
    headersTimeout: headMilliseconds,
    connectionsCheckingInterval: Math.ceil(headMilliseconds / 6),
    requestTimeout: 0,
  } as const;
}

function clientOf({ remoteAddress = '', remotePort = 0 }: Socket): ClientAddress {
  return { address: plainAddress(remoteAddress), port: remotePort };
}

function shareConnections(server: HttpServer | Http2SecureServer, mostOfOne: number): void {
  const clients = new ClientShares(mostOfOne);
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (!clients.take(address)) return void socket.destroy();
    socket.once('close', () => clients.give(address));
  });
}

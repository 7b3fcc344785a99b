import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { SslPolicy } from '../../aws/ssl-policies.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { Exchange } from './answers.ts';
import { Connections } from './connections.ts';
import type { SecureContexts } from './secure-contexts.ts';
import { TlsFront } from './tls-front.ts';
import type { Serving } from './tls-front.ts';

/** AWS: the whole of the headers is at most 64 KB. */
const maxHeaderBytes = 64 * 1024;
const headMilliseconds = 60_000;
/** Clients of one listener must not take the file descriptors and the memory of all. */
const maxConnections = 10_000;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** Undefined on plain HTTP. */
  readonly tls: { readonly policy: SslPolicy; readonly contexts: SecureContexts } | undefined;
  readonly random: Random;
  readonly log: Log;
  /** Whether a request that asks for another protocol goes to `onUpgrade`; others are served as requests. */
  readonly mayUpgrade: (request: IncomingMessage) => boolean;
  readonly onRequest: (exchange: Exchange) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** At a time; 10,000 when absent. */
  readonly maxConnections?: number;
}

/** One port of one load balancer. Its certificates come and go while it listens. */
export class Listener {
  readonly options: ListenerOptions;
  readonly #connections = new Connections();
  readonly #server: HttpServer | HttpsServer;
  readonly #tls: TlsFront | undefined;

  constructor(options: ListenerOptions) {
    this.options = options;
    const http = {
      maxHeaderSize: maxHeaderBytes,
      insecureHTTPParser: false,
      headersTimeout: headMilliseconds,
      requestTimeout: 0,
      shouldUpgradeCallback: options.mayUpgrade,
    };
    if (options.tls === undefined) {
      this.#server = createHttpServer(http);
      this.#server.on('connection', (socket) => this.#connections.add(socket, undefined));
    } else {
      const { random, log, tls } = options;
      this.#tls = new TlsFront(http, {
        ...tls,
        random,
        log,
        onConnection: (socket, certificateArn) =>
          this.#connections.add(socket, certificateArn, socket.isSessionReused()),
      });
      this.#server = this.#tls.server;
    }
    this.#server.maxConnections = options.maxConnections ?? maxConnections;
    this.#server.on('request', (request, response) => {
      if (!this.#connections.begin(request, response)) return;
      const isClosing = (): boolean => this.#connections.isClosing(request.socket);
      options.onRequest({ request, response, isClosing });
    });
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.#connections.beginUpgrade(socket)) options.onUpgrade(request, socket, head);
    });
  }

  /** How long a connection may be silent; holds for connections made from now on. */
  setIdle(milliseconds: number): void {
    this.#server.keepAliveTimeout = milliseconds;
    // Longer than the wait for a target, so that the client is told 504.
    this.#server.setTimeout(milliseconds + 5_000);
  }

  /** @throws Error of node:net when the address cannot be bound */
  listen(): Promise<void> {
    const { host, port } = this.options;
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, exclusive: true }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.options.log.error(describeError(error)));
        resolve();
      });
    });
  }

  /** Stops listening. What is in flight may finish within 10 s; resolves when it has. */
  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#tls?.[Symbol.dispose]();
    this.#connections.closeAll();
    return closed;
  }

  /**
   * Serves exactly these certificates from now on; see `TlsFront.serve`. Connections made under certificates
   * that went away are closed or closing when this returns.
   */
  serve(serving: Serving): void {
    if (this.#tls === undefined) return;
    const gone = this.#tls.serve(serving);
    if (gone.size > 0) this.#connections.closeMadeUnder(gone);
  }
}

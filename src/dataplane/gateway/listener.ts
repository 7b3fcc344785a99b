import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import { sslPolicies } from '../../aws/ssl-policies.ts';
import type { SslPolicy } from '../../aws/ssl-policies.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import { Connections } from './connections.ts';
import { policyOptions } from './secure-contexts.ts';
import type { SecureContexts } from './secure-contexts.ts';
import { chooseCertificate } from './served-certificate.ts';
import type { ServedCertificate } from './served-certificate.ts';

const idleMilliseconds = 60_000;
const handshakeMilliseconds = 10_000;
/** AWS: the whole of the headers is at most 64 KB. */
const maxHeaderBytes = 64 * 1024;

export interface ListenerOptions {
  readonly listenerArn: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly host: string;
  readonly port: number;
  readonly sslPolicy: string | undefined;
  readonly contexts: SecureContexts;
  readonly log: Log;
  readonly onRequest: (...args: [...Parameters<RequestListener>, isClosing: () => boolean]) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** One port of one load balancer. Its certificates come and go while it listens. */
export class Listener {
  readonly options: ListenerOptions;
  readonly #connections = new Connections();
  readonly #server: HttpServer | HttpsServer;
  readonly #policy: SslPolicy | undefined;
  readonly #withoutCertificate: SecureContext | undefined;
  readonly #madeUnder = new WeakMap<TLSSocket, ServedCertificate>();
  #certificates: readonly ServedCertificate[] = [];
  #default: ServedCertificate | undefined;

  constructor(options: ListenerOptions) {
    this.options = options;
    const limits = {
      maxHeaderSize: maxHeaderBytes,
      insecureHTTPParser: false,
      keepAliveTimeout: idleMilliseconds,
      headersTimeout: idleMilliseconds,
      requestTimeout: 0,
    };
    if (options.protocol === 'HTTP') {
      this.#server = createHttpServer(limits);
      this.#server.on('connection', (socket) => this.#connections.add(socket, undefined));
    } else {
      this.#policy = sslPolicies.get(options.sslPolicy ?? '');
      if (this.#policy === undefined) throw new TypeError('the security policy is not known');
      this.#withoutCertificate = createSecureContext(policyOptions(this.#policy));
      this.#server = this.#createTlsServer({ ...limits, ...policyOptions(this.#policy) });
    }
    this.#server.on('request', (request, response) => {
      const { socket } = request;
      if (!this.#connections.begin(request, response)) return;
      options.onRequest(request, response, () => this.#connections.isClosing(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.#connections.beginUpgrade(socket)) options.onUpgrade(request, socket, head);
    });
    // Longer than the wait for a target, so that the client is told 504.
    this.#server.setTimeout(idleMilliseconds + 5_000);
  }

  /** @throws Error of node:net when the address cannot be bound */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(
        { host: this.options.host, port: this.options.port, exclusive: true },
        () => {
          this.#server.off('error', reject);
          this.#server.on('error', (error) => this.options.log.error(describeError(error)));
          resolve();
        },
      );
    });
  }

  /** Stops listening; what is in flight may finish. */
  close(): void {
    this.#server.close();
    this.#connections.closeAll();
  }

  /**
   * Serves exactly these certificates from now on. When this returns, no handshake succeeds under another
   * one, and connections made under certificates that went away are closed or closing. A certificate that
   * another of the same ARN and grant replaces leaves its connections alone.
   */
  serve(
    certificates: readonly ServedCertificate[],
    defaultCertificate: ServedCertificate | undefined,
  ): void {
    if (this.#policy === undefined) return;
    const before = this.#certificates;
    const isSame =
      before.length === certificates.length &&
      before.every((certificate, at) => certificates[at] === certificate) &&
      this.#default === defaultCertificate;
    if (isSame) return;
    this.#certificates = certificates;
    this.#default = defaultCertificate;
    this.#setDefaultContext();
    const gone = before
      .filter((old) => !certificates.some((now) => isSameUse(old, now)))
      .map((certificate) => certificate.certificateArn);
    if (gone.length > 0) this.#connections.closeMadeUnder(new Set(gone));
  }

  #createTlsServer(options: object): HttpsServer {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const listener = this;
    const server = createHttpsServer({
      ...options,
      handshakeTimeout: handshakeMilliseconds,
      // Node calls it as a method of the connection that shakes hands.
      SNICallback(this: unknown, servername, done) {
        done(null, listener.#contextFor(this as TLSSocket, servername));
      },
    });
    server.prependListener('secureConnection', (socket) => {
      const certificate = listener.#certificateOf(socket);
      if (certificate === undefined) socket.destroy();
      else listener.#connections.add(socket, certificate.certificateArn, socket.isSessionReused());
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }

  /** Without a certificate to serve, a context that has none: the client gets the alert handshake_failure. */
  #contextFor(socket: TLSSocket, servername: string): SecureContext | undefined {
    const certificate = chooseCertificate(this.#certificates, this.#default, servername);
    if (certificate === undefined || this.#policy === undefined) return this.#withoutCertificate;
    try {
      const context = this.options.contexts.get(certificate, this.#policy);
      this.#madeUnder.set(socket, certificate);
      return context;
    } catch (error) {
      this.options.log.error('a certificate cannot be served', {
        certificateArn: certificate.certificateArn,
        error: describeError(error),
      });
      return this.#withoutCertificate;
    }
  }

  /** The certificate under which a finished handshake was made, if it may still be served. */
  #certificateOf(socket: TLSSocket): ServedCertificate | undefined {
    if (socket.isSessionReused()) {
      const servername = typeof socket.servername === 'string' ? socket.servername : '';
      return chooseCertificate(this.#certificates, this.#default, servername);
    }
    const made = this.#madeUnder.get(socket);
    if (made !== undefined)
      return this.#certificates.find((certificate) => isSameUse(made, certificate));
    const fingerprint = socket.getX509Certificate()?.fingerprint256;
    return this.#certificates.find((certificate) => certificate.fingerprint === fingerprint);
  }

  /**
   * Clients that send no name get the default certificate from the server's own context. The server's context
   * also has the session ticket keys for all names: a resumed handshake asks for no certificate, so new ticket
   * keys are what makes it fail. Sessions are kept nowhere else, as nobody listens to `newSession`.
   */
  #setDefaultContext(): void {
    const server = this.#server as HttpsServer;
    const policy = this.#policy;
    if (policy === undefined) return;
    const options = { ...policyOptions(policy), ticketKeys: randomBytes(48) };
    if (this.#default === undefined) {
      server.setSecureContext(options);
      return;
    }
    const { chainPem } = this.#default;
    try {
      this.options.contexts.withKey(this.#default, (key) =>
        server.setSecureContext({ ...options, cert: chainPem, key }),
      );
    } catch (error) {
      server.setSecureContext(options);
      this.options.log.error('the default certificate cannot be served', {
        certificateArn: this.#default.certificateArn,
        error: describeError(error),
      });
    }
  }
}

/** A revoked grant ends a use even if another grant for the same certificate came at once. */
function isSameUse(a: ServedCertificate, b: ServedCertificate): boolean {
  return a.certificateArn === b.certificateArn && a.grantId === b.grantId;
}

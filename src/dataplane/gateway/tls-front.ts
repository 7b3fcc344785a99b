import { createServer } from 'node:https';
import type { Server, ServerOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { SslPolicy } from '../../aws/ssl-policies.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { Handshakes } from './handshakes.ts';
import { policyOptions } from './secure-contexts.ts';
import type { SecureContexts } from './secure-contexts.ts';
import { chooseCertificate, isSameUse } from './served-certificate.ts';
import type { ServedCertificate } from './served-certificate.ts';

const handshakeMilliseconds = 10_000;
/** Who records ticket keys and traffic can read no more than the sessions of this time (RFC 8446 appendix C.4). */
const ticketKeyMilliseconds = 3_600_000;

/** What is to be served from now on. */
export interface Serving {
  readonly policy: SslPolicy;
  readonly certificates: readonly ServedCertificate[];
  readonly defaultCertificate: ServedCertificate | undefined;
}

export interface TlsFrontOptions {
  readonly policy: SslPolicy;
  readonly contexts: SecureContexts;
  readonly random: Random;
  readonly log: Log;
  /** A handshake is complete, under a certificate that may be served. */
  readonly onConnection: (socket: TLSSocket, certificateArn: string) => void;
}

/**
 * Which certificate each handshake gets. The server's own context has the default certificate, for clients that
 * send no name, and the session ticket keys of all: a resumed handshake asks for no certificate, so new ticket
 * keys are what makes it fail. Sessions are kept nowhere else, as nobody listens to `newSession`.
 */
export class TlsFront implements Disposable {
  readonly server: Server;
  readonly #options: TlsFrontOptions;
  readonly #handshakes = new Handshakes();
  readonly #timer: NodeJS.Timeout;
  #serving: Serving;
  #withoutCertificate: SecureContext;

  constructor(httpOptions: ServerOptions, options: TlsFrontOptions) {
    this.#options = options;
    this.#serving = { policy: options.policy, certificates: [], defaultCertificate: undefined };
    this.#withoutCertificate = createSecureContext(policyOptions(options.policy));
    this.server = this.#createServer(httpOptions);
    this.#timer = setInterval(() => this.#renewTicketKeys(), ticketKeyMilliseconds).unref();
  }

  /**
   * When this returns, no handshake succeeds under a certificate that is not in `serving`, full or resumed,
   * not even one that has begun. A certificate that another of the same ARN and grant replaces was not taken
   * away: handshakes under way complete with the old one.
   * @returns ARNs of the certificates that were taken away
   */
  serve(serving: Serving): ReadonlySet<string> {
    const before = this.#serving;
    if (isSame(before, serving)) return new Set();
    this.#serving = serving;
    if (before.policy !== serving.policy)
      this.#withoutCertificate = createSecureContext(policyOptions(serving.policy));
    this.#setServerContext();
    const gone = before.certificates.filter((certificate) => !this.#isServed(certificate));
    if (gone.length > 0) this.#handshakes.abortUnless((certificate) => this.#isServed(certificate));
    return new Set(gone.map(({ certificateArn }) => certificateArn));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#handshakes.abortAll();
  }

  #createServer(httpOptions: ServerOptions): Server {
    const handshakes = this.#handshakes;
    const choose = (servername: string): ServedCertificate | undefined => this.#choose(servername);
    const contextOf = (certificate: ServedCertificate | undefined): SecureContext =>
      this.#contextOf(certificate);
    const server = createServer({
      ...httpOptions,
      ...policyOptions(this.#options.policy),
      handshakeTimeout: handshakeMilliseconds,
      // Node calls it as a method of the connection that shakes hands.
      SNICallback(this: unknown, servername, done) {
        const certificate = choose(servername);
        handshakes.choose(this as TLSSocket, certificate);
        done(null, contextOf(certificate));
      },
    });
    server.prependListener('connection', (socket) =>
      handshakes.begin(socket, this.#serving.defaultCertificate),
    );
    server.prependListener('secureConnection', (socket) => this.#accept(socket));
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }

  #accept(socket: TLSSocket): void {
    const chosen = this.#handshakes.end(socket);
    const certificate = socket.isSessionReused()
      ? this.#choose(typeof socket.servername === 'string' ? socket.servername : '')
      : chosen;
    if (certificate === undefined || !this.#isServed(certificate)) socket.destroy();
    else this.#options.onConnection(socket, certificate.certificateArn);
  }

  #choose(servername: string): ServedCertificate | undefined {
    const { certificates, defaultCertificate } = this.#serving;
    return chooseCertificate(certificates, defaultCertificate, servername);
  }

  #isServed(certificate: ServedCertificate): boolean {
    return this.#serving.certificates.some((served) => isSameUse(served, certificate));
  }

  /** Without a certificate to serve, a context that has none: the client gets the alert handshake_failure. */
  #contextOf(certificate: ServedCertificate | undefined): SecureContext {
    if (certificate === undefined) return this.#withoutCertificate;
    try {
      return this.#options.contexts.get(certificate, this.#serving.policy);
    } catch (error) {
      this.#complain(certificate, error);
      return this.#withoutCertificate;
    }
  }

  #setServerContext(): void {
    const { policy, defaultCertificate: certificate } = this.#serving;
    const options = { ...policyOptions(policy), ticketKeys: this.#newTicketKeys() };
    try {
      if (certificate === undefined) this.server.setSecureContext(options);
      else
        this.#options.contexts.withKey(certificate, (key) =>
          this.server.setSecureContext({ ...options, cert: certificate.chainPem, key }),
        );
    } catch (error) {
      this.server.setSecureContext(options);
      if (certificate !== undefined) this.#complain(certificate, error);
    }
  }

  #renewTicketKeys(): void {
    this.server.setTicketKeys(this.#newTicketKeys());
  }

  #newTicketKeys(): Buffer {
    return Buffer.from(this.#options.random.bytes(48).buffer);
  }

  #complain({ certificateArn }: ServedCertificate, error: unknown): void {
    this.#options.log.error('a certificate cannot be served', {
      certificateArn,
      error: describeError(error),
    });
  }
}

function isSame(a: Serving, b: Serving): boolean {
  return (
    a.policy === b.policy &&
    a.defaultCertificate === b.defaultCertificate &&
    a.certificates.length === b.certificates.length &&
    a.certificates.every((certificate, at) => b.certificates[at] === certificate)
  );
}

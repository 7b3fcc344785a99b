import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, SecureServerOptions } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { SslPolicy } from '../../aws/ssl-policies.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { CertificateChoice, standsFor } from './certificate-choice.ts';
import { acceptedSocket, Handshakes } from './handshakes.ts';
import { Http2Wire } from './http2-wire.ts';
import { policyOptions } from './secure-contexts.ts';
import type { SecureContexts } from './secure-contexts.ts';
import type { ServedCertificate } from './served-certificate.ts';

const handshakeMilliseconds = 10_000;
/** Who records ticket keys and traffic can read no more than the sessions of this time (RFC 8446 appendix C.4). */
const ticketKeyMilliseconds = 3_600_000;

/** What is to be served from now on. */
export interface Serving {
  readonly policy: SslPolicy;
  readonly certificates: readonly ServedCertificate[];
  readonly defaultCertificate: ServedCertificate | undefined;
  /** Whether a certificate that is no longer there was taken off by who runs the listener; else it was revoked. */
  readonly isTakenOff: (certificate: ServedCertificate) => boolean;
}

/** What a change has taken away from a listener. */
export interface Gone {
  readonly certificateArns: ReadonlySet<string>;
  /** Nothing of it was revoked: what was made under it may end in order, until `TlsFront.forget`. */
  readonly isTakenOff: boolean;
}

export interface TlsFrontOptions {
  readonly policy: SslPolicy;
  readonly contexts: SecureContexts;
  readonly random: Random;
  readonly log: Log;
  /** A handshake is complete, under a certificate that may be served. */
  readonly onConnection: (
    socket: TLSSocket,
    made: {
      readonly certificate: ServedCertificate;
      /** Under what is taken off: the connection has to end. */
      readonly isLast: boolean;
      readonly accepted: Socket;
      /** Of HTTP/2. */
      readonly wire: Http2Wire | undefined;
    },
  ) => void;
  /** Asked at each handshake. */
  readonly hasHttp2: () => boolean;
}

const nothingGone: Gone = { certificateArns: new Set(), isTakenOff: false };

/**
 * Which certificate each handshake gets. The server's own context has the default certificate, for clients that
 * send no name, and the session ticket keys of all: a resumed handshake asks for no certificate, so new ticket
 * keys are what makes it fail. Sessions are kept nowhere else, as nobody listens to `newSession`.
 */
export class TlsFront implements Disposable {
  readonly server: Http2SecureServer;
  readonly #options: TlsFrontOptions;
  readonly #handshakes = new Handshakes();
  readonly #timer: NodeJS.Timeout;
  #policy: SslPolicy;
  #choice = new CertificateChoice([], undefined);
  #withoutCertificate: SecureContext;

  constructor(httpOptions: SecureServerOptions, options: TlsFrontOptions) {
    this.#options = options;
    this.#policy = options.policy;
    this.#withoutCertificate = createSecureContext(policyOptions(options.policy));
    this.server = this.#createServer(httpOptions);
    this.#timer = setInterval(() => this.#renewTicketKeys(), ticketKeyMilliseconds).unref();
  }

  /**
   * When this returns, no handshake succeeds under a certificate that was revoked, full or resumed, not even one
   * that has begun. Under one that was taken off none begins; see `forget`. A certificate that another of the same
   * ARN and grant replaces was not taken away: handshakes under way complete with the old one.
   */
  serve(serving: Serving): Gone {
    const before = this.#choice;
    const isSamePolicy = this.#policy === serving.policy;
    this.#choice = new CertificateChoice(serving.certificates, serving.defaultCertificate);
    // What only grew leaves sessions and handshakes of before as they are.
    if (isSamePolicy && this.#choice.extends(before)) return nothingGone;
    if (!isSamePolicy)
      this.#withoutCertificate = createSecureContext(policyOptions(serving.policy));
    this.#policy = serving.policy;
    this.#setServerContext();
    const gone = before.without(this.#choice);
    if (gone.length === 0) return nothingGone;
    const isTakenOff = gone.every(serving.isTakenOff);
    if (isTakenOff) this.#handshakes.age();
    else this.#handshakes.abortUnless((certificate) => this.#choice.has(certificate));
    return {
      certificateArns: new Set(gone.map(({ certificateArn }) => certificateArn)),
      isTakenOff,
    };
  }

  /** Serves one certificate more, of an ARN that is not served and not the default, in the time that it alone takes. */
  add(certificate: ServedCertificate): void {
    this.#choice.add(certificate);
  }

  /** Handshakes that began before what is taken off was no longer completed until now; none of them does after. */
  forget(): void {
    this.#handshakes.abortOld();
  }

  /**
   * Whether a request for this host may come over a connection that was made under `certificate`.
   * @see RFC 9110 §7.4: what a client may not ask for here it asks for on a connection of its own
   */
  mayAsk(certificate: ServedCertificate, host: string): boolean {
    return (
      standsFor(certificate, host) ||
      this.#choice.for(host)?.certificateArn === certificate.certificateArn
    );
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#handshakes.abortAll();
  }

  #createServer(httpOptions: SecureServerOptions): Http2SecureServer {
    const handshakes = this.#handshakes;
    const choose = (servername: string): ServedCertificate | undefined =>
      this.#choice.for(servername);
    const contextOf = (certificate: ServedCertificate | undefined): SecureContext =>
      this.#contextOf(certificate);
    const server = createSecureServer({
      ...httpOptions,
      ...policyOptions(this.#options.policy),
      allowHTTP1: true,
      handshakeTimeout: handshakeMilliseconds,
      // RFC 7301 §3.2: without a protocol in common there is no connection.
      ALPNCallback: ({ protocols }) => this.#protocolOf(protocols),
      // Node calls it as a method of the connection that shakes hands.
      SNICallback(this: unknown, servername, done) {
        const certificate = choose(servername);
        handshakes.choose(this as TLSSocket, certificate);
        done(null, contextOf(certificate));
      },
    });
    server.prependListener('connection', (socket) =>
      handshakes.begin(socket, this.#choice.defaultCertificate),
    );
    const [serve] = server.listeners('secureConnection');
    server.removeAllListeners('secureConnection');
    server.on('secureConnection', (socket) => {
      const stream = this.#accept(socket);
      if (stream !== undefined) serve?.call(server, stream as TLSSocket);
    });
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }

  #protocolOf(offered: readonly string[]): string | undefined {
    if (offered.includes('h2') && this.#options.hasHttp2()) return 'h2';
    return offered.includes('http/1.1') ? 'http/1.1' : undefined;
  }

  /** @returns what HTTP is to be spoken on */
  #accept(socket: TLSSocket): Duplex | undefined {
    const accepted = acceptedSocket(socket);
    const handshake = accepted === undefined ? undefined : this.#handshakes.end(accepted);
    const isLast = handshake?.isOld === true;
    const certificate = socket.isSessionReused()
      ? this.#choice.for(typeof socket.servername === 'string' ? socket.servername : '')
      : handshake?.certificate;
    const isServed = certificate !== undefined && (isLast || this.#choice.has(certificate));
    if (accepted === undefined || !isServed) {
      socket.destroy();
      return undefined;
    }
    const wire = socket.alpnProtocol === 'h2' ? new Http2Wire(socket) : undefined;
    this.#options.onConnection(socket, { certificate, isLast, accepted, wire });
    return wire ?? socket;
  }

  /** Without a certificate to serve, a context that has none: the client gets the alert handshake_failure. */
  #contextOf(certificate: ServedCertificate | undefined): SecureContext {
    if (certificate === undefined) return this.#withoutCertificate;
    try {
      return this.#options.contexts.get(certificate, this.#policy);
    } catch (error) {
      this.#complain(certificate, error);
      return this.#withoutCertificate;
    }
  }

  #setServerContext(): void {
    const certificate = this.#choice.defaultCertificate;
    const options = { ...policyOptions(this.#policy), ticketKeys: this.#newTicketKeys() };
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

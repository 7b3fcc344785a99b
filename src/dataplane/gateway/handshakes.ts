import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ServedCertificate } from './served-certificate.ts';

interface Handshake {
  /** The default certificate of the moment, until the client's name has chosen another. */
  certificate: ServedCertificate | undefined;
  hasAsked: boolean;
  /** Begun under certificates or ticket keys that others replaced without a revocation. */
  isOld: boolean;
}

/**
 * The handshakes under way on a listener. Each connection has the certificates and ticket keys of the moment
 * at which it was accepted, whatever the server has by now: when a certificate is taken away, those under way
 * have to end, or one begun before would complete after.
 */
export class Handshakes {
  readonly #open = new Map<Socket, Handshake>();

  /** A connection was accepted. */
  begin(socket: Socket, defaultCertificate: ServedCertificate | undefined): void {
    this.#open.set(socket, { certificate: defaultCertificate, hasAsked: false, isOld: false });
    socket.once('close', () => this.#open.delete(socket));
  }

  /** The client has named the server, does not resume a session, and gets this certificate. */
  choose(socket: TLSSocket, certificate: ServedCertificate | undefined): void {
    const accepted = acceptedSocket(socket);
    const handshake = accepted && this.#open.get(accepted);
    if (handshake === undefined) return;
    handshake.certificate = certificate;
    handshake.hasAsked = true;
  }

  /** The handshake is complete: what it was made under; the certificate counts only if it was a full one. */
  end(accepted: Socket): Readonly<Pick<Handshake, 'certificate' | 'isOld'>> | undefined {
    const handshake = this.#open.get(accepted);
    this.#open.delete(accepted);
    return handshake;
  }

  /** From now on those under way are old. */
  age(): void {
    for (const handshake of this.#open.values()) handshake.isOld = true;
  }

  abortOld(): void {
    for (const [socket, { isOld }] of this.#open) if (isOld) socket.destroy();
  }

  /** Ends those whose certificate is none of `served`, and those that have chosen none yet. */
  abortUnless(isServed: (certificate: ServedCertificate) => boolean): void {
    for (const [socket, { certificate, hasAsked }] of this.#open)
      if (!hasAsked || certificate === undefined || !isServed(certificate)) socket.destroy();
  }

  abortAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }
}

/**
 * The TCP socket below a TLS socket, undefined once that is destroyed. Node has no public way to it; by their
 * addresses they could be told to belong together, too, at the cost of four system calls for each handshake.
 */
export function acceptedSocket(socket: TLSSocket): Socket | undefined {
  const { _handle: handle } = socket as unknown as { _handle: { _parentWrap?: Socket } | null };
  return handle?._parentWrap;
}

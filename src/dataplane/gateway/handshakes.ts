import type { Socket } from 'node:net';
import type { ServedCertificate } from './served-certificate.ts';

type Addresses = Pick<Socket, 'localAddress' | 'remoteAddress' | 'remotePort'>;

interface Handshake {
  readonly socket: Socket;
  /** The default certificate of the moment, until the client's name has chosen another. */
  certificate: ServedCertificate | undefined;
  hasAsked: boolean;
}

/**
 * The handshakes under way on a listener. Each connection has the certificates and ticket keys of the moment
 * at which it was accepted, whatever the server has by now: when a certificate is taken away, those under way
 * have to end, or one begun before would complete after.
 */
export class Handshakes {
  readonly #open = new Map<string, Handshake>();

  /** A connection was accepted. */
  begin(socket: Socket, defaultCertificate: ServedCertificate | undefined): void {
    const key = keyOf(socket);
    const handshake = { socket, certificate: defaultCertificate, hasAsked: false };
    this.#open.set(key, handshake);
    socket.once('close', () => {
      if (this.#open.get(key) === handshake) this.#open.delete(key);
    });
  }

  /** The client has named the server, does not resume a session, and gets this certificate. */
  choose(addresses: Addresses, certificate: ServedCertificate | undefined): void {
    const handshake = this.#open.get(keyOf(addresses));
    if (handshake === undefined) return;
    handshake.certificate = certificate;
    handshake.hasAsked = true;
  }

  /** The handshake is complete: the certificate under which it was made, if it was a full one. */
  end(addresses: Addresses): ServedCertificate | undefined {
    const key = keyOf(addresses);
    const handshake = this.#open.get(key);
    this.#open.delete(key);
    return handshake?.certificate;
  }

  /** Ends those whose certificate is none of `served`, and those that have chosen none yet. */
  abortUnless(isServed: (certificate: ServedCertificate) => boolean): void {
    for (const { socket, certificate, hasAsked } of this.#open.values())
      if (!hasAsked || certificate === undefined || !isServed(certificate)) socket.destroy();
  }

  abortAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy();
  }
}

/** A TLS socket and the TCP socket below it have no public link but their addresses. */
function keyOf({ localAddress, remoteAddress, remotePort }: Addresses): string {
  return `${localAddress} ${remoteAddress} ${remotePort}`;
}

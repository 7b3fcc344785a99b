import type { X509Certificate } from 'node:crypto';
import { isIP, type LookupFunction } from 'node:net';
import { connect, createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

const minVersion = 'TLSv1.2';

/** The roots that Node trusts, and the operator's. */
export function trustRoots(operators: string | undefined): SecureContext {
  const own = operators === undefined ? [] : [operators];
  return createSecureContext({ ca: [...getCACertificates('default'), ...own], minVersion });
}

/** One certificate, root or not, and no other: chain, dates and name are checked as ever. */
export function trustOnly(anchor: X509Certificate): SecureContext {
  return createSecureContext({ ca: anchor.toString(), allowPartialTrustChain: true, minVersion });
}

/** Whether all that is wrong with a server is that nobody trusted has signed its certificate. */
export function isUntrustedIssuer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && untrustedIssuer.has(String(error.code));
}

/** @see OpenSSL, X509_V_ERR_… */
const untrustedIssuer: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * The certificate at the top of the chain that a server presents, if it is listed. Nothing is said to the server, and
 * nothing believed: whoever connects with `trustOnly` has the chain checked.
 * @param thumbprints SHA-1, in hexadecimal digits
 */
export function anchorListed(
  thumbprints: readonly string[],
  at: {
    readonly host: string;
    readonly port: number;
    readonly lookup: LookupFunction;
    readonly signal: AbortSignal;
  },
): Promise<X509Certificate | undefined> {
  const { host, port, lookup, signal } = at;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      lookup,
      minVersion,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
    });
    const stop = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', stop));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const top = topOf(socket.getPeerX509Certificate());
      socket.destroy();
      resolve(top !== undefined && isListed(top, thumbprints) ? top : undefined);
    });
  });
}

function topOf(leaf: X509Certificate | undefined): X509Certificate | undefined {
  let top = leaf;
  while (top?.issuerCertificate !== undefined) top = top.issuerCertificate;
  return top;
}

function isListed({ fingerprint }: X509Certificate, thumbprints: readonly string[]): boolean {
  const own = fingerprint.replaceAll(':', '').toLowerCase();
  return thumbprints.some((each) => each.toLowerCase() === own);
}

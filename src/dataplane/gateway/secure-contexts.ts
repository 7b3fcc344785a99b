import { constants } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import { servedVersions } from '../../aws/ssl-policies.ts';
import type { SslPolicy } from '../../aws/ssl-policies.ts';
import type { Holder } from './holder.ts';
import type { ServedCertificate } from './served-certificate.ts';

/** TLS settings of a security policy, without certificate and key. */
export function policyOptions(policy: SslPolicy): SecureContextOptions {
  return {
    ...servedVersions(policy),
    ciphers: policy.ciphers.join(':'),
    honorCipherOrder: true,
    // A renegotiation would be a handshake that nobody here decides on.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    ecdhCurve: [
      ...(policy.isPostQuantum
        ? ['X25519MLKEM768', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024']
        : []),
      'X25519',
      'P-256',
      'P-384',
    ].join(':'),
  };
}

/**
 * TLS contexts, made when a client first asks for the certificate and kept while they are in use; the least
 * recently used goes when there are more than `capacity`. Only these hold private keys in the clear.
 */
export class SecureContexts {
  readonly #open: Holder['open'];
  readonly #capacity: number;
  readonly #contexts = new Map<ServedCertificate, Map<SslPolicy, SecureContext>>();

  constructor(open: Holder['open'], capacity = 500) {
    this.#open = open;
    this.#capacity = capacity;
  }

  get(certificate: ServedCertificate, policy: SslPolicy): SecureContext {
    const ofCertificate = this.#contexts.get(certificate) ?? new Map<SslPolicy, SecureContext>();
    this.#contexts.delete(certificate);
    this.#contexts.set(certificate, ofCertificate);
    let context = ofCertificate.get(policy);
    if (context === undefined) {
      context = this.withKey(certificate, (key) =>
        createSecureContext({ ...policyOptions(policy), cert: certificate.chainPem, key }),
      );
      ofCertificate.set(policy, context);
    }
    for (const [oldest] of this.#contexts) {
      if (this.#contexts.size <= this.#capacity) break;
      this.drop(oldest);
    }
    return context;
  }

  /** @throws Error when the envelope holds no key, or one that is not the certificate's */
  check(certificate: ServedCertificate): void {
    this.withKey(certificate, (key) => createSecureContext({ cert: certificate.chainPem, key }));
  }

  /** Lends the private key as PEM to `use`, which must not keep it: it is overwritten as soon as `use` returns. */
  withKey<T>(certificate: ServedCertificate, use: (pem: Buffer) => T): T {
    const der = this.#open(certificate.envelope);
    let pem: Buffer | undefined;
    try {
      pem = privateKeyPem(der);
      return use(pem);
    } finally {
      der.fill(0);
      pem?.fill(0);
    }
  }

  /** OpenSSL cleanses its copy of the key now, or when the last connection under it is closed. */
  drop(certificate: ServedCertificate): void {
    for (const context of this.#contexts.get(certificate)?.values() ?? []) close(context);
    this.#contexts.delete(certificate);
  }
}

/**
 * Lets go of a context's memory outside of V8, which is 30 KB that V8 does not know of: left to its garbage collection
 * hundreds of megabytes gathered. Node does so itself with contexts that it makes for one connection.
 */
function close({ context }: SecureContext): void {
  (context as { close(): void }).close();
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const header = '-----BEGIN PRIVATE KEY-----\n';
const footer = '\n-----END PRIVATE KEY-----\n';

/** PEM in one buffer: no string of the key exists, since strings cannot be overwritten. */
function privateKeyPem(der: Uint8Array): Buffer {
  const lines = Math.ceil(der.length / 48);
  const pem = Buffer.alloc(header.length + lines * 65 + footer.length, '\n');
  let at = pem.write(header, 'latin1');
  for (let i = 0; i < der.length; i += 3) {
    if (i > 0 && i % 48 === 0) at += 1;
    const group = ((der[i] ?? 0) << 16) | ((der[i + 1] ?? 0) << 8) | (der[i + 2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1) {
      const isPadding = i + digit > der.length;
      pem[at] = isPadding ? 0x3d : alphabet.charCodeAt((group >> (18 - 6 * digit)) & 63);
      at += 1;
    }
  }
  pem.write(footer, at, 'latin1');
  return pem;
}

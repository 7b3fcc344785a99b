import { isSameUse } from './served-certificate.ts';
import type { ServedCertificate } from './served-certificate.ts';

/** The certificates that a listener serves, found by name and by use in the same time however many they are. */
export class CertificateChoice {
  readonly #byArn = new Map<string, ServedCertificate>();
  readonly #byName = new Map<string, ServedCertificate>();
  readonly defaultCertificate: ServedCertificate | undefined;

  constructor(
    certificates: readonly ServedCertificate[],
    defaultCertificate: ServedCertificate | undefined,
  ) {
    this.defaultCertificate = defaultCertificate;
    for (const certificate of certificates) this.add(certificate);
  }

  /** One more, of an ARN that is not among them. */
  add(certificate: ServedCertificate): void {
    this.#byArn.set(certificate.certificateArn, certificate);
    for (const name of certificate.names) {
      const best = this.#byName.get(name);
      if (best === undefined || isBetter(certificate, best)) this.#byName.set(name, certificate);
    }
  }

  /**
   * The certificate for a client that asks for `servername`: the best match, else the default, else none.
   * @see AWS "SSL certificates for your Application Load Balancer", certificate list: ECDSA before RSA, SHA-2, longest key, longest validity
   */
  for(servername: string): ServedCertificate | undefined {
    const [exact, wildcard] = namesFor(servername);
    const one = this.#byName.get(exact);
    const other = this.#byName.get(wildcard);
    if (one === undefined || other === undefined) return one ?? other ?? this.defaultCertificate;
    return isBetter(other, one) ? other : one;
  }

  /** Whether this certificate, or a renewal of it, is served. */
  has(certificate: ServedCertificate): boolean {
    const served = this.#byArn.get(certificate.certificateArn);
    return served !== undefined && isSameUse(served, certificate);
  }

  /** Of those served here, what is not served there. */
  without(other: CertificateChoice): ServedCertificate[] {
    return [...this.#byArn.values()].filter((certificate) => !other.has(certificate));
  }

  /** Whether everything served there is served here, too, unchanged and with the same default. */
  extends(other: CertificateChoice): boolean {
    if (this.defaultCertificate !== other.defaultCertificate) return false;
    for (const [arn, certificate] of other.#byArn)
      if (this.#byArn.get(arn) !== certificate) return false;
    return true;
  }

  get size(): number {
    return this.#byArn.size;
  }
}

/** Whether a certificate of these names stands for `servername`: exactly, or by a wildcard for exactly one label. */
export function standsFor(certificate: ServedCertificate, servername: string): boolean {
  const [exact, wildcard] = namesFor(servername);
  return certificate.names.includes(exact) || certificate.names.includes(wildcard);
}

/** RFC 6125 §6.4: the wildcard is a whole label, the leftmost. */
function namesFor(servername: string): readonly [exact: string, wildcard: string] {
  const lower = servername.toLowerCase();
  const name = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  const dot = name.indexOf('.');
  return [name, dot > 0 ? `*${name.slice(dot)}` : ''];
}

function isBetter({ rank: a }: ServedCertificate, { rank: b }: ServedCertificate): boolean {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index >= 0 && (a[index] ?? 0) > (b[index] ?? 0);
}

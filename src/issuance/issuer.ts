import type { Call } from '../aws/call.ts';

/** What is to be certified. */
export interface Order {
  /** Becomes the common name where it is short enough. */
  readonly domainName: string;
  /** All names, `domainName` among them; control of each is proved. */
  readonly names: readonly string[];
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** Signs a DER CertificationRequestInfo with the private key of `publicKey`, and gives the whole DER CSR. */
  readonly signRequest: (requestInfo: Uint8Array) => Promise<Uint8Array>;
  /** Absent for the authority of the installation itself. */
  readonly external?: {
    /** Its name in the configuration. */
    readonly issuer: string;
    /** By domain, without wildcard: the name at which the issuer finds the proof of control, to which a CNAME leads it. */
    readonly validationNames: Readonly<Record<string, string>>;
    /** PEM of the certificate in whose place the new one comes. */
    readonly replaced?: string | undefined;
  };
}

/** A certificate as it is handed out: PEM with `\n` ends. */
export interface IssuedCertificate {
  readonly certificatePem: string;
  /** From the authority that signed it upwards, without the root. */
  readonly chainPem: string;
}

/** The certificate is not there yet: `prepared` takes the place of the words that were kept, before anything else is done. */
export interface Unfinished {
  readonly prepared: string;
  /** When it is worth going on. */
  readonly notBefore: Temporal.Instant;
}

/** When an issuer wants one of its certificates to be renewed. */
export interface RenewalAdvice {
  readonly renewAt: Temporal.Instant;
  /** It may say something else by then: an emergency. */
  readonly askAgainAt: Temporal.Instant;
}

/**
 * Signs certificates, in at least two steps with a commit between each: what is going to be signed is fixed and kept
 * first, so that a crash never makes a certificate of which nobody knows.
 */
export interface Issuer {
  /**
   * Checks that the order's private key is there and fixes what will be signed. The caller keeps `prepared` by the
   * same Change (`call.change`).
   * @throws IssuerRefusal
   */
  readonly prepare: (call: Call, order: Order) => Promise<{ readonly prepared: string }>;
  /**
   * One step towards the certificate, only once the Change of the step before is kept. A step that is done again with the
   * same words orders nothing twice: the certificate is the same, or at least of the same serial.
   * @throws IssuerRefusal
   */
  readonly sign: (call: Call, prepared: string) => Promise<IssuedCertificate | Unfinished>;
}

/** The authority will not sign, now or ever. Anything else that an issuer throws is worth another try. */
export class IssuerRefusal extends Error {
  readonly reason: 'CAA_ERROR' | 'DOMAIN_NOT_ALLOWED' | 'DOMAIN_VALIDATION_DENIED' | 'OTHER';

  constructor(reason: IssuerRefusal['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IssuerRefusal';
    this.reason = reason;
  }
}

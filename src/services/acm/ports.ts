import type { Call } from '../../aws/call.ts';
import type { Sealed, Secret } from '../../lib/secret.ts';
import type { Issuer, RenewalAdvice } from '../../issuance/issuer.ts';
import type { Revoker } from '../../issuance/revoker.ts';
import type { Change } from '../../store/change.ts';
import type { Certificate, Leaf } from './domain/certificate.ts';
import type { CertificateEvent, Failure } from './domain/events.ts';
import type { KeyAlgorithm } from './model.ts';
import type { AcmReader } from './store.ts';
import type { AcmWriter } from './writer.ts';

export type EncryptionContext = Readonly<Record<string, string>>;
export type RequestableKeyAlgorithm = Exclude<KeyAlgorithm, 'RSA_1024'>;

/**
 * What ACM asks of KMS. Every method answers with KMS's errors, writes what it changes into `call.change`
 * and notes receipts and nested audit records on `call`.
 */
interface Keys {
  /** Makes `alias/aws/acm` and ACM's encryption grant if the account and Region have none. */
  ensureManagedKey(call: Call): Promise<{ readonly keyArn: string }>;
  generatePrivateKey(
    call: Call,
    input: { keySpec: RequestableKeyAlgorithm; context: EncryptionContext; isExportable: boolean },
  ): Promise<{ ciphertext: Sealed<'private-key'>; publicKey: Uint8Array; keyArn: string }>;
  /**
   * @param input.pem disposed by the vault's client
   * @param input.publicKey DER SubjectPublicKeyInfo of the certificate
   * @throws VaultRefusal with reason `private-key-…`
   */
  importPrivateKey(
    call: Call,
    input: { pem: Secret; publicKey: Uint8Array; context: EncryptionContext },
  ): Promise<{ ciphertext: Sealed<'private-key'>; keyArn: string }>;
  /** @param input.requestInfo DER CertificationRequestInfo; the answer is the whole DER CSR */
  signCsr(
    call: Call,
    input: {
      keyArn: string;
      ciphertext: Sealed<'private-key'>;
      context: EncryptionContext;
      requestInfo: Uint8Array;
    },
  ): Promise<{ csr: Uint8Array }>;
  reEncryptPrivateKey(
    call: Call,
    input: {
      keyArn: string;
      ciphertext: Sealed<'private-key'>;
      from: EncryptionContext;
      to: EncryptionContext;
    },
  ): Promise<{ ciphertext: Sealed<'private-key'> }>;
  /** PEM `ENCRYPTED PRIVATE KEY`; disposes the passphrase. */
  exportPrivateKey(
    call: Call,
    input: {
      keyArn: string;
      ciphertext: Sealed<'private-key'>;
      context: EncryptionContext;
      passphrase: Secret;
    },
  ): Promise<{ pem: string }>;
  createGrant(
    call: Call,
    input: {
      keyArn: string;
      name: string;
      granteePrincipal: string;
      retiringPrincipal: string;
      operations: readonly 'Decrypt'[];
      encryptionContextEquals: EncryptionContext;
    },
  ): Promise<{ grantId: string }>;
  /** A grant that is already gone is no error. */
  retireGrant(call: Call, input: { keyArn: string; grantId: string }): Promise<void>;
  grantExists(keyArn: string, grantId: string): Promise<boolean>;
}

/**
 * Whether a name's CNAME is there, everywhere where a CA may look, and, where the zone is served here, proves anything for
 * the account; if not, what is in the way in one line.
 */
interface DomainControlPort {
  checkControl(query: {
    account: string;
    domain: string;
    recordName: string;
    recordValue: string;
  }): Promise<{ readonly isProved: true } | { readonly isProved: false; readonly reason: string }>;
}

/** Whether the domains' CAA records allow the CA that will sign. `unknown`: the DNS does not say, and nobody may sign. */
export interface CaaCheck {
  readonly verdict: 'allowed' | 'forbidden' | 'unknown';
  /** In one line each, of the names that are not allowed. */
  readonly reasons: readonly string[];
}

interface CaaPort {
  check(certificate: Pick<Certificate, 'account' | 'names' | 'issuer'>): Promise<CaaCheck>;
}

export interface X509Port {
  /** What DescribeCertificate shows of a certificate that the issuer signed. */
  describe(pem: string): Leaf;
  /**
   * All checks of an import that need no private key.
   * @throws ValidationException
   */
  checkImport(input: {
    certificate: Uint8Array;
    chain: Uint8Array | undefined;
    now: Temporal.Instant;
  }): ImportedCertificate;
}

export interface ImportedCertificate {
  /** Normal PEM with `\n` ends, as GetCertificate gives it. */
  readonly certificatePem: string;
  readonly chainPem: string | undefined;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly keyAlgorithm: KeyAlgorithm;
  /** CN, or the first name. */
  readonly domainName: string;
  readonly names: readonly string[];
  readonly leaf: Leaf;
}

/** Who wants to hear of certificates. */
interface EventsPort {
  /** Has it delivered once `call.change` is kept; without the commit nothing was told. */
  tell(
    call: Call,
    certificate: Pick<Certificate, 'account' | 'region' | 'arn'>,
    event: CertificateEvent,
  ): void;
  /** Notes, once `change` is kept, what came to nothing: of that EventBridge has no event. */
  failed(change: Change, what: Failure): void;
}

export interface AcmPorts {
  readonly reader: AcmReader;
  readonly writer: AcmWriter;
  readonly keys: Keys;
  readonly domainControl: DomainControlPort;
  readonly caa: CaaPort;
  readonly issuer: Issuer;
  /** The configured CA that signs for the account and all these names; undefined for the installation's own authority. */
  readonly chooseIssuer: (account: string, names: readonly string[]) => Promise<string | undefined>;
  /** When the configured CA that signed a certificate wants it to be renewed, if it says so. */
  readonly renewalAdvice: (
    issuer: string,
    certificatePem: string,
  ) => Promise<RenewalAdvice | undefined>;
  readonly revoker: Revoker;
  readonly x509: X509Port;
  readonly events: EventsPort;
  readonly validation: {
    /** Random, made once, the same for ever: names of validation records depend on it. */
    readonly installationId: string;
    /** Zone of the records' values, for example `acm-validations.holdfast.internal`. */
    readonly zone: string;
  };
  /** A resource's certificates or keys are others now: moves the feed of those who serve it. */
  readonly materialChanged: (change: Change, resourceArn: string) => void;
}

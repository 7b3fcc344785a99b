import type {
  CertificateExport,
  CertificateStatus,
  CertificateTransparencyLoggingPreference,
  CertificateType,
  DomainStatus,
  ExtendedKeyUsage,
  FailureReason,
  KeyAlgorithm,
  KeyUsageName,
  RenewalEligibility,
  RevocationReason,
} from '../model.ts';
import type { Renewal } from './renewal.ts';

/** What ACM knows of one certificate, without key material. */
export interface Certificate {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  readonly type: Exclude<CertificateType, 'PRIVATE'>;
  readonly status: CertificateStatus;
  readonly domainName: string;
  /** Begins with `domainName`; without repetition. */
  readonly names: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly transparency: CertificateTransparencyLoggingPreference;
  readonly exportOption: CertificateExport;
  /** Which of the configured CAs signs it, chosen when it was requested; absent for the installation's own authority. */
  readonly issuer?: string;
  readonly createdAt: Temporal.Instant;
  readonly issuedAt?: Temporal.Instant;
  readonly importedAt?: Temporal.Instant;
  readonly failureReason?: FailureReason;
  readonly revocation?: { readonly at: Temporal.Instant; readonly reason: RevocationReason };
  /** One for each name; empty for imported certificates. */
  readonly validations: readonly DomainControl[];
  /** Absent until there is a certificate. */
  readonly leaf?: Leaf;
  readonly renewal?: Renewal;
  /** How many resources hold an association. */
  readonly associationCount: number;
  /** Counts key pairs: 0 before the first. */
  readonly revision: number;
  /** The revision that was last exported. */
  readonly exportedRevision?: number;
  /** Counts changes of everything else. */
  readonly version: number;
}

/** The state of the proof that the requester controls a name. */
export interface DomainControl {
  readonly domainName: string;
  readonly status: DomainStatus;
  /** Fully qualified, with the final dot. */
  readonly recordName: string;
  readonly recordValue: string;
}

/** What DescribeCertificate shows of the X.509 certificate itself. */
export interface Leaf {
  /** Lower-case hex pairs joined by colons. */
  readonly serial: string;
  readonly subject: string;
  readonly issuer: string;
  readonly signatureAlgorithm: string;
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  readonly keyUsages: readonly KeyUsageName[];
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
}

/** Time in which control of all names must be proved. */
const validationHours = 72;

/** Waits between checks of the CNAMEs: 1 s, doubled each time, at most a minute. */
export function secondsToNextCheck(attempts: number): number {
  return Math.min(60, 2 ** Math.min(Math.max(0, attempts), 6));
}

export function validationDeadline(certificate: Certificate): Temporal.Instant {
  return certificate.createdAt.add({ hours: validationHours });
}

export function isTooLate(certificate: Certificate, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, validationDeadline(certificate)) >= 0;
}

/** What the answer of the DNS says about the names that were looked up. */
export function validated(
  certificate: Certificate,
  proved: ReadonlySet<string>,
  now: Temporal.Instant,
): Certificate {
  if (certificate.status !== 'PENDING_VALIDATION') return certificate;
  const validations = controlsAfter(certificate.validations, proved);
  // A proof that arrives with the last check still counts; only then is it too late.
  if (!isProved(validations) && isTooLate(certificate, now)) {
    return {
      ...certificate,
      status: 'VALIDATION_TIMED_OUT',
      validations: validations.map((each) =>
        each.status === 'SUCCESS' ? each : { ...each, status: 'FAILED' },
      ),
    };
  }
  return { ...certificate, validations };
}

export function controlsAfter(
  controls: readonly DomainControl[],
  proved: ReadonlySet<string>,
): DomainControl[] {
  return controls.map((each) =>
    proved.has(each.domainName) ? { ...each, status: 'SUCCESS' } : each,
  );
}

export function isProved(controls: readonly DomainControl[]): boolean {
  return controls.length > 0 && controls.every((each) => each.status === 'SUCCESS');
}

/** The first certificate under this ARN. */
export function issued(certificate: Certificate, leaf: Leaf, now: Temporal.Instant): Certificate {
  return {
    ...certificate,
    status: 'ISSUED',
    leaf,
    issuedAt: now,
    revision: certificate.revision + 1,
  };
}

/** The certification authority says no, for good. */
export function failed(certificate: Certificate, reason: FailureReason): Certificate {
  return certificate.status === 'PENDING_VALIDATION'
    ? { ...certificate, status: 'FAILED', failureReason: reason }
    : certificate;
}

export function expired(certificate: Certificate, now: Temporal.Instant): Certificate {
  return certificate.status === 'ISSUED' && hasEnded(certificate, now)
    ? { ...certificate, status: 'EXPIRED' }
    : certificate;
}

/** For good: nothing is issued under this ARN any more. */
export function revoked(
  certificate: Certificate,
  reason: RevocationReason,
  now: Temporal.Instant,
): Certificate {
  return { ...certificate, status: 'REVOKED', revocation: { at: now, reason } };
}

export function hasEnded(certificate: Certificate, now: Temporal.Instant): boolean {
  return (
    certificate.leaf !== undefined && Temporal.Instant.compare(certificate.leaf.notAfter, now) <= 0
  );
}

/** Another certificate and key from outside under the same ARN. */
export function reimported(
  certificate: Certificate,
  import_: Pick<Certificate, 'domainName' | 'names'> & { leaf: Leaf },
  now: Temporal.Instant,
): Certificate {
  return {
    ...certificate,
    ...import_,
    status: 'ISSUED',
    importedAt: now,
    revision: certificate.revision + 1,
  };
}

/** In use by a service, or exported since its key pair was made. */
export function renewalEligibility(certificate: Certificate): RenewalEligibility {
  const isWanted =
    certificate.associationCount > 0 || certificate.exportedRevision === certificate.revision;
  return certificate.type === 'AMAZON_ISSUED' && certificate.status === 'ISSUED' && isWanted
    ? 'ELIGIBLE'
    : 'INELIGIBLE';
}

/** DomainName first, lower case as DNS names are, each once. */
export function certificateNames(
  domainName: string,
  alternatives: readonly string[] = [],
): string[] {
  return [...new Set([domainName, ...alternatives].map((name) => name.toLowerCase()))];
}

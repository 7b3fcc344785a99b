import type { FailureReason } from '../model.ts';
import type { Certificate } from './certificate.ts';

/**
 * What ACM tells of a certificate, in EventBridge's words.
 * @see ACM User Guide, "Amazon EventBridge support for ACM"
 */
export interface CertificateEvent {
  readonly detailType:
    | 'ACM Certificate Approaching Expiration'
    | 'ACM Certificate Available'
    | 'ACM Certificate Expired'
    | 'ACM Certificate Renewal Action Required'
    | 'ACM Certificate Revoked';
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** What can come to nothing. */
export type Failure = 'issuance' | 'renewal';

type Action = 'ISSUANCE' | 'RENEWAL' | 'IMPORT' | 'REIMPORT';

const dayHours = 24;
/** Days before the end from which it is told, when the account did not say. */
const daysBeforeExpiry = { AMAZON_ISSUED: 30, IMPORTED: 45 } as const;
/** Days before the end at which a renewal that does not go on is told. */
const actionRequiredDays: readonly number[] = [30, 15, 3, 1];
/** As early as an account may want to hear of an end. */
const mostDays = 90;

/** Days until the certificate ends, begun ones as whole ones; 0 when it has ended. */
export function daysToExpiry(notAfter: Temporal.Instant, now: Temporal.Instant): number {
  return Math.max(0, Math.ceil(now.until(notAfter).total('hours') / dayHours));
}

/** What came to nothing between two states of a certificate. */
export function newFailure(before: Certificate, after: Certificate): Failure | undefined {
  const hasFailed = after.status === 'FAILED' || after.status === 'VALIDATION_TIMED_OUT';
  if (hasFailed && before.status !== after.status) return 'issuance';
  const isOther = before.renewal !== after.renewal;
  return isOther && after.renewal?.status === 'FAILED' ? 'renewal' : undefined;
}

export function available(
  certificate: Certificate,
  action: Action,
  now: Temporal.Instant,
): CertificateEvent {
  return {
    detailType: 'ACM Certificate Available',
    detail: {
      Action: action,
      ...whatItIs(certificate),
      CertificateCreatedDate: seconds(certificate.createdAt),
      ...itsEnd(certificate, now),
      ...itsUse(certificate),
    },
  };
}

export function expiredEvent(certificate: Certificate): CertificateEvent {
  const { leaf } = certificate;
  return {
    detailType: 'ACM Certificate Expired',
    detail: {
      ...whatItIs(certificate),
      CertificateCreatedDate: seconds(certificate.createdAt),
      ...(leaf === undefined ? {} : { CertificateExpirationDate: seconds(leaf.notAfter) }),
      ...itsUse(certificate),
    },
  };
}

export function revokedEvent(certificate: Certificate): CertificateEvent {
  const { type, domainName, leaf, exportOption } = certificate;
  return {
    detailType: 'ACM Certificate Revoked',
    detail: {
      CertificateType: type,
      CommonName: domainName,
      ...(leaf === undefined ? {} : { CertificateExpirationDate: seconds(leaf.notAfter) }),
      Exportable: exportOption === 'ENABLED',
    },
  };
}

/**
 * What is to be told today of a certificate that will end, and when to look again.
 * @param configuredDays DaysBeforeExpiry of the account
 */
export function announcements(
  certificate: Certificate,
  configuredDays: number | undefined,
  now: Temporal.Instant,
): { readonly events: readonly CertificateEvent[]; readonly next: Temporal.Instant | undefined } {
  const { leaf, status, type } = certificate;
  const days = leaf === undefined ? 0 : daysToExpiry(leaf.notAfter, now);
  if (leaf === undefined || status !== 'ISSUED' || days === 0)
    return { events: [], next: undefined };
  const first = announcementStart(leaf.notAfter);
  if (days > mostDays) return { events: [], next: first };
  const isClose = days <= (configuredDays ?? daysBeforeExpiry[type]);
  const reason = whatHoldsUp(certificate);
  return {
    events: [
      ...(isClose ? [approaching(certificate, days)] : []),
      ...(reason !== undefined && actionRequiredDays.includes(days)
        ? [actionRequired(certificate, reason, now)]
        : []),
    ],
    next: days === 1 ? undefined : leaf.notAfter.subtract({ hours: (days - 1) * dayHours }),
  };
}

/** When a certificate is looked at for the first time: before that no account can want to hear of its end. */
export function announcementStart(notAfter: Temporal.Instant): Temporal.Instant {
  return notAfter.subtract({ hours: mostDays * dayHours });
}

function approaching({ domainName }: Certificate, days: number): CertificateEvent {
  return {
    detailType: 'ACM Certificate Approaching Expiration',
    detail: { DaysToExpiry: days, CommonName: domainName },
  };
}

function actionRequired(
  certificate: Certificate,
  reason: FailureReason | 'PENDING_DOMAIN_VALIDATION',
  now: Temporal.Instant,
): CertificateEvent {
  return {
    detailType: 'ACM Certificate Renewal Action Required',
    detail: {
      ...whatItIs(certificate),
      RenewalStatusReason: reason,
      ...itsEnd(certificate, now),
      ...itsUse(certificate),
    },
  };
}

/** Why its renewal needs somebody; undefined where it does not. */
function whatHoldsUp({
  type,
  renewal,
}: Certificate): FailureReason | 'PENDING_DOMAIN_VALIDATION' | undefined {
  if (type === 'IMPORTED' || renewal === undefined) return undefined;
  switch (renewal.status) {
    case 'PENDING_VALIDATION':
      return 'PENDING_DOMAIN_VALIDATION';
    case 'FAILED':
      return renewal.reason ?? 'OTHER';
    case 'PENDING_AUTO_RENEWAL':
    case 'SUCCESS':
      return undefined;
  }
}

function whatItIs({ type, domainName }: Certificate): CertificateEvent['detail'] {
  return {
    CertificateType: type,
    CommonName: domainName,
    ...(type === 'IMPORTED' ? {} : { DomainValidationMethod: 'DNS' }),
  };
}

function itsEnd({ leaf }: Certificate, now: Temporal.Instant): CertificateEvent['detail'] {
  if (leaf === undefined) return {};
  return {
    CertificateExpirationDate: seconds(leaf.notAfter),
    DaysToExpiry: daysToExpiry(leaf.notAfter, now),
  };
}

function itsUse({ associationCount, exportedRevision }: Certificate): CertificateEvent['detail'] {
  return { InUse: associationCount > 0, Exported: exportedRevision !== undefined };
}

function seconds(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: 'second' });
}

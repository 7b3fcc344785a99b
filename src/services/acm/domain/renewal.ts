import type { FailureReason, RenewalStatus } from '../model.ts';
import {
  controlsAfter,
  hasEnded,
  isProved,
  renewalEligibility,
  type Certificate,
  type DomainControl,
  type Leaf,
} from './certificate.ts';

/** The last attempt at a renewal; stays after it succeeded. */
export interface Renewal {
  readonly status: RenewalStatus;
  readonly reason?: FailureReason;
  readonly updatedAt: Temporal.Instant;
  readonly validations: readonly DomainControl[];
}

const shortLifeHours = 10 * 24;
const hoursBeforeEnd = 45 * 24;

/**
 * When a certificate is renewed: 45 days before its end, but not before two thirds of its life are over; of one that
 * lives 10 days at most, half of it.
 */
export function renewalStart({
  notBefore,
  notAfter,
}: Pick<Leaf, 'notBefore' | 'notAfter'>): Temporal.Instant {
  const hours = notBefore.until(notAfter).total('hours');
  const part = hours <= shortLifeHours ? 1 / 2 : 2 / 3;
  const least = notBefore.add({ seconds: Math.floor(hours * part * 3600) });
  const usual = notAfter.subtract({ hours: hoursBeforeEnd });
  return Temporal.Instant.compare(usual, least) < 0 ? least : usual;
}

/** So often a CA is asked when it wants its certificates to be renewed, if it does not say when to ask. */
const hoursBetweenLooks = 6;
/** No advice is taken that leaves less than this part of the life. */
const latestPart = 0.9;

/**
 * When to see to the renewal of a certificate of a configured CA: to begin with it, or to ask again.
 * @param advice the CA's own, if it gives any
 */
export function nextRenewalLook(
  leaf: Pick<Leaf, 'notBefore' | 'notAfter'>,
  advice: { readonly renewAt: Temporal.Instant; readonly askAgainAt: Temporal.Instant } | undefined,
  now: Temporal.Instant,
): { readonly isDue: boolean; readonly at: Temporal.Instant } {
  const life = leaf.notBefore.until(leaf.notAfter).total('seconds');
  const latest = leaf.notBefore.add({ seconds: Math.floor(life * latestPart) });
  const renewAt = earlier(advice?.renewAt ?? renewalStart(leaf), latest);
  const askAgainAt = advice?.askAgainAt ?? now.add({ hours: hoursBetweenLooks });
  return {
    isDue: Temporal.Instant.compare(renewAt, now) <= 0,
    at: earlier(renewAt, askAgainAt),
  };
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b;
}

export function isRenewing(certificate: Certificate): boolean {
  return (
    certificate.renewal?.status === 'PENDING_AUTO_RENEWAL' ||
    certificate.renewal?.status === 'PENDING_VALIDATION'
  );
}

/** Somebody asked for it, or its time has come. Control of the names has to be proved anew. */
export function renewalBegun(certificate: Certificate, now: Temporal.Instant): Certificate {
  return {
    ...certificate,
    renewal: {
      status: 'PENDING_AUTO_RENEWAL',
      updatedAt: now,
      validations: certificate.validations.map((each) => ({
        ...each,
        status: 'PENDING_VALIDATION',
      })),
    },
  };
}

/** What is to be done next for a renewal, and the certificate as it then is. */
export type RenewalStep =
  | { readonly do: 'nothing' }
  /** Not in use and not exported: looked at again later. */
  | { readonly do: 'wait' }
  | { readonly do: 'stop'; readonly certificate: Certificate }
  | { readonly do: 'check-again'; readonly certificate: Certificate }
  | { readonly do: 'issue'; readonly certificate: Certificate };

/** Whether the names have to be looked up now. */
export function wantsRenewal(certificate: Certificate, now: Temporal.Instant): boolean {
  return (
    certificate.status === 'ISSUED' &&
    !hasEnded(certificate, now) &&
    renewalEligibility(certificate) === 'ELIGIBLE'
  );
}

export function nextRenewalStep(
  certificate: Certificate,
  proved: ReadonlySet<string>,
  now: Temporal.Instant,
): RenewalStep {
  if (certificate.status !== 'ISSUED') return { do: 'nothing' };
  if (hasEnded(certificate, now)) {
    return isRenewing(certificate)
      ? { do: 'stop', certificate: renewalFailed(certificate, 'OTHER', now) }
      : { do: 'nothing' };
  }
  if (renewalEligibility(certificate) !== 'ELIGIBLE') {
    // ACM stops when the certificate is no longer in use; the summary of a stopped attempt would stay pending for ever.
    return isRenewing(certificate)
      ? { do: 'stop', certificate: renewalFailed(certificate, 'OTHER', now) }
      : { do: 'wait' };
  }
  const begun = isRenewing(certificate) ? certificate : renewalBegun(certificate, now);
  const validations = controlsAfter(begun.renewal?.validations ?? [], proved);
  const status = isProved(validations) ? 'PENDING_AUTO_RENEWAL' : 'PENDING_VALIDATION';
  const next = { ...begun, renewal: { status, updatedAt: now, validations } satisfies Renewal };
  return { do: status === 'PENDING_AUTO_RENEWAL' ? 'issue' : 'check-again', certificate: next };
}

/** A new key pair and certificate under the same ARN. */
export function renewed(certificate: Certificate, leaf: Leaf, now: Temporal.Instant): Certificate {
  return {
    ...certificate,
    leaf,
    issuedAt: now,
    revision: certificate.revision + 1,
    renewal: {
      status: 'SUCCESS',
      updatedAt: now,
      validations: certificate.renewal?.validations ?? certificate.validations,
    },
  };
}

export function renewalFailed(
  certificate: Certificate,
  reason: FailureReason,
  now: Temporal.Instant,
): Certificate {
  return {
    ...certificate,
    renewal: {
      status: 'FAILED',
      reason,
      updatedAt: now,
      validations: certificate.renewal?.validations ?? certificate.validations,
    },
  };
}

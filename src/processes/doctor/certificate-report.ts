import { validationDeadline, type CertificateFacts } from '../../services/acm/index.ts';
import { certificateAdvice, domainAdvice } from './advice.ts';
import { domainReport, type DomainReport } from './domain-report.ts';

/** Why a certificate is what it is, and exactly what to change. Times are ISO 8601. */
export interface CertificateReport {
  readonly arn: string;
  readonly account: string;
  readonly type: CertificateFacts['certificate']['type'];
  readonly status: CertificateFacts['certificate']['status'];
  readonly failureReason?: string;
  /** The installation's own authority when absent. */
  readonly issuer?: string;
  readonly names: readonly string[];
  /** Until then control of all names has to be proved. */
  readonly deadline?: string;
  readonly nextTry?: string;
  readonly attempts?: number;
  /** What was in the way at the last try, and when that was. */
  readonly lastTry?: { readonly at: string; readonly obstacles: readonly string[] };
  readonly notAfter?: string;
  readonly renewal?: { readonly status: string; readonly reason?: string };
  readonly inUseBy: readonly string[];
  /** Those that are not proved; all while nothing is issued. */
  readonly domains: readonly DomainReport[];
  readonly advice: readonly string[];
  /** Nothing is to be done. */
  readonly isHealthy: boolean;
}

type Parts = Parameters<typeof domainReport>[2];

/** The jobs that bring a certificate further. */
const steps: readonly string[] = ['validate-domains', 'issue-certificate', 'renew-certificate'];

export async function certificateReport(
  facts: CertificateFacts,
  parts: Parts,
): Promise<CertificateReport> {
  const { certificate, finding } = facts;
  const { status, renewal, issuer, account } = certificate;
  const isLooked =
    certificate.type === 'AMAZON_ISSUED' && !['REVOKED', 'INACTIVE', 'EXPIRED'].includes(status);
  // A name and its wildcard share their record.
  const domains = isLooked
    ? await Promise.all(
        certificate.validations.map(({ domainName, recordName: name, recordValue: value }) =>
          domainReport(domainName, { account, issuer, record: { name, value } }, parts),
        ),
      )
    : [];
  const next = facts.jobs
    .filter(({ kind }) => steps.includes(kind))
    .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt))[0];
  const known = {
    arn: certificate.arn,
    account,
    type: certificate.type,
    status,
    ...optional('failureReason', certificate.failureReason),
    ...optional('issuer', issuer),
    names: certificate.names,
    ...optional('deadline', status === 'PENDING_VALIDATION' ? deadlineOf(facts) : undefined),
    ...optional('nextTry', next?.dueAt.toString()),
    ...optional('attempts', next?.attempts),
    ...optional('lastTry', finding && { ...finding, at: finding.at.toString() }),
    ...optional('notAfter', certificate.leaf?.notAfter.toString()),
    ...optional(
      'renewal',
      renewal && { status: renewal.status, ...optional('reason', renewal.reason) },
    ),
    inUseBy: facts.inUseBy,
    domains,
    isHealthy: status === 'ISSUED' && renewal?.status !== 'FAILED' && domains.every(isWell),
  };
  const advice = [
    ...new Set(domains.flatMap((each) => domainAdvice(each, account))),
    ...certificateAdvice(known),
  ];
  return { ...known, advice };
}

function isWell({ isProved, caa }: DomainReport): boolean {
  return isProved === true && caa.verdict === 'allowed';
}

function deadlineOf({ certificate }: CertificateFacts): string {
  return validationDeadline(certificate).toString();
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

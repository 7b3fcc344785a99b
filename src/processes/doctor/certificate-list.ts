import { parseArn } from '../../aws/arn.ts';
import {
  isRenewing,
  renewalEligibility,
  renewalStart,
  type CertificateFacts,
} from '../../services/acm/index.ts';
import type { Rooms } from '../rooms.ts';
import type { Settings } from '../settings.ts';

type Certificate = CertificateFacts['certificate'];

/** Where a certificate is to be served: a handshake there has to show its serial. */
interface ListenerToProbe {
  readonly listenerArn: string;
  readonly host: string;
  readonly port: number;
  /** Of the certificate, for SNI. */
  readonly serverName: string;
}

/** A line of `holdfast certificates`. Times are ISO 8601. */
interface ListedCertificate {
  readonly arn: string;
  readonly domainName: string;
  readonly status: string;
  /** Of the certificate that is to be served: lower-case hex pairs joined by colons. */
  readonly serial?: string;
  readonly notAfter?: string;
  /** Whole ones; 0 on the last day and after. */
  readonly daysLeft?: number;
  readonly renewal: string;
  readonly nextStep: string;
  readonly listeners: readonly ListenerToProbe[];
}

export interface CertificatePage {
  readonly certificates: readonly ListedCertificate[];
  /** What to ask for next; absent on the last page. */
  readonly after?: string;
}

/** Certificates in a page. */
const pageSize = 50;

type Parts = Pick<Rooms, 'acm' | 'elbv2'> & {
  readonly settings: Pick<Settings, 'gatewayHost' | 'gatewayPortOffset'>;
};

/** A page of all certificates of the installation, by account, Region and ARN. @param after the last ARN of the page before */
export async function certificatePage(
  after: string,
  now: Temporal.Instant,
  parts: Parts,
): Promise<CertificatePage> {
  const place = parseArn(after);
  const position = place && { account: place.account, region: place.region, arn: after };
  const found = await parts.acm.inspection.page(position, pageSize + 1);
  const page = found.slice(0, pageSize);
  const certificates = await Promise.all(page.map((each) => listed(each, now, parts)));
  const last = found.length > pageSize ? page.at(-1)?.arn : undefined;
  return { certificates, ...(last === undefined ? {} : { after: last }) };
}

/** Those that end before `until`, the first ones first: at most a page of them. */
export async function endingCertificates(
  until: Temporal.Instant,
  now: Temporal.Instant,
  parts: Parts,
): Promise<CertificatePage> {
  const arns = await parts.acm.inspection.endingBefore(until, pageSize);
  const facts = await Promise.all(arns.map((arn) => parts.acm.inspection.facts(arn)));
  const certificates = facts.flatMap((each) => (each === undefined ? [] : [each.certificate]));
  return { certificates: await Promise.all(certificates.map((each) => listed(each, now, parts))) };
}

async function listed(
  certificate: Certificate,
  now: Temporal.Instant,
  parts: Parts,
): Promise<ListedCertificate> {
  const { arn, domainName, status, leaf, renewal } = certificate;
  const hours = leaf && now.until(leaf.notAfter).total('hours');
  return {
    arn,
    domainName,
    status,
    ...(leaf === undefined ? {} : { serial: leaf.serial, notAfter: leaf.notAfter.toString() }),
    ...(hours === undefined ? {} : { daysLeft: Math.max(0, Math.floor(hours / 24)) }),
    renewal: renewal?.status ?? renewalEligibility(certificate),
    nextStep: nextStep(certificate),
    listeners: certificate.associationCount === 0 ? [] : await listenersOf(certificate, parts),
  };
}

async function listenersOf(
  certificate: Certificate,
  { acm, elbv2, settings }: Parts,
): Promise<readonly ListenerToProbe[]> {
  const facts = await acm.inspection.facts(certificate.arn);
  const all = await Promise.all((facts?.inUseBy ?? []).map((each) => elbv2.listenersOf(each)));
  // Any name that a wildcard holds will do.
  const serverName = certificate.domainName.replace(/^\*\./, 'any.');
  return all
    .flat()
    .filter(({ certificates }) => certificates.includes(certificate.arn))
    .map(({ listenerArn, address, port }) => ({
      listenerArn,
      host: settings.gatewayHost ?? address,
      port: port + settings.gatewayPortOffset,
      serverName,
    }));
}

/** What happens next to a certificate, or what somebody has to do, in one line. */
function nextStep(certificate: Certificate): string {
  const { status, type, leaf } = certificate;
  if (status === 'PENDING_VALIDATION') return 'its validation records are looked for';
  if (status !== 'ISSUED' || leaf === undefined) return 'none: request another one';
  if (type === 'IMPORTED') return `import it anew before ${leaf.notAfter.toString()}`;
  if (isRenewing(certificate)) return 'it is being renewed';
  if (renewalEligibility(certificate) === 'INELIGIBLE')
    return 'none: it is not in use, and is not renewed';
  return `renewal from ${renewalStart(leaf).round('second').toString()}`;
}

import type { CertificateReport } from './certificate-report.ts';
import type { DomainReport } from './domain-report.ts';

/** What has to be changed so that control of the domain is proved and a CA may issue; one line each. */
export function domainAdvice(report: DomainReport, account: string): string[] {
  return [
    ...(report.isProved === true ? [] : recordAdvice(report, account)),
    ...caaAdvice(report),
    ...dnssecAdvice(report),
  ];
}

function recordAdvice(report: DomainReport, account: string): string[] {
  const { record, domain, servedBy, suffixOwner, servers, zone } = report;
  if (record === undefined) return [];
  const base = domain.replace(/^\*\./, '');
  if (servedBy === 'holdfast')
    return [`${base} is a name of holdfast itself, for which nobody gets a certificate`];
  if (servedBy !== undefined && servedBy !== account)
    return [
      `the hosted zone that holds ${record.name} is account ${servedBy}'s: request the certificate there, or delete that zone`,
    ];
  if (servedBy !== undefined && suffixOwner !== account)
    return [
      suffixOwner === undefined
        ? `let the account have the domain: holdfast domain allow ${account} ${base}`
        : `the domain is account ${suffixOwner}'s: request the certificate there, or give it away: holdfast domain allow ${account} ${base}`,
    ];
  const place = zone === undefined ? '' : ` in the zone ${zone}`;
  const heard = servers.filter(({ says }) => !says.startsWith('does not answer'));
  if (heard.length === 0)
    return ['make the resolvers answer, or name others: holdfast serve --resolver'];
  if (heard.some(({ isRight }) => isRight)) {
    const late = heard.filter(({ isRight }) => !isRight).map(({ server }) => server);
    return late.length === 0
      ? []
      : [`wait until ${late.join(', ')} has the record, too: it may still hold an older answer`];
  }
  const wrong = heard.find(({ says }) => says.includes('.') && !says.includes(' '));
  return [
    wrong === undefined
      ? `set${place}: ${record.name} CNAME ${record.value}`
      : `change${place}: ${record.name} CNAME ${record.value} (it is ${wrong.says} now)`,
  ];
}

function caaAdvice({ caa, domain }: DomainReport): string[] {
  if (caa.verdict === 'unknown')
    return [`make the name servers answer questions for CAA records: ${caa.reason}`];
  if (caa.verdict === 'allowed') return [];
  const tag = domain.startsWith('*.') ? 'issuewild' : 'issue';
  const at = caa.records[0]?.split(' ')[0] ?? '';
  return [`add: ${at} CAA 0 ${tag} "${caa.issuerDomains[0] ?? ''}" (${caa.reason})`];
}

function dnssecAdvice({ dnssec, zone }: DomainReport): string[] {
  if (dnssec !== 'bogus') return [];
  return [
    `mend DNSSEC of ${zone ?? 'the zone'}: its signatures do not hold (an old DS record, or signatures that have expired), so resolvers refuse to answer`,
  ];
}

/** What has to be done for the certificate, beside what its domains need. */
export function certificateAdvice(report: Omit<CertificateReport, 'advice'>): string[] {
  switch (report.status) {
    case 'PENDING_VALIDATION':
      return [];
    case 'VALIDATION_TIMED_OUT':
    case 'FAILED':
      return ['mend that, and request the certificate again: this one stays as it is'];
    case 'EXPIRED':
      return [
        report.type === 'IMPORTED'
          ? 'import a new certificate under the same ARN'
          : 'request the certificate again: one that has ended is not renewed',
      ];
    case 'ISSUED':
      if (report.renewal?.status === 'FAILED')
        return [
          `the renewal failed (${report.renewal.reason ?? 'OTHER'}): it is tried again daily`,
        ];
      return [];
    case 'INACTIVE':
    case 'REVOKED':
      return ['request another certificate'];
  }
}

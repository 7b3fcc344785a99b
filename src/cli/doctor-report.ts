/** What the server says of a domain, as far as it is shown. */
export interface Domain {
  readonly domain: string;
  readonly record?: { readonly name: string; readonly value: string };
  readonly isProved?: boolean;
  readonly obstacle?: string;
  readonly zone?: string;
  readonly servedBy?: string;
  readonly suffixOwner?: string;
  readonly servers: readonly {
    readonly server: string;
    readonly role: string;
    readonly says: string;
    readonly isRight: boolean;
  }[];
  readonly caa: {
    readonly verdict: string;
    readonly reason: string;
    readonly records: readonly string[];
  };
  readonly dnssec?: string;
}

/** What the server says of a certificate, as far as it is shown. */
export interface Certificate {
  readonly arn: string;
  readonly status: string;
  readonly failureReason?: string;
  readonly issuer?: string;
  readonly deadline?: string;
  readonly nextTry?: string;
  readonly attempts?: number;
  readonly lastTry?: { readonly at: string; readonly obstacles: readonly string[] };
  readonly notAfter?: string;
  readonly renewal?: { readonly status: string; readonly reason?: string };
  readonly inUseBy: readonly string[];
  readonly domains: readonly Domain[];
  readonly advice: readonly string[];
  readonly isHealthy: boolean;
}

/** For people; ends with a line break. */
export function shownCertificate(certificate: Certificate): string {
  const { status, failureReason, renewal, lastTry, attempts } = certificate;
  return [
    `${certificate.arn}\n`,
    row('status', failureReason === undefined ? status : `${status}, ${failureReason}`),
    row('issuer', certificate.issuer ?? 'the installation’s own authority'),
    row('ends', certificate.notAfter),
    row('renewal', renewal && [renewal.status, renewal.reason].filter(Boolean).join(', ')),
    row('in use by', certificate.inUseBy.join(', ') || undefined),
    row('deadline', certificate.deadline),
    row('next try', certificate.nextTry && `${certificate.nextTry}, after ${attempts ?? 0} tries`),
    row('last try', lastTry && [lastTry.at, ...lastTry.obstacles].join('; ')),
    ...certificate.domains.map(shownDomain),
    certificate.advice.length === 0 ? 'Nothing is to be done.\n' : '',
    ...certificate.advice.map((each) => `To do: ${each}\n`),
  ].join('');
}

/** For people; ends with a line break. */
export function shownDomain(domain: Domain): string {
  const { record, servers, caa, dnssec } = domain;
  return [
    `${domain.domain}\n`,
    row('expected', record && `${record.name} CNAME ${record.value}`),
    row('control', domain.isProved === undefined ? undefined : proof(domain)),
    row('zone', domain.zone && `${domain.zone}${place(domain)}`),
    row('suffix of', domain.suffixOwner && `account ${domain.suffixOwner}`),
    ...servers.map(({ server, role, says, isRight }) =>
      row(
        role,
        `${server}: ${says}${record === undefined || isRight ? '' : ' (not what is expected)'}`,
      ),
    ),
    row('CAA', `${caa.verdict}: ${caa.reason}`),
    ...caa.records.map((each) => row('', each)),
    row('DNSSEC', dnssec),
  ].join('');
}

function proof({ isProved, obstacle }: Domain): string {
  return isProved === true ? 'proved' : `not proved: ${obstacle ?? 'unknown'}`;
}

function place({ servedBy }: Domain): string {
  if (servedBy === undefined) return ', served elsewhere';
  return servedBy === 'holdfast' ? ', of holdfast itself' : `, of account ${servedBy} here`;
}

function row(label: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : `  ${label.padEnd(14)} ${value}\n`;
}

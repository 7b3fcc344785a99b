import { judgeCaa, NoAnswer, type LookUp, type Survey } from '../../dns/index.ts';
import { plainName } from '../../lib/domain-name.ts';
import type { Rooms } from '../rooms.ts';

/** What one server says of the record that is expected. */
export interface ServerReport {
  readonly server: string;
  readonly role: 'authoritative' | 'resolver';
  /** For people. */
  readonly says: string;
  readonly isRight: boolean;
}

interface CaaReport {
  readonly verdict: 'allowed' | 'forbidden' | 'unknown';
  /** In one line. */
  readonly reason: string;
  /** As they stand in a zone file. */
  readonly records: readonly string[];
  /** One of these names in a record lets in who may sign; the first one is its own. */
  readonly issuerDomains: readonly string[];
}

/** Everything that decides whether control of a domain is proved, as it is now. */
export interface DomainReport {
  /** May begin with `*.`. */
  readonly domain: string;
  /** The CNAME, when a certificate says which. */
  readonly record?: { readonly name: string; readonly value: string };
  readonly isProved?: boolean;
  /** Why control is not proved, in one line. */
  readonly obstacle?: string;
  readonly zone?: string;
  /** The account whose hosted zone here holds the name, or `holdfast`; absent for a zone that is served elsewhere. */
  readonly servedBy?: string;
  /** The account to which a suffix that holds the domain is assigned. */
  readonly suffixOwner?: string;
  readonly servers: readonly ServerReport[];
  readonly caa: CaaReport;
  /** Of zones that are served elsewhere. */
  readonly dnssec?: Survey['dnssec'];
}

interface Expected {
  readonly account: string;
  readonly record: { readonly name: string; readonly value: string };
  /** A configured CA, which judges CAA records by its own names. */
  readonly issuer?: string | undefined;
}

type Parts = Pick<Rooms, 'route53' | 'surveyor' | 'domainControl' | 'caaIdentitiesOf'>;

/** Looks everything up that decides about a domain. */
export async function domainReport(
  domain: string,
  expected: Expected | undefined,
  parts: Parts,
): Promise<DomainReport> {
  const { route53, surveyor } = parts;
  const base = plainName(domain.replace(/^\*\./, ''));
  const asked = expected === undefined ? base : plainName(expected.record.name);
  const [survey, decider, suffixOwner, caa, control] = await Promise.all([
    surveyor.survey(asked, expected === undefined ? 'NS' : 'CNAME'),
    route53.authority.over(asked),
    route53.domains.ownerOf(base),
    caaReport(domain, expected, parts),
    expected === undefined ? undefined : checkControl(base, expected, parts),
  ]);
  const value = expected && plainName(expected.record.value);
  return {
    domain,
    ...(expected === undefined ? {} : { record: expected.record }),
    ...control,
    ...(survey.zone === undefined ? {} : { zone: survey.zone }),
    ...(decider.by === 'others'
      ? {}
      : { servedBy: decider.by === 'account' ? decider.account : 'holdfast' }),
    ...(suffixOwner === undefined ? {} : { suffixOwner }),
    servers: [
      ...survey.authoritative.map((each) => serverReport(each, 'authoritative', value)),
      ...survey.resolvers.map((each) => serverReport(each, 'resolver', value)),
    ],
    caa,
    ...(survey.dnssec === undefined ? {} : { dnssec: survey.dnssec }),
  };
}

async function checkControl(
  domain: string,
  { account, record }: Expected,
  { domainControl }: Parts,
): Promise<{ isProved: boolean; obstacle?: string }> {
  const check = await domainControl.checkControl({
    account,
    domain,
    recordName: record.name,
    recordValue: record.value,
  });
  return check.isProved ? check : { isProved: false, obstacle: check.reason };
}

const said: Readonly<Record<LookUp['outcome'], string>> = {
  found: 'has records',
  'no-record': 'the name is there, the record is not',
  'no-such-name': 'there is no such name',
  error: 'answers with an error',
  silent: 'does not answer',
};

function serverReport(
  { server, outcome, rcode, records }: LookUp,
  role: ServerReport['role'],
  value: string | undefined,
): ServerReport {
  const data = records.map((record) => plainName(String(record.data)));
  const code = outcome === 'error' ? ` (code ${rcode})` : '';
  const isRight =
    value === undefined
      ? outcome === 'found'
      : data.some((each) => each === value || `_${each}` === value);
  return {
    server,
    role,
    says: data.length > 0 ? data.join(', ') : `${said[outcome]}${code}`,
    isRight,
  };
}

async function caaReport(
  domain: string,
  expected: Expected | undefined,
  { surveyor, caaIdentitiesOf }: Parts,
): Promise<CaaReport> {
  const subject = { account: expected?.account ?? '', names: [domain] };
  const { issuer } = expected ?? {};
  const identities = await caaIdentitiesOf(issuer === undefined ? subject : { ...subject, issuer });
  const issuerDomains = identities?.flatMap((each) => each.issuerDomains) ?? [];
  try {
    const relevant = await surveyor.caa(plainName(domain.replace(/^\*\./, '')));
    const records = relevant.records.map(
      ({ flags, tag, value }) => `${relevant.at}. CAA ${flags} ${tag} ${JSON.stringify(value)}`,
    );
    const verdicts = (identities ?? []).map((identity) =>
      judgeCaa(relevant, {
        ...identity,
        isWildcard: domain.startsWith('*.'),
        validationMethod: 'dns-01',
      }),
    );
    const best = verdicts.find(({ isAllowed }) => isAllowed) ?? verdicts[0];
    return {
      verdict: best?.isAllowed === false ? 'forbidden' : 'allowed',
      reason: best?.reason ?? 'the CA judges by itself',
      records,
      issuerDomains,
    };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { verdict: 'unknown', reason: error.message, records: [], issuerDomains };
  }
}

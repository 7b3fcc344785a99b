import { liesUnder, plainName, selfAndAbove } from '../lib/domain-name.ts';
import type { DnsSource, OwnedRecord, RecordsByName, ResourceRecord, Zone } from './source.ts';

/** @see RFC 1035 §4.1.1, RFC 6891 §9 */
export const rcodes = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nameError: 3,
  notImplemented: 4,
  refused: 5,
  /** @see RFC 2136 §2.2, RFC 5936 §2.2.1 */
  notAuthoritative: 9,
  badVersion: 16,
} as const;
export type Rcode = (typeof rcodes)[keyof typeof rcodes];

/** Owners of records are in the letters in which they were asked for. */
export interface Answer {
  readonly rcode: Rcode;
  readonly isAuthoritative: boolean;
  readonly answers: readonly OwnedRecord[];
  readonly authorities: readonly OwnedRecord[];
  /** Addresses of name servers in a referral. */
  readonly additionals: readonly OwnedRecord[];
}

/** CNAMEs that one answer holds at most. */
const maxChain = 8;
/** Of names with more labels it is asked first how many of them there are at all. */
const quickDepth = 10;
/** @see RFC 8482 §4.2 */
const anyTtl = 3600;

/**
 * Answers a question from the zones of `source`, and only from them.
 * @see RFC 1034 §4.3.2, RFC 4592 (wildcards), RFC 6604 (response code of a chain), RFC 8482 (ANY)
 */
export async function answer(
  source: DnsSource,
  question: { readonly name: string; readonly type: string },
): Promise<Answer> {
  const answers: OwnedRecord[] = [];
  const done = (rcode: Rcode, rest: Partial<Answer> = {}): Answer => ({
    rcode,
    isAuthoritative: true,
    answers,
    authorities: [],
    additionals: [],
    ...rest,
  });
  const seen = new Set<string>();
  let owner = question.name;
  for (let hops = 0; hops <= maxChain; hops++) {
    const name = plainName(owner);
    const zone = await source.zoneFor(name);
    if (zone === undefined) {
      return hops === 0 ? done(rcodes.refused, { isAuthoritative: false }) : done(rcodes.noError);
    }
    // A loop: what it consists of has been said.
    if (seen.has(name)) return done(rcodes.noError);
    seen.add(name);
    const found = await find(source, zone, { name, type: question.type });
    if (found.referral !== undefined) {
      return done(rcodes.noError, { isAuthoritative: hops > 0, ...found.referral });
    }
    if (found.records === undefined) return done(rcodes.nameError, await negative(zone));
    const matching = recordsOfType(found.records, question.type);
    answers.push(...matching.map((record) => ({ ...record, name: owner })));
    if (matching.length > 0) return done(rcodes.noError);
    const alias = found.records.find((record) => record.type === 'CNAME');
    if (alias === undefined) return done(rcodes.noError, await negative(zone));
    answers.push({ ...alias, name: owner });
    owner = String(alias.data);
  }
  return done(rcodes.noError);
}

interface Found {
  /** Undefined when there is no such name. */
  readonly records?: readonly ResourceRecord[];
  readonly referral?: Pick<Answer, 'authorities' | 'additionals'>;
}

async function find(
  source: DnsSource,
  zone: Zone,
  { name, type }: { readonly name: string; readonly type: string },
): Promise<Found> {
  const isDeep = selfAndAbove(name).length > quickDepth;
  const existing = isDeep ? await source.closestEncloser(zone, name) : name;
  const below = selfAndAbove(existing)
    .filter((each) => liesUnder(each, zone.name))
    .slice(0, -1);
  const all = await source.lookup(zone, below.length === 0 ? [zone.name] : below);
  // RFC 4035 §3.1.4.1: whether a delegation is signed is for the zone above it to say.
  const cuts = type === 'DS' && below[0] === name ? below.slice(1) : below;
  const referral = await delegation(source, zone, cuts, all);
  if (referral !== undefined) return { referral };
  const own = existing === name ? all.get(name) : undefined;
  if (own !== undefined) return { records: own };
  const encloser = isDeep ? existing : await source.closestEncloser(zone, name);
  if (encloser === name) return { records: [] };
  // RFC 4592 §3.3.1: only the wildcard right under the closest encloser is the source of synthesis.
  const wildcard = `*.${encloser}`;
  if ((await source.closestEncloser(zone, wildcard)) !== wildcard) return {};
  return { records: (await source.lookup(zone, [wildcard])).get(wildcard) ?? [] };
}

/**
 * The topmost name that has name servers of its own.
 * @param cuts names below the zone's apex, each under the next one
 */
async function delegation(
  source: DnsSource,
  zone: Zone,
  cuts: readonly string[],
  all: RecordsByName,
): Promise<Found['referral'] | undefined> {
  const cut = cuts.findLast((each) => all.get(each)?.some(isNameServer));
  if (cut === undefined) return undefined;
  const servers = (all.get(cut) ?? []).filter(isNameServer);
  const hosts = servers.map(({ data }) => plainName(String(data)));
  const glue = await source.lookup(
    zone,
    hosts.filter((host) => liesUnder(host, cut)),
  );
  const additionals = [...glue].flatMap(([host, records]) =>
    records.filter(isAddress).map((record) => ({ ...record, name: host })),
  );
  return { authorities: servers.map((record) => ({ ...record, name: cut })), additionals };
}

function isNameServer({ type }: ResourceRecord): boolean {
  return type === 'NS';
}

function recordsOfType(
  records: readonly ResourceRecord[],
  type: string,
): readonly ResourceRecord[] {
  if (type !== 'ANY') return records.filter((record) => record.type === type);
  return [{ type: 'HINFO', ttl: anyTtl, data: { cpu: 'RFC8482', os: '' } }];
}

function isAddress(record: ResourceRecord): boolean {
  return record.type === 'A' || record.type === 'AAAA';
}

/** RFC 2308 §3: a negative answer lives for the lesser of the SOA's TTL and its last field. */
async function negative(zone: Zone): Promise<Pick<Answer, 'authorities'>> {
  const soa = await zone.soa();
  const { minimum } = soa.data as { minimum: number };
  return { authorities: [{ ...soa, ttl: Math.min(soa.ttl, minimum), name: zone.name }] };
}

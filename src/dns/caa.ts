import { selfAndAbove } from '../lib/domain-name.ts';

/** One CAA record. @see RFC 8659 §4.1 */
export interface CaaRecord {
  readonly flags: number;
  readonly tag: string;
  readonly value: string;
}

/** The records that decide about a name, and at which name they stand. */
export interface RelevantCaa {
  /** Plain; undefined when no name on the way up has any. */
  readonly at?: string;
  readonly records: readonly CaaRecord[];
}

export interface CaaQuestion {
  readonly isWildcard: boolean;
  /** By which the CA is named in `issue` and `issuewild`. */
  readonly issuerDomains: readonly string[];
  /** Of the account that orders. @see RFC 8657 §3 */
  readonly accountUri?: string;
  /** For example `dns-01`. @see RFC 8657 §4 */
  readonly validationMethod?: string;
}

export interface CaaVerdict {
  readonly isAllowed: boolean;
  /** Why, in one line. */
  readonly reason: string;
}

const critical = 0x80;
const known = new Set(['issue', 'issuewild', 'iodef']);

/**
 * The records at `domain`, or at the closest name above it that has any.
 * @param domain plain, without `*.`
 * @param recordsAt the records of a name, or of what its CNAMEs lead to
 * @see RFC 8659 §3
 */
export async function relevantCaa(
  domain: string,
  recordsAt: (name: string) => Promise<readonly CaaRecord[]>,
): Promise<RelevantCaa> {
  for (const name of selfAndAbove(domain)) {
    const records = await recordsAt(name);
    if (records.length > 0) return { at: name, records };
  }
  return { records: [] };
}

/** Whether the CA may issue. @see RFC 8659 §4, RFC 8657 */
export function judgeCaa({ at, records }: RelevantCaa, question: CaaQuestion): CaaVerdict {
  if (at === undefined) return { isAllowed: true, reason: 'no CAA record' };
  const unknown = records.find(
    ({ flags, tag }) => (flags & critical) !== 0 && !known.has(tag.toLowerCase()),
  );
  if (unknown !== undefined)
    return { isAllowed: false, reason: `a critical CAA record at ${at} is of an unknown kind` };
  const tagged = (wanted: string) => records.filter(({ tag }) => tag.toLowerCase() === wanted);
  const wild = question.isWildcard ? tagged('issuewild') : [];
  const properties = wild.length > 0 ? wild : tagged('issue');
  if (properties.length === 0)
    return { isAllowed: true, reason: `the CAA records at ${at} restrict nobody` };
  const refusals = properties.map(({ value }) => refusalOf(value, question));
  if (refusals.includes(undefined))
    return { isAllowed: true, reason: `a CAA record at ${at} allows it` };
  // A record that names the CA says more about what is wrong than those that name others.
  const telling = refusals.find((each) => each !== namesOthers) ?? namesOthers;
  return { isAllowed: false, reason: `the CAA records at ${at} forbid it: ${telling}` };
}

const namesOthers = 'they do not name this CA';

/** Undefined when the record allows it. */
function refusalOf(value: string, question: CaaQuestion): string | undefined {
  const parsed = parseIssue(value);
  if (parsed === undefined) return namesOthers;
  const { issuer, parameters } = parsed;
  if (!question.issuerDomains.some((each) => each.toLowerCase() === issuer)) return namesOthers;
  const accounts = parameters.filter(([tag]) => tag === 'accounturi').map(([, uri]) => uri);
  // RFC 8657 §3: several of them, or one that is not this account's, allow nothing.
  if (accounts.length > 1 || accounts.some((uri) => uri !== question.accountUri))
    return 'accounturi is that of another account';
  const methods = parameters.filter(([tag]) => tag === 'validationmethods').map(([, all]) => all);
  const isMethodNamed = methods.every((all) =>
    all.split(',').some((each) => each === question.validationMethod),
  );
  if (methods.length > 1 || !isMethodNamed)
    return `validationmethods does not hold ${question.validationMethod ?? 'the method in use'}`;
  return undefined;
}

interface IssueProperty {
  /** In lower case; empty for "nobody". */
  readonly issuer: string;
  readonly parameters: readonly (readonly [tag: string, value: string])[];
}

/** Undefined for what the grammar does not know: it allows nobody. @see RFC 8659 §4.2 */
function parseIssue(value: string): IssueProperty | undefined {
  const [issuer = '', ...rest] = value
    .split(';')
    .map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''));
  if (!/^[A-Za-z0-9.-]*$/.test(issuer)) return undefined;
  const parameters = rest
    .filter((part, at) => part !== '' || at < rest.length - 1)
    .map((part) => /^([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*=[ \t]*([\x21-\x3a\x3c-\x7e]*)$/.exec(part));
  if (parameters.includes(null)) return undefined;
  return {
    issuer: issuer.toLowerCase(),
    parameters: parameters.map((match) => [match?.[1]?.toLowerCase() ?? '', match?.[2] ?? '']),
  };
}

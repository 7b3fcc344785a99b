import type { Principal } from '../../src/aws/principal.ts';

/**
 * A second evaluator, written from the published algorithm alone: slow, plain, on the policies' own JSON, with regular
 * expressions. It shares no code with the engine, so that a mistake would have to be made twice.
 * @see AWS IAM User Guide, "Policy evaluation logic", "Grammar of the IAM JSON policy language", "Condition operators"
 */
export interface NaiveCase {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly identity: readonly RawPolicy[];
  readonly boundary?: RawPolicy;
  readonly session?: readonly RawPolicy[];
  readonly resourcePolicy?: RawPolicy;
  /** KMS: nothing goes without the key policy or a grant. */
  readonly resourceDecides: boolean;
  readonly isGranted: boolean;
  readonly resourceAccount: string;
}

export interface RawPolicy {
  readonly Version: string;
  readonly Statement: readonly RawStatement[];
}

export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: RawPrincipal;
  readonly NotPrincipal?: RawPrincipal;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

export type RawPrincipal = '*' | Readonly<Record<string, string | readonly string[]>>;

export type NaiveDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

export function naiveEvaluate(asked: NaiveCase): NaiveDecision {
  const { principal, boundary, session, resourcePolicy } = asked;
  const isThere = (policies: readonly RawPolicy[], effect: string): boolean =>
    policies.some(({ Version, Statement }) =>
      Statement.some((each) => each.Effect === effect && applies(each, Version, asked)),
    );
  const resourceStatements = (effect: string): RawStatement[] =>
    (resourcePolicy?.Statement ?? []).filter(
      (each) => each.Effect === effect && applies(each, resourcePolicy?.Version ?? '', asked),
    );

  // 1. An explicit Deny anywhere.
  const own = [
    ...asked.identity,
    ...(boundary === undefined ? [] : [boundary]),
    ...(session ?? []),
  ];
  if (isThere(own, 'Deny')) return 'explicitDeny';
  if (resourceStatements('Deny').some((each) => isMeant(each, asked))) return 'explicitDeny';

  // 2. What each side allows.
  const byResource = resourceStatements('Allow').filter((each) => isMeant(each, asked));
  const byIdentity =
    principal.type === 'root' || (principal.type !== 'service' && isThere(asked.identity, 'Allow'));
  const byBoundary = boundary === undefined || isThere([boundary], 'Allow');
  const bySession = session === undefined || isThere(session, 'Allow');
  const isSameAccount = principal.account === asked.resourceAccount;

  // 3. Same account: a resource policy that names the caller is enough; what else it names is limited by boundary and session.
  if (isSameAccount) {
    const names = byResource.map(({ Principal, NotPrincipal }) =>
      NotPrincipal === undefined ? howNamed(Principal ?? {}, principal) : 'everybody',
    );
    if (names.includes('caller')) return 'allowed';
    if (names.includes('role') || names.includes('everybody') || asked.isGranted)
      return byBoundary && bySession ? 'allowed' : 'implicitDeny';
  }

  // 4. Otherwise the caller's side decides, and the resource's side where it has to.
  const bothSides = asked.resourceDecides || !isSameAccount;
  if (bothSides && byResource.length === 0 && !asked.isGranted) return 'implicitDeny';
  return byIdentity && byBoundary && bySession ? 'allowed' : 'implicitDeny';
}

function applies(statement: RawStatement, version: string, asked: NaiveCase): boolean {
  return (
    actionFits(statement, asked.action) &&
    resourceFits(statement, version, asked) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        conditionHolds(operator, key, list(values), version, asked),
      ),
    )
  );
}

function actionFits({ Action, NotAction }: RawStatement, action: string): boolean {
  const isIn = (patterns: string | readonly string[]): boolean =>
    list(patterns).some((each) => regExp(each, 'i').test(action));
  return Action === undefined ? !isIn(NotAction ?? []) : isIn(Action);
}

function resourceFits(statement: RawStatement, version: string, asked: NaiveCase): boolean {
  const { Resource, NotResource } = statement;
  const fits = (pattern: string): boolean =>
    pattern === '*' || arnFits(asked.resource, filledUp(pattern), version, asked);
  return Resource === undefined ? !list(NotResource ?? []).some(fits) : list(Resource).some(fits);
}

/** The parts that a short ARN lacks may be anything. */
function filledUp(pattern: string): string {
  const parts = pattern.split(':');
  return [...parts, ...Array<string>(Math.max(0, 6 - parts.length)).fill('*')].join(':');
}

/** What has a variable without a value fits nothing. */
function arnFits(arn: string, pattern: string, version: string, asked: NaiveCase): boolean {
  const fixed = withVariables(pattern, version, asked);
  if (fixed === undefined) return false;
  const patterns = sixParts(fixed);
  const parts = sixParts(arn);
  if (patterns.length < 6 || parts.length < 6) return false;
  return patterns.every((each, n) => regExp(each).test(parts[n] ?? ''));
}

function sixParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Marks what came in through a variable, so that its wildcards are none. */
const literal = { star: '\u0001', mark: '\u0002' };

function withVariables(text: string, version: string, asked: NaiveCase): string | undefined {
  if (version !== '2012-10-17') return text;
  let isMissing = false;
  const result = text.replace(/\$\{([^}]*)\}/g, (_all, inner: string) => {
    if (inner === '*') return literal.star;
    if (inner === '?') return literal.mark;
    if (inner === '$') return inner;
    const [name = '', fallback] = inner.split(/,\s*/);
    const value = valueOf(name, asked) ?? fallback?.replace(/^'|'$/g, '');
    if (typeof value !== 'string') {
      isMissing = true;
      return '';
    }
    return value.replaceAll('*', literal.star).replaceAll('?', literal.mark);
  });
  return isMissing ? undefined : result;
}

function valueOf(key: string, { context }: NaiveCase): string | readonly string[] | undefined {
  const [, value] =
    Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase()) ?? [];
  return value?.length === 0 ? undefined : value;
}

const regExps = new Map<string, RegExp>();

function regExp(pattern: string, flags = ''): RegExp {
  const known = regExps.get(flags + pattern);
  if (known !== undefined) return known;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]')
    .replaceAll(literal.star, '\\*')
    .replaceAll(literal.mark, '\\?');
  const made = new RegExp(`^${escaped}$`, flags);
  regExps.set(flags + pattern, made);
  return made;
}

function conditionHolds(
  operator: string,
  key: string,
  wanted: readonly string[],
  version: string,
  asked: NaiveCase,
): boolean {
  const value = valueOf(key, asked);
  if (operator === 'Null') return wanted.includes(String(value === undefined));
  const set = /^(ForAllValues|ForAnyValue):/.exec(operator)?.[1];
  const ifExists = operator.endsWith('IfExists');
  const name = operator.replace(/^ForA\w+:/, '').replace(/IfExists$/, '');
  const isNegated = /Not/.test(name);
  if (value === undefined) {
    if (ifExists || set === 'ForAllValues') return true;
    return set === undefined && isNegated;
  }
  if (typeof value !== 'string' && set === undefined) return false;
  const one = (actual: string): boolean => {
    const isAny = wanted.some((each) =>
      compare(name.replace('Not', ''), actual, each, version, asked),
    );
    return isNegated ? !isAny : isAny;
  };
  return set === 'ForAnyValue' ? list(value).some(one) : list(value).every(one);
}

function compare(
  name: string,
  actual: string,
  wanted: string,
  version: string,
  asked: NaiveCase,
): boolean {
  const text = withVariables(wanted, version, asked);
  const plain = text?.replaceAll(literal.star, '*').replaceAll(literal.mark, '?');
  switch (name) {
    case 'StringEquals':
      return actual === plain;
    case 'StringEqualsIgnoreCase':
    case 'Bool':
      return actual.toLowerCase() === plain?.toLowerCase();
    case 'StringLike':
      return text !== undefined && regExp(text).test(actual);
    case 'ArnEquals':
    case 'ArnLike':
      return wanted === '*' || arnFits(actual, wanted, version, asked);
    case 'IpAddress':
      return inRange(actual, wanted);
    case 'BinaryEquals':
      return Buffer.from(actual, 'base64').equals(Buffer.from(wanted, 'base64'));
    default: {
      const [left, right] = name.startsWith('Date')
        ? [seconds(actual), seconds(wanted)]
        : [Number(actual), Number(wanted)];
      if (name.endsWith('LessThan')) return left < right;
      if (name.endsWith('LessThanEquals')) return left <= right;
      if (name.endsWith('GreaterThan')) return left > right;
      if (name.endsWith('GreaterThanEquals')) return left >= right;
      return left === right;
    }
  }
}

/** Since 1970; a number of more than four digits says it itself. */
function seconds(date: string): number {
  return /^[0-9]{5,}$/.test(date) ? Number(date) : Date.parse(date) / 1000;
}

function inRange(address: string, range: string): boolean {
  const [base = '', length] = range.split('/');
  const [one, other] = [bitsOf(address), bitsOf(base)];
  const prefix = Number(length ?? other.length);
  return one.length === other.length && one.slice(0, prefix) === other.slice(0, prefix);
}

/** 32 or 128 binary digits; an IPv4 address inside an IPv6 one as what it is. */
function bitsOf(address: string): string {
  const digits = (parts: readonly string[], radix: number, width: number): string =>
    parts.map((each) => Number.parseInt(each, radix).toString(2).padStart(width, '0')).join('');
  if (address.startsWith('::ffff:')) return bitsOf(address.slice(7));
  if (address.includes('.')) return digits(address.split('.'), 10, 8);
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = 8 - groups(head).length - groups(tail ?? '').length;
  return digits(
    [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail ?? '')],
    16,
    16,
  );
}

/** Whether a statement of a resource policy speaks of the caller. */
function isMeant(statement: RawStatement, { principal, boundary }: NaiveCase): boolean {
  if (statement.Principal !== undefined)
    return howNamed(statement.Principal, principal) !== undefined;
  const element = statement.NotPrincipal ?? {};
  if (statement.Effect === 'Deny') {
    if (boundary !== undefined) return true;
    // Spared is who is listed under every name: user and account; session, role and account.
    if (isEverybody(element)) return false;
    return !namesOf(principal).every((names) => names.some((each) => isListed(element, each)));
  }
  if (isEverybody(element)) return false;
  return !namesOf(principal).some((names) => names.some((each) => isListed(element, each)));
}

function howNamed(
  element: RawPrincipal,
  principal: Principal,
): 'caller' | 'role' | 'everybody' | 'account' | undefined {
  if (element === '*') return 'everybody';
  const isNamed = (names: readonly [string, string][]): boolean =>
    names.some((each) => isListed(element, each));
  if (isNamed(callerNames(principal))) return 'caller';
  if (isNamed(roleNames(principal))) return 'role';
  if (isNamed(accountNames(principal))) return 'account';
  return isEverybody(element) ? 'everybody' : undefined;
}

function isEverybody(element: RawPrincipal): boolean {
  return element === '*' || list(element['AWS'] ?? []).includes('*');
}

function isListed(element: RawPrincipal, [kind, name]: [string, string]): boolean {
  return element !== '*' && list(element[kind] ?? []).includes(name);
}

function namesOf(principal: Principal): [string, string][][] {
  return [callerNames(principal), roleNames(principal), accountNames(principal)].filter(
    (names) => names.length > 0,
  );
}

function callerNames(principal: Principal): [string, string][] {
  if (principal.type === 'service') return [['Service', principal.name]];
  if (principal.type === 'web-identity') return [['Federated', principal.provider]];
  if (principal.type === 'root') return [];
  if (principal.type === 'federated-user') return [['AWS', principal.arn]];
  return [
    ['AWS', principal.arn],
    ['AWS', principal.principalId],
  ];
}

function roleNames(principal: Principal): [string, string][] {
  if (principal.type === 'federated-user')
    return [
      ['AWS', principal.userArn],
      ['AWS', principal.userId],
    ];
  if (principal.type !== 'role-session') return [];
  return [
    ['AWS', principal.roleArn],
    ['AWS', principal.roleId],
  ];
}

function accountNames(principal: Principal): [string, string][] {
  if (principal.type === 'service' || principal.type === 'web-identity') return [];
  return [
    ['AWS', principal.account],
    ['AWS', `arn:aws:iam::${principal.account}:root`],
  ];
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

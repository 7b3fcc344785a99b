import { isInIpRange, isIpRange } from './ip-range.ts';
import {
  literalText,
  matchesArn,
  matchesPattern,
  readPattern,
  splitArnPattern,
  type VariableLookup,
} from './pattern.ts';

/** A condition operator without its set prefix and its `IfExists`. */
export interface Operator {
  /** The condition holds if no value of the policy matches; it also holds when the key is missing. */
  readonly isNegated: boolean;
  /**
   * Whether one value of the request matches one value of the policy.
   * @returns undefined when one of them cannot be read as what the operator compares
   */
  readonly matches: (
    actual: string,
    wanted: string,
    lookup: VariableLookup | undefined,
  ) => boolean | undefined;
  /** Whether a value may stand in a policy. */
  readonly accepts: (wanted: string) => boolean;
}

/** The operator called `name`, or undefined when there is none. `Null` is no operator in this sense. */
export function operatorNamed(name: string): Operator | undefined {
  return operators.get(name);
}

type Matches = Operator['matches'];
type Compare<T> = (actual: T, wanted: T) => boolean;

const anyText = (_wanted: string): boolean => true;
const hasVariable = (text: string): boolean => text.includes('${');

const text =
  (compare: Compare<string>): Matches =>
  (actual, wanted, lookup) => {
    const steps = readPattern(wanted, lookup);
    return steps !== undefined && compare(actual, literalText(steps));
  };

const like: Matches = (actual, wanted, lookup) => {
  const steps = readPattern(wanted, lookup);
  return steps !== undefined && matchesPattern(actual, steps);
};

const parsed =
  <T>(parse: (text: string) => T | undefined, compare: Compare<T>): Matches =>
  (actual, wanted) => {
    const left = parse(actual);
    const right = parse(wanted);
    return left === undefined || right === undefined ? undefined : compare(left, right);
  };

const comparisons: readonly (readonly [string, Compare<number>])[] = [
  ['Equals', (a, b) => a === b],
  ['LessThan', (a, b) => a < b],
  ['LessThanEquals', (a, b) => a <= b],
  ['GreaterThan', (a, b) => a > b],
  ['GreaterThanEquals', (a, b) => a >= b],
];

const ordered = (
  family: string,
  parse: (text: string) => number | undefined,
): [string, Operator][] => {
  const accepts = (wanted: string): boolean => parse(wanted) !== undefined;
  return [
    ...comparisons.map(([name, compare]): [string, Operator] => [
      `${family}${name}`,
      { isNegated: false, matches: parsed(parse, compare), accepts },
    ]),
    [`${family}NotEquals`, { isNegated: true, matches: parsed(parse, (a, b) => a === b), accepts }],
  ];
};

const both = (
  positive: string,
  negative: string,
  matches: Matches,
  accepts = anyText,
): [string, Operator][] => [
  [positive, { isNegated: false, matches, accepts }],
  [negative, { isNegated: true, matches, accepts }],
];

const isArnPattern = (wanted: string): boolean =>
  wanted === '*' || splitArnPattern(wanted) !== undefined;
const arnLike: Matches = (actual, wanted, lookup) =>
  wanted === '*' || matchesArn(actual, wanted, lookup);

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...both(
    'StringEquals',
    'StringNotEquals',
    text((a, b) => a === b),
  ),
  ...both(
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    text((a, b) => a.toLowerCase() === b.toLowerCase()),
  ),
  ...both('StringLike', 'StringNotLike', like),
  ...both('ArnEquals', 'ArnNotEquals', arnLike, isArnPattern),
  ...both('ArnLike', 'ArnNotLike', arnLike, isArnPattern),
  ...both('IpAddress', 'NotIpAddress', isInIpRange, isIpRange),
  ...ordered('Numeric', readNumber),
  ...ordered('Date', readDate),
  [
    'Bool',
    {
      isNegated: false,
      matches: text((a, b) => a.toLowerCase() === b.toLowerCase()),
      accepts: (wanted) => /^(true|false)$/i.test(wanted) || hasVariable(wanted),
    },
  ],
  [
    'BinaryEquals',
    {
      isNegated: false,
      matches: (actual, wanted) => withoutPadding(actual) === withoutPadding(wanted),
      accepts: (wanted) => /^[A-Za-z0-9+/]*={0,2}$/.test(wanted),
    },
  ],
]);

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, '');
}

function readNumber(text: string): number | undefined {
  return /^[+-]?[0-9]{1,30}(\.[0-9]{1,30})?$/.test(text) ? Number(text) : undefined;
}

/** W3C's subset of ISO 8601, or seconds since 1970. @returns milliseconds since 1970 */
function readDate(text: string): number | undefined {
  if (/^[0-9]{1,12}(\.[0-9]+)?$/.test(text) && !/^[0-9]{4}$/.test(text)) return Number(text) * 1000;
  const [, year, month = '01', day = '01', time] =
    /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?$/.exec(
      text,
    ) ?? [];
  if (year === undefined) return undefined;
  try {
    return Temporal.Instant.from(`${year}-${month}-${day}${time ?? 'T00:00Z'}`).epochMilliseconds;
  } catch {
    return undefined;
  }
}

import { matcherOf } from './glob.ts';
import { isIpRange, isWithin, readAddress, readRange } from './ip-range.ts';
import {
  arnMatcherOf,
  literalText,
  readPattern,
  splitArnPattern,
  type VariableLookup,
} from './pattern.ts';

/** A condition operator without its set prefix and its `IfExists`. */
export interface Operator {
  /** The condition holds if no value of the policy matches; it also holds when the key is missing. */
  readonly isNegated: boolean;
  /** Reads one value of the policy, to compare values of requests with it. */
  readonly prepare: (wanted: string, lookup: VariableLookup | undefined) => Prepared;
  /** Whether a value may stand in a policy. */
  readonly accepts: (wanted: string) => boolean;
}

/**
 * Whether one value of the request matches one value of the policy.
 * @returns undefined when one of them cannot be read as what the operator compares
 */
export type Prepared = (actual: string) => boolean | undefined;

/** The operator called `name`, or undefined when there is none. `Null` is no operator in this sense. */
export function operatorNamed(name: string): Operator | undefined {
  return operators.get(name);
}

type Prepare = Operator['prepare'];
type Compare<Actual, Wanted = Actual> = (actual: Actual, wanted: Wanted) => boolean;

const anyText = (_wanted: string): boolean => true;
const hasVariable = (text: string): boolean => text.includes('${');
const never: Prepared = () => false;
const unreadable: Prepared = () => undefined;

const text =
  (form: (text: string) => string): Prepare =>
  (wanted, lookup) => {
    const steps = readPattern(wanted, lookup);
    if (steps === undefined) return never;
    const whole = form(literalText(steps));
    return (actual) => form(actual) === whole;
  };
const asItIs = text((each) => each);
const inAnyCase = text((each) => each.toLowerCase());

const like: Prepare = (wanted, lookup) => {
  const steps = readPattern(wanted, lookup);
  return steps === undefined ? never : matcherOf(steps);
};

const parsed = <Actual, Wanted>(
  readActual: (text: string) => Actual | undefined,
  readWanted: (text: string) => Wanted | undefined,
  compare: Compare<Actual, Wanted>,
): Prepare => {
  // One value of a request is compared with many of a policy, one after the other.
  let text: string | undefined;
  let left: Actual | undefined;
  return (wanted) => {
    const right = readWanted(wanted);
    if (right === undefined) return unreadable;
    return (actual) => {
      if (actual !== text) {
        left = readActual(actual);
        text = actual;
      }
      return left === undefined ? undefined : compare(left, right);
    };
  };
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
      { isNegated: false, prepare: parsed(parse, parse, compare), accepts },
    ]),
    [
      `${family}NotEquals`,
      { isNegated: true, prepare: parsed(parse, parse, (a, b) => a === b), accepts },
    ],
  ];
};

const both = (
  positive: string,
  negative: string,
  prepare: Prepare,
  accepts = anyText,
): [string, Operator][] => [
  [positive, { isNegated: false, prepare, accepts }],
  [negative, { isNegated: true, prepare, accepts }],
];

const isArnPattern = (wanted: string): boolean =>
  wanted === '*' || splitArnPattern(wanted) !== undefined;
const arnLike: Prepare = (wanted, lookup) => {
  if (wanted === '*') return () => true;
  const parts = splitArnPattern(wanted);
  if (parts === undefined) return never;
  const matches = arnMatcherOf(parts);
  return (actual) => matches(actual, lookup);
};
const inRange = parsed(readAddress, readRange, isWithin);

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...both('StringEquals', 'StringNotEquals', asItIs),
  ...both('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', inAnyCase),
  ...both('StringLike', 'StringNotLike', like),
  ...both('ArnEquals', 'ArnNotEquals', arnLike, isArnPattern),
  ...both('ArnLike', 'ArnNotLike', arnLike, isArnPattern),
  ...both('IpAddress', 'NotIpAddress', inRange, isIpRange),
  ...ordered('Numeric', readNumber),
  ...ordered('Date', readDate),
  [
    'Bool',
    {
      isNegated: false,
      prepare: inAnyCase,
      accepts: (wanted) => /^(true|false)$/i.test(wanted) || hasVariable(wanted),
    },
  ],
  [
    'BinaryEquals',
    {
      isNegated: false,
      prepare: (wanted) => (actual) => withoutPadding(actual) === withoutPadding(wanted),
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

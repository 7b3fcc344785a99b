import { anyOne, anyRun, matcherOf, type Matcher, type Step } from './glob.ts';

/** Gives the value of a policy variable, or undefined when it has none (missing, or several values). */
export type VariableLookup = (key: string) => string | undefined;

/**
 * Reads `text` as a pattern. With `lookup` the policy variables `${key}` and `${key, 'default'}` are put
 * in, and `${*}`, `${?}`, `${$}` stand for the character itself; without it (documents of version
 * 2008-10-17) they are plain text. Wildcards that come in through a value are literal.
 * @returns undefined when a variable has no value: then nothing matches
 */
export function readPattern(text: string, lookup: VariableLookup | undefined): Step[] | undefined {
  const steps: Step[] = [];
  for (const [part] of text.matchAll(lookup === undefined ? withoutVariables : withVariables)) {
    if (part === '*') steps.push(anyRun);
    else if (part === '?') steps.push(anyOne);
    else if (lookup === undefined || !part.startsWith('${')) steps.push(part);
    else {
      const value = variable(part.slice(2, -1), lookup);
      if (value === undefined) return undefined;
      if (value !== '') steps.push(value);
    }
  }
  return steps;
}

const withVariables = /\$\{[^{}]*\}|\*|\?|[^*?$]+|\$/g;
const withoutVariables = /\*|\?|[^*?]+/g;

function variable(inner: string, lookup: VariableLookup): string | undefined {
  if (inner === '*' || inner === '?' || inner === '$') return inner;
  const [, key, fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
  return key === undefined ? undefined : (lookup(key) ?? fallback);
}

/** The text of a pattern in which wildcards are ordinary characters. */
export function literalText(steps: readonly Step[]): string {
  return steps.map((step) => (step === anyRun ? '*' : step === anyOne ? '?' : step)).join('');
}

/** Splits an ARN pattern at its first five colons, those inside `${…}` not counted. */
export function splitArn(pattern: string): readonly string[] {
  const parts: string[] = [''];
  for (const [piece] of pattern.matchAll(/\$\{[^{}]*\}|:|[^:$]+|\$/g)) {
    if (piece === ':' && parts.length < 6) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** The parts that a short ARN lacks are `*`. */
export function paddedArn(parts: readonly string[]): readonly string[] {
  return [...parts, ...Array<string>(Math.max(0, 6 - parts.length)).fill('*')];
}

/**
 * The parts of an ARN pattern in a condition. Fewer than six are filled up if the last one ends in a wildcard.
 * @returns six parts, or undefined when it is no ARN pattern
 */
export function splitArnPattern(pattern: string): readonly string[] | undefined {
  const parts = splitArn(pattern);
  if (parts[0] !== 'arn') return undefined;
  const isShort = parts.length < 6;
  if (isShort && (parts.length < 3 || parts.at(-1)?.endsWith('*') !== true)) return undefined;
  return paddedArn(parts);
}

/** Compares ARNs with one pattern. */
export type ArnMatcher = (arn: string, lookup: VariableLookup | undefined) => boolean;

/**
 * The six parts of a pattern that is asked more than once: `*` crosses `:` and `/` in the last part only. What has no
 * variables in it is read once.
 */
export function arnMatcherOf(parts: readonly string[]): ArnMatcher {
  if (!parts.some((part) => part.includes('${'))) {
    const matchers = parts.map((part) => matcherOf(readPattern(part, undefined) ?? []));
    return (arn) => fitsAll(arn, matchers);
  }
  return (arn, lookup) => {
    const read = parts.map((part) => readPattern(part, lookup));
    return (
      !read.includes(undefined) &&
      fitsAll(
        arn,
        read.map((steps) => matcherOf(steps ?? [])),
      )
    );
  };
}

function fitsAll(arn: string, matchers: readonly Matcher[]): boolean {
  const actual = partsOfArn(arn);
  return actual !== undefined && matchers.every((matches, index) => matches(actual[index] ?? ''));
}

/** The last ARN that was asked about: it is mostly the next one, too, for another pattern. */
let lastArn = '';
let lastParts: readonly string[] | undefined;

function partsOfArn(arn: string): readonly string[] | undefined {
  if (arn !== lastArn) {
    lastParts = readArn(arn);
    lastArn = arn;
  }
  return lastParts;
}

function readArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  if (parts.length < 6 || parts[0] !== 'arn') return undefined;
  return parts.length === 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

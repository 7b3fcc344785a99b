/** One step of a pattern: a literal text, any run of characters, or exactly one character. */
export type Step = string | typeof anyRun | typeof anyOne;

const anyRun: unique symbol = Symbol('*');
const anyOne: unique symbol = Symbol('?');

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

const withVariables = /\$\{[^}]*\}|\*|\?|[^*?$]+|\$/g;
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

/** Whether the whole of `text` fits. Takes at most |text| × |pattern| comparisons, whatever the pattern. */
export function matchesPattern(text: string, steps: readonly Step[]): boolean {
  return fits(text, single(steps));
}

/** The same with a step for each character. */
function single(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step): Step[] => (typeof step === 'string' ? step.split('') : [step]));
}

function fits(text: string, pattern: readonly Step[]): boolean {
  let at = 0;
  let from = 0;
  let retryAt = -1;
  let retryFrom = -1;
  while (from < text.length) {
    const step = pattern[at];
    if (step === anyRun) {
      retryAt = ++at;
      retryFrom = from;
    } else if (step === anyOne || step === text[from]) {
      at += 1;
      from += 1;
    } else if (retryAt >= 0) {
      at = retryAt;
      from = ++retryFrom;
    } else {
      return false;
    }
  }
  while (pattern[at] === anyRun) at += 1;
  return at === pattern.length;
}

/** `*` and `?` only, for names without variables. */
export function matchesWildcards(text: string, pattern: string): boolean {
  if (pattern === '*') return true;
  let steps = wildcards.get(pattern);
  if (steps === undefined) {
    steps = single(readPattern(pattern, undefined) ?? []);
    if (wildcards.size >= maxWildcards) wildcards.clear();
    wildcards.set(pattern, steps);
  }
  return fits(text, steps);
}

/** Patterns of actions: the same few, again and again. */
const wildcards = new Map<string, readonly Step[]>();
const maxWildcards = 1000;

/**
 * Splits an ARN pattern at its first five colons, those inside `${…}` not counted. Fewer parts are filled
 * up with `*` if the last one ends in a wildcard, as AWS does for `arn:aws:kms:*`.
 * @returns six parts, or undefined when it is no ARN pattern
 */
export function splitArnPattern(pattern: string): readonly string[] | undefined {
  const parts: string[] = [''];
  for (const [piece] of pattern.matchAll(/\$\{[^}]*\}|:|[^:$]+|\$/g)) {
    if (piece === ':' && parts.length < 6) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  if (parts[0] !== 'arn') return undefined;
  if (parts.length < 6 && (parts.length < 3 || parts.at(-1)?.endsWith('*') !== true))
    return undefined;
  while (parts.length < 6) parts.push('*');
  return parts;
}

/** Compares an ARN with a pattern, part by part: `*` crosses `:` and `/` in the last part only. */
export function matchesArn(
  arn: string,
  pattern: string,
  lookup: VariableLookup | undefined,
): boolean {
  const patterns = splitArnPattern(pattern);
  const parts = splitArn(arn);
  if (patterns === undefined || parts === undefined) return false;
  return patterns.every((each, index) => {
    const steps = readPattern(each, lookup);
    return steps !== undefined && matchesPattern(parts[index] ?? '', steps);
  });
}

function splitArn(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  if (parts.length < 6 || parts[0] !== 'arn') return undefined;
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

import { operatorNamed, type Operator, type Prepared } from './operators.ts';
import type { Condition, ConditionContext } from './types.ts';
import type { VariableLookup } from './pattern.ts';

/** The condition keys of one request, found without regard to case. */
export interface RequestContext {
  /** @returns undefined when the request lacks the key */
  get(key: string): ContextValue | undefined;
  /** For policy variables: the value of a single-valued key. */
  readonly variable: VariableLookup;
}

interface ContextValue {
  readonly values: readonly string[];
  /** A multi-valued key, whatever the number of its values. */
  readonly isList: boolean;
  /** Two keys of the request differ by case only. */
  readonly isAmbiguous: boolean;
}

/** @param context asked for with the first key: most policies have no conditions */
export function requestContext(context: () => ConditionContext): RequestContext {
  let byKey: ReadonlyMap<string, ContextValue> | undefined;
  const get = (key: string): ContextValue | undefined => {
    byKey ??= valuesByKey(context());
    return byKey.get(key.toLowerCase());
  };
  return {
    get,
    variable: (key) => {
      const value = get(key);
      return value === undefined || value.isList || value.isAmbiguous ? undefined : value.values[0];
    },
  };
}

function valuesByKey(context: ConditionContext): ReadonlyMap<string, ContextValue> {
  const byKey = new Map<string, ContextValue>();
  for (const [name, value] of Object.entries(context)) {
    if (value === undefined || value.length === 0) continue;
    const key = name.toLowerCase();
    const values = typeof value === 'string' ? [value] : value;
    // A caller may choose names of encryption context pairs: two that differ by case leave it open which is meant.
    byKey.set(key, { values, isList: typeof value !== 'string', isAmbiguous: byKey.has(key) });
  }
  return byKey;
}

/** A condition operator taken apart: `ForAllValues:StringEqualsIfExists`. */
export interface OperatorName {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly base: string;
  readonly ifExists: boolean;
}

export function readOperatorName(text: string): OperatorName {
  const known = operatorNames.get(text);
  if (known !== undefined) return known;
  const name = takenApart(text);
  if (operatorNames.size >= maxOperatorNames) operatorNames.clear();
  operatorNames.set(text, name);
  return name;
}

/** The same few, again and again. */
const operatorNames = new Map<string, OperatorName>();
const maxOperatorNames = 200;

function takenApart(text: string): OperatorName {
  const [, set, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s.exec(text) ?? [];
  return { set: set as OperatorName['set'], base, ifExists: ifExists !== undefined };
}

/**
 * Whether the request fulfils `condition`.
 * @param lookup undefined in documents of version 2008-10-17, which have no variables
 * @returns undefined when that cannot be told (unknown operator, unreadable value): the caller must
 *   then take what gives fewer rights
 */
export function fulfils(
  condition: Condition,
  context: RequestContext,
  lookup: VariableLookup | undefined,
): boolean | undefined {
  const { set, base, ifExists } = readOperatorName(condition.operator);
  const found = context.get(condition.key);
  if (base === 'Null')
    return set === undefined && !ifExists
      ? isNull(condition.values, found === undefined)
      : undefined;
  const operator = operatorNamed(base);
  if (operator === undefined || found?.isAmbiguous === true) return undefined;
  if (found === undefined)
    return ifExists || set === 'ForAllValues' || (set === undefined && operator.isNegated);
  // AWS: a multi-valued key needs a set operator; without one nothing matches.
  if (set === undefined && found.isList) return false;
  const prepared = preparedOf(condition, operator, lookup);
  const outcomes = found.values.map((actual) => fulfilsOne(operator, actual, prepared));
  if (outcomes.includes(undefined)) return undefined;
  return set === 'ForAnyValue' ? outcomes.includes(true) : !outcomes.includes(false);
}

/** Of conditions in whose values no variable has to be put in. */
const preparedOnce = new WeakMap<Condition, readonly Prepared[]>();

function preparedOf(
  condition: Condition,
  operator: Operator,
  lookup: VariableLookup | undefined,
): readonly Prepared[] {
  const known = preparedOnce.get(condition);
  if (known !== undefined) return known;
  const prepared = condition.values.map((value) => operator.prepare(value, lookup));
  if (lookup === undefined || !condition.values.some((value) => value.includes('${')))
    preparedOnce.set(condition, prepared);
  return prepared;
}

function fulfilsOne(
  { isNegated }: Operator,
  actual: string,
  prepared: readonly Prepared[],
): boolean | undefined {
  let isMatched = false;
  for (const matches of prepared) {
    const outcome = matches(actual);
    if (outcome === undefined) return undefined;
    if (outcome) isMatched = true;
  }
  return isMatched !== isNegated;
}

function isNull(wanted: readonly string[], isMissing: boolean): boolean {
  return wanted.some((value) => value.toLowerCase() === String(isMissing));
}

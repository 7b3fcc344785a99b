import { operatorNamed } from '../../aws/policy/operators.ts';
import type { ConditionContext } from '../../aws/policy/types.ts';
import { InvalidInputException } from './errors.ts';
import type { ContextEntry } from './model.ts';

/** Types of values that have a form, and the operator that reads it. */
const operators: Readonly<Record<string, string>> = {
  numeric: 'NumericEquals',
  boolean: 'Bool',
  ip: 'IpAddress',
  binary: 'BinaryEquals',
  date: 'DateEquals',
};

/** Each is compared with each value of a policy. */
const maxValues = 1000;

/**
 * The request context that ContextEntries give. A key with several values is multi-valued, whatever its type says.
 * @throws InvalidInput for a value that is not of its key's type, a key that is given twice, and too much
 */
export function simulatedContext(entries: readonly ContextEntry[]): ConditionContext {
  const names = new Set(entries.map(({ ContextKeyName = '' }) => ContextKeyName.toLowerCase()));
  if (names.size < entries.length)
    throw new InvalidInputException('Invalid Input ContextEntries: a key is given twice');
  const values = entries.reduce((sum, each) => sum + (each.ContextKeyValues?.length ?? 0), 0);
  if (values > maxValues)
    throw new InvalidInputException(`Invalid Input ContextEntries: more than ${maxValues} values`);
  return Object.fromEntries(entries.map(keyAndValue));
}

function keyAndValue(entry: ContextEntry): [string, string | readonly string[] | undefined] {
  const { ContextKeyName = '', ContextKeyType = 'string', ContextKeyValues = [] } = entry;
  const operator = operators[ContextKeyType.replace(/List$/, '')];
  const accepts = operator === undefined ? undefined : operatorNamed(operator)?.accepts;
  if (accepts !== undefined && !ContextKeyValues.every(accepts)) {
    throw new InvalidInputException(
      `Invalid Input ContextEntries: the values of ${ContextKeyName} are not of type ${ContextKeyType}`,
    );
  }
  const isList = ContextKeyType.endsWith('List') || ContextKeyValues.length > 1;
  return [ContextKeyName, isList ? ContextKeyValues : ContextKeyValues[0]];
}

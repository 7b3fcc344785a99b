import { Secret } from '../lib/secret.ts';
import { CommonError } from './errors.ts';
import type { ServiceModel, Shape } from './model.ts';

/** A longer value is shown by its beginning. */
const maxShownCharacters = 256;
/** A pattern is asked only about values up to this length. Those of the models take no more than quadratic time. */
const maxMatchedCharacters = 16_384;
/** After so many the rest is not listed. */
const maxViolations = 50;

/**
 * Checks an input against the constraints of its shape.
 * @throws CommonError validation, with all violations in AWS's words
 * @see the messages of AWS's ValidationException, for example in the API reference of AWS KMS
 */
export function validate(model: ServiceModel, shapeName: string, input: unknown): void {
  const violations: string[] = [];
  checkShape({ model, violations }, shapeName, input, '');
  const { length } = violations;
  if (length > 0) {
    throw new CommonError(
      'validation',
      `${length} validation error${length === 1 ? '' : 's'} detected: ${violations.join('; ')}`,
    );
  }
}

interface Check {
  readonly model: ServiceModel;
  readonly violations: string[];
}

function checkShape(check: Check, shapeName: string, value: unknown, path: string): void {
  const shape = check.model.shapes[shapeName] as Shape;
  switch (shape.type) {
    case 'structure':
      checkStructure(check, shape, value as Readonly<Record<string, unknown>>, path);
      return;
    case 'list':
      report(check, path, shown(check.model, shape, value), lengthConstraints(shape, value));
      checkItems(check, shape.member.shape, value as readonly unknown[], path);
      return;
    case 'map':
      report(check, path, 'Value', lengthConstraints(shape, Object.keys(value as object)));
      checkEntries(check, shape, value as Readonly<Record<string, unknown>>, path);
      return;
    default:
      report(check, path, shown(check.model, shape, value), constraintsOf(shape, value));
  }
}

function checkStructure(
  check: Check,
  shape: Extract<Shape, { type: 'structure' }>,
  value: Readonly<Record<string, unknown>>,
  path: string,
): void {
  for (const name in shape.members) {
    const member = value[name];
    const isMissing = member === undefined && shape.required?.includes(name) === true;
    if (member === undefined && !isMissing) continue;
    const memberPath = path === '' ? lowerCamel(name) : `${path}.${lowerCamel(name)}`;
    if (isMissing) report(check, memberPath, 'Value null', ['Member must not be null']);
    else checkShape(check, shape.members[name]!.shape, member, memberPath);
  }
  if (shape.union === true && Object.keys(value).length !== 1)
    report(check, path, 'Value', ['Member must have exactly one member set']);
}

/** AWS names a structure of a list by its place, and shows scalars with the list that they are in. */
function checkItems(check: Check, member: string, items: readonly unknown[], path: string): void {
  const shape = check.model.shapes[member] as Shape;
  for (const [index, item] of items.entries()) {
    if (item === undefined) {
      report(check, `${path}.${index + 1}.member`, 'Value null', ['Member must not be null']);
    } else if (isScalar(shape)) {
      if (constraintsOf(shape, item).length > 0) {
        const all = allConstraints(shape).join(', ');
        report(
          check,
          path,
          shown(check.model, { type: 'list', member: { shape: member } }, items),
          [`Member must satisfy constraint: [${all}]`],
        );
        return;
      }
    } else {
      checkShape(check, member, item, `${path}.${index + 1}.member`);
    }
    if (check.violations.length >= maxViolations) return;
  }
}

function checkEntries(
  check: Check,
  shape: Extract<Shape, { type: 'map' }>,
  entries: Readonly<Record<string, unknown>>,
  path: string,
): void {
  const key = check.model.shapes[shape.key.shape] as Shape;
  const value = check.model.shapes[shape.value.shape] as Shape;
  for (const [name, item] of Object.entries(entries)) {
    if (constraintsOf(key, name).length > 0) {
      const all = allConstraints(key).join(', ');
      report(check, path, 'Value', [`Map keys must satisfy constraint: [${all}]`]);
      return;
    }
    if (item === undefined) {
      report(check, path, 'Value', ['Map value must not be null']);
    } else if (!isScalar(value)) {
      checkShape(check, shape.value.shape, item, `${path}.${shortened(name)}.member`);
    } else if (constraintsOf(value, item).length > 0) {
      const all = allConstraints(value).join(', ');
      report(check, path, 'Value', [`Map value must satisfy constraint: [${all}]`]);
      return;
    }
  }
}

function report(
  { violations }: Check,
  path: string,
  value: string,
  constraints: readonly string[],
): void {
  for (const constraint of constraints) {
    if (violations.length < maxViolations)
      violations.push(`${value} at '${path}' failed to satisfy constraint: ${constraint}`);
  }
}

/** The constraints that a scalar breaks. */
function constraintsOf(shape: Shape, value: unknown): readonly string[] {
  switch (shape.type) {
    case 'string': {
      if (value instanceof Secret) return [];
      const text = value as string;
      const broken = [...lengthConstraints(shape, text)];
      if (shape.pattern !== undefined && !matches(shape.pattern, text))
        broken.push(patternConstraint(shape.pattern));
      if (shape.enum !== undefined && !shape.enum.includes(text))
        broken.push(enumConstraint(shape.enum));
      return broken;
    }
    case 'blob':
      return lengthConstraints(
        shape,
        value instanceof Secret ? { length: value.byteLength } : value,
      );
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return rangeConstraints(shape, value as number);
    default:
      return [];
  }
}

/** Everything that a shape demands, broken or not. */
function allConstraints(shape: Shape): readonly string[] {
  if (shape.type === 'structure' || shape.type === 'boolean' || shape.type === 'timestamp')
    return [];
  const isNumber = ['integer', 'long', 'float', 'double'].includes(shape.type);
  const what = isNumber ? 'value' : 'length';
  const all: string[] = [];
  if (shape.max !== undefined)
    all.push(`Member must have ${what} less than or equal to ${shape.max}`);
  if (shape.min !== undefined)
    all.push(`Member must have ${what} greater than or equal to ${shape.min}`);
  if (shape.type === 'string') {
    if (shape.pattern !== undefined) all.push(patternConstraint(shape.pattern));
    if (shape.enum !== undefined) all.push(enumConstraint(shape.enum));
  }
  return all;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function lengthConstraints({ min, max }: Bounds, value: unknown): readonly string[] {
  const { length } = value as { length: number };
  if (max !== undefined && length > max)
    return [`Member must have length less than or equal to ${max}`];
  if (min !== undefined && length < min)
    return [`Member must have length greater than or equal to ${min}`];
  return [];
}

function rangeConstraints({ min, max }: Bounds, value: number): readonly string[] {
  if (max !== undefined && value > max)
    return [`Member must have value less than or equal to ${max}`];
  if (min !== undefined && value < min)
    return [`Member must have value greater than or equal to ${min}`];
  return [];
}

function patternConstraint(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

function enumConstraint(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`;
}

function isScalar(shape: Shape): boolean {
  return shape.type !== 'structure' && shape.type !== 'list' && shape.type !== 'map';
}

/** How a message calls a value: secrets and bytes are never shown. */
function shown(model: ServiceModel, shape: Shape, value: unknown): string {
  if (shape.type === 'list') {
    const member = model.shapes[shape.member.shape] as Shape;
    if (!isShown(member)) return 'Value';
    return `Value '[${shortened((value as readonly unknown[]).join(', '))}]'`;
  }
  return isShown(shape) ? `Value '${shortened(String(value))}'` : 'Value';
}

function isShown(shape: Shape): boolean {
  return shape.type === 'string'
    ? shape.sensitive !== true
    : ['integer', 'long', 'float', 'double', 'boolean'].includes(shape.type);
}

function shortened(text: string): string {
  return text.length <= maxShownCharacters ? text : `${text.slice(0, maxShownCharacters)}…`;
}

const compiled = new Map<string, RegExp>();

/** AWS's patterns are anchored at both ends. */
function matches(pattern: string, text: string): boolean {
  if (text.length > maxMatchedCharacters) return true; // Its length alone is told.
  let regularExpression = compiled.get(pattern);
  if (regularExpression === undefined) {
    regularExpression = new RegExp(`^(?:${pattern})$`, 'u');
    compiled.set(pattern, regularExpression);
  }
  return regularExpression.test(text);
}

export function lowerCamel(name: string): string {
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}

import { hidden } from '../hidden-keys.ts';
import type { ServiceModel, Shape } from '../model.ts';
import { lowerCamel } from '../validate.ts';

/**
 * A modelled value as CloudTrail shows it: members in lowerCamel, sensitive ones hidden, bytes left out.
 * @see AWS CloudTrail User Guide, "CloudTrail record contents" (requestParameters, responseElements)
 */
export function auditedValue(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  return (shownValue(model, shapeName, value) ?? {}) as Readonly<Record<string, unknown>>;
}

function shownValue(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = model.shapes[shapeName] as Shape;
  if (value === undefined || value === null) return undefined;
  if ('sensitive' in shape && shape.sensitive === true) return hidden;
  switch (shape.type) {
    case 'structure':
      return defined(
        Object.entries(shape.members).map(([name, ref]) => [
          lowerCamel(name),
          shownValue(model, ref.shape, (value as Readonly<Record<string, unknown>>)[name]),
        ]),
      );
    case 'list':
      return (value as readonly unknown[]).map((item) =>
        shownValue(model, shape.member.shape, item),
      );
    case 'map':
      return defined(
        Object.entries(value as Readonly<Record<string, unknown>>).map(([key, item]) => [
          key,
          shownValue(model, shape.value.shape, item),
        ]),
      );
    case 'blob':
      return undefined;
    case 'timestamp':
      return (value as Temporal.Instant).toString({ smallestUnit: 'second' });
    default:
      return value;
  }
}

function defined(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

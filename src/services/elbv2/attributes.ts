import { wrongAttribute, type Attributes, type AttributeTable } from './domain/attributes.ts';
import { ValidationError } from './errors.ts';

/**
 * The attributes after those of a call are set.
 * @param kind for example `Load balancer`
 * @throws ValidationError
 */
export function changedAttributes(
  table: AttributeTable,
  kind: string,
  before: Attributes,
  changes: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): Attributes {
  const after = new Map(Object.entries(before));
  for (const { Key: key, Value: value = '' } of changes) {
    if (key === undefined)
      throw new ValidationError(`A ${kind.toLowerCase()} attribute key must be specified`);
    const wrong = wrongAttribute(table, kind, key, value);
    if (wrong !== undefined) throw new ValidationError(wrong);
    after.set(key, value);
  }
  return Object.fromEntries(after);
}

import { duplicateKey, isReservedTagKey, maxTags } from './domain/tags.ts';
import { DuplicateTagKeys, TooManyTags, ValidationError } from './errors.ts';
import type { Tag } from './model.ts';

/**
 * The tags after `added`.
 * @throws DuplicateTagKeys, TooManyTags, ValidationError
 */
export function checkedTags(
  tags: ReadonlyMap<string, string>,
  added: readonly Tag[],
): Map<string, string> {
  const keys = added.map(({ Key }) => Key);
  checkTagKeys(keys);
  const duplicate = duplicateKey(keys);
  if (duplicate !== undefined)
    throw new DuplicateTagKeys(`The tag key '${duplicate}' was specified more than once`);
  const after = new Map(tags);
  for (const tag of added) after.set(tag.Key, tag.Value ?? '');
  if (after.size > maxTags)
    throw new TooManyTags(
      `A resource can have up to '${maxTags}' tags, but would have '${after.size}'`,
    );
  return after;
}

/** @throws ValidationError */
export function checkTagKeys(keys: readonly string[]): void {
  const reserved = keys.find(isReservedTagKey);
  if (reserved !== undefined)
    throw new ValidationError(`The tag key '${reserved}' cannot begin with 'aws:'`);
}

import { isReservedTagKey, maxTags, tagsAfterAdding } from './domain/tags.ts';
import { InvalidTagException, TooManyTagsException } from './errors.ts';
import type { Tag } from './model.ts';

/** @throws InvalidTagException */
export function checkTagKeys(tags: readonly Tag[]): void {
  for (const { Key } of tags) {
    if (isReservedTagKey(Key)) {
      throw new InvalidTagException(
        `Invalid Tag Key: "${Key}". AWS internal tags cannot be changed with this API`,
      );
    }
  }
}

/**
 * The tags after `added`.
 * @throws InvalidTagException, TooManyTagsException
 */
export function checkedTags(
  tags: ReadonlyMap<string, string>,
  added: readonly Tag[],
): Map<string, string> {
  checkTagKeys(added);
  const after = tagsAfterAdding(tags, added);
  if (after.size > maxTags) {
    const set = added.map((tag) => `${tag.Key}=${tag.Value ?? ''}`).join(', ');
    throw new TooManyTagsException(`the TagSet: '{${set}}' contains too many Tags`);
  }
  return after;
}

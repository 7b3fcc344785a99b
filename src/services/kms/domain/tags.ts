import { TagException } from '../errors.ts';
import type { Tag } from '../model.ts';

const maxTags = 50;

/** The tags of a new key. @throws TagException */
export function checkedTags(tags: readonly Tag[]): ReadonlyMap<string, string> {
  const byKey = new Map(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
  if (byKey.size < tags.length) throw new TagException('Duplicate tag keys');
  if (byKey.size > maxTags) throw new TagException('Too many tags');
  if ([...byKey.keys()].some((key) => key.toLowerCase().startsWith('aws:')))
    throw new TagException('Tags beginning with aws: are reserved');
  return byKey;
}

/** A certificate has at most so many tags. */
export const maxTags = 50;

export function isReservedTagKey(key: string): boolean {
  return key.toLowerCase().startsWith('aws:');
}

/** The tags after some are added or given another value. */
export function tagsAfterAdding(
  tags: ReadonlyMap<string, string>,
  added: readonly { Key: string; Value?: string | undefined }[],
): Map<string, string> {
  const after = new Map(tags);
  for (const tag of added) after.set(tag.Key, tag.Value ?? '');
  return after;
}

/** Keys to remove: a tag given with a value goes only if it has that value; the empty string is a value. */
export function keysToRemove(
  tags: ReadonlyMap<string, string>,
  removed: readonly { Key: string; Value?: string | undefined }[],
): string[] {
  return removed
    .filter(
      (tag) => tags.has(tag.Key) && (tag.Value === undefined || tags.get(tag.Key) === tag.Value),
    )
    .map((tag) => tag.Key);
}

/** A resource has at most so many tags. */
export const maxTags = 50;

export function isReservedTagKey(key: string): boolean {
  return key.toLowerCase().startsWith('aws:');
}

export function duplicateKey(keys: readonly string[]): string | undefined {
  return keys.find((key, n) => keys.indexOf(key) !== n);
}

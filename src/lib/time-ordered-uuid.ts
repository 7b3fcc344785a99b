import type { Random } from './random.ts';

/**
 * A version 7 UUID: it begins with the time, so that keys made one after the other stand side by side in an index,
 * and 74 of its bits are random. @see RFC 9562 §5.7
 */
export function timeOrderedUuid(at: Temporal.Instant, random: Random): string {
  const time = at.epochMilliseconds.toString(16).padStart(12, '0');
  // The rest of a version 4 UUID is random, or the variant, which is the same.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.uuid().slice(15)}`;
}

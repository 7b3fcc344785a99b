import { CommonError } from '../errors.ts';
import { bounded } from './bounded.ts';

let lastRead = { timestamp: '', milliseconds: 0 };

/**
 * Of a timestamp `YYYYMMDDTHHMMSSZ`. Most requests of a second bear the same one.
 * @throws CommonError incomplete-signature
 */
export function millisecondsOf(timestamp: string): number {
  if (lastRead.timestamp !== timestamp)
    lastRead = { timestamp, milliseconds: instantOf(timestamp).epochMilliseconds };
  return lastRead.milliseconds;
}

function instantOf(timestamp: string): Temporal.Instant {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp) ?? [];
  try {
    return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  } catch {
    throw new CommonError(
      'incomplete-signature',
      `Date must be in ISO-8601 'basic format'. Got '${bounded(timestamp)}'.`,
    );
  }
}

/** `YYYYMMDDTHHMMSSZ`. */
export function basicTimestamp(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
}

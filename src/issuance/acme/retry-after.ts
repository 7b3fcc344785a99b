const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const mostSeconds = 86_400;

/**
 * When a `Retry-After` allows another try: at most a day from now, whatever it says, and never before now. Undefined
 * without one, or for one that is malformed.
 * @see RFC 9110 §10.2.3, §5.6.7 (IMF-fixdate)
 */
export function retryAfter(
  header: string | undefined,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  const seconds = secondsIn(header ?? '', now);
  if (seconds === undefined) return undefined;
  return now.add({ seconds: Math.min(Math.max(Math.ceil(seconds), 0), mostSeconds) });
}

function secondsIn(header: string, now: Temporal.Instant): number | undefined {
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(header);
  if (date === null) return undefined;
  const [, day, month = '', year, time] = date;
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  try {
    const at = Temporal.Instant.from(`${year}-${number}-${day}T${time}Z`);
    return now.until(at).total('seconds');
  } catch {
    return undefined;
  }
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let last = { second: Number.NaN, text: '' };

/** `Tue, 24 Nov 2026 12:00:00 GMT`. @see RFC 9110 §5.6.7 (IMF-fixdate) */
export function httpDate(instant: Temporal.Instant): string {
  const second = Math.floor(instant.epochMilliseconds / 1000);
  if (second === last.second) return last.text;
  const at = instant.toZonedDateTimeISO('UTC');
  const two = (number: number): string => String(number).padStart(2, '0');
  const date = `${two(at.day)} ${months[at.month - 1]} ${String(at.year).padStart(4, '0')}`;
  const text = `${days[at.dayOfWeek - 1]}, ${date} ${two(at.hour)}:${two(at.minute)}:${two(at.second)} GMT`;
  last = { second, text };
  return text;
}

/** The instant of an IMF-fixdate; undefined for every other text. */
export function parseHttpDate(text: string): Temporal.Instant | undefined {
  const [, day, month = '', year, time] =
    /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  try {
    const instant = Temporal.Instant.from(`${year}-${number}-${day}T${time}Z`);
    return httpDate(instant) === text ? instant : undefined;
  } catch {
    return undefined;
  }
}

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

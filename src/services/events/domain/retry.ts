const mostSeconds = 900;

/**
 * When a target that has failed is asked again: after 1 s, 2 s, 4 s … at most 15 minutes, of which chance takes up to
 * half, so that targets that failed together do not come back together.
 * @param attempts from 1
 * @param chance from 0 to 1
 */
export function nextTry(now: Temporal.Instant, attempts: number, chance: number): Temporal.Instant {
  const seconds = Math.min(mostSeconds, 2 ** Math.min(attempts - 1, 12));
  return now.add({ milliseconds: Math.round(seconds * 1_000 * (1 - chance / 2)) });
}

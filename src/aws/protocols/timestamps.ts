/** @returns undefined when `seconds` is no time that an Instant can be */
export function fromEpochSeconds(seconds: number): Temporal.Instant | undefined {
  const milliseconds = Math.round(seconds * 1000);
  return Math.abs(milliseconds) > 8.64e15
    ? undefined
    : Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

/** Seconds since 1970 with at most three decimals, as AWS's JSON services write them. */
export function epochSeconds(instant: Temporal.Instant): number {
  return instant.epochMilliseconds / 1000;
}

export function fromIso8601(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text).round('millisecond');
  } catch {
    return undefined;
  }
}

/** `2026-11-24T12:00:00Z`, or `2026-11-24T12:00:00.120Z` where there are milliseconds. */
export function toIso8601(instant: Temporal.Instant): string {
  const rounded = instant.round('millisecond');
  const hasMilliseconds = rounded.epochMilliseconds % 1000 !== 0;
  return rounded.toString({ fractionalSecondDigits: hasMilliseconds ? 3 : 0 });
}

/** Where time comes from. Tests hand in their own; nothing else in the tree may ask the machine. */
export interface Clock {
  /** The wall clock. */
  now(): Temporal.Instant;
  /** Milliseconds since an arbitrary point, never going backwards: for measuring, not for dating. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  monotonic: () => performance.now(),
};

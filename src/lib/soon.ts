/**
 * A value that is there, or a promise of it: what every call asks for, and nearly always finds in memory, need not wait
 * for a promise then.
 */
export type Soon<T> = T | Promise<T>;

/** What `next` makes of the value, as soon as it is there. */
export function soon<T, Result>(value: Soon<T>, next: (value: T) => Soon<Result>): Soon<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** All values, as soon as the last one is there. */
export function soonAll<T>(values: readonly Soon<T>[]): Soon<readonly T[]> {
  return values.some((each) => each instanceof Promise)
    ? Promise.all(values)
    : (values as readonly T[]);
}

/** Numbers from 0 to 1 that the seed decides: a linear congruential generator, good enough for moments. */
export function seeded(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** 0 → `aa`, 1 → `ab`, 26 → `ba` …: letters only, and at least two. */
export function letters(n: number): string {
  const [first, rest] = [n % 26, Math.floor(n / 26)];
  const last = String.fromCodePoint(97 + first);
  return rest < 26 ? String.fromCodePoint(97 + rest) + last : letters(rest) + last;
}

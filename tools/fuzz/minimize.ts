import { milliseconds } from './judge.ts';

/**
 * The smallest input found that still `fails`: pieces are left out as long as that goes, big ones first, then bytes
 * are made plain.
 * @see Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input" (2002)
 */
export async function minimized(
  input: Uint8Array,
  fails: (smaller: Uint8Array) => Promise<boolean>,
  patienceMilliseconds = 3_000,
): Promise<Uint8Array> {
  const deadline = milliseconds() + patienceMilliseconds;
  let smallest = input;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = size === 1 ? 0 : size >> 1) {
    for (let at = 0; at < smallest.length && milliseconds() < deadline;) {
      const rest = smallest.subarray(at + size);
      const smaller = new Uint8Array(at + rest.length);
      smaller.set(smallest.subarray(0, at));
      smaller.set(rest, at);
      if (await fails(smaller)) smallest = smaller;
      else at += size;
    }
  }
  for (let at = 0; at < smallest.length && milliseconds() < deadline; at += 1) {
    if (smallest[at] === plain) continue;
    const plainer = Uint8Array.from(smallest);
    plainer[at] = plain;
    if (await fails(plainer)) smallest = plainer;
  }
  return smallest;
}

const plain = 0x61;

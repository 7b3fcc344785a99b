import { createHmac } from 'node:crypto';

/** Seconds for which a code holds. */
const stepSeconds = 30;
const digits = 6;
/** So many steps before and after the present one are taken too: the clocks of people's devices differ. */
const tolerance = 1;

/** The time step of an instant. @see RFC 6238 §4 */
export function totpStep(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000 / stepSeconds);
}

/** The code of a time step, as AWS's virtual devices show it: HMAC-SHA-1, six digits. @see RFC 4226 §5.3 */
export function totpCode(seed: Uint8Array, step: number): string {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(step));
  const mac = createHmac('sha1', seed).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The time step whose code this is, near the present one.
 * @param after only steps behind this one: a code that was used is not taken again
 * @returns undefined when it is none
 */
export function stepOfCode(
  seed: Uint8Array,
  code: string,
  { now, after }: { readonly now: Temporal.Instant; readonly after: number },
): number | undefined {
  const present = totpStep(now);
  let found: number | undefined;
  for (let step = present - tolerance; step <= present + tolerance; step++)
    if (totpCode(seed, step) === code && step > after) found ??= step;
  return found;
}

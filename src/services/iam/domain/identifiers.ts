import type { AccountId } from '../../../aws/arn.ts';
import type { Random } from '../../../lib/random.ts';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** @see AWS IAM User Guide, "IAM identifiers" (unique identifiers) */
export type IdPrefix = 'AGPA' | 'AIDA' | 'ANPA' | 'AROA';
export type AccessKeyPrefix = 'AKIA' | 'ASIA';

/** Twelve random digits; the first is not 0, so that no tool takes the number for a shorter one. */
export function newAccountId(random: Random): AccountId {
  const digits = uniform(random, '0123456789', 12);
  return (digits.startsWith('0') ? newAccountId(random) : digits) as AccountId;
}

/** Of a user, group, role or policy: never used again for another one, unlike its name. */
export function newUniqueId(prefix: IdPrefix, random: Random): string {
  return prefix + uniform(random, base32, 17);
}

/**
 * An access key id names its account as AWS's do: of the 80 bits behind the prefix the first is 1, the next
 * 40 are the account, the rest is chance.
 */
export function newAccessKeyId(prefix: AccessKeyPrefix, account: string, random: Random): string {
  const chance = random.bytes(5);
  const low = chance.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n) & ((1n << 39n) - 1n);
  let bits = (1n << 79n) | (BigInt(account) << 39n) | low;
  let text = '';
  for (let n = 0; n < 16; n++) {
    text = base32[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return prefix + text;
}

/** `count` characters of the base64 alphabet, as bytes: 40 for a secret access key. */
export function newSecretCharacters(count: number, random: Random): Uint8Array {
  const characters = random.bytes(count);
  characters.forEach((byte, n) => {
    characters[n] = base64.charCodeAt(byte & 63);
  });
  return characters;
}

/** Whether IAM takes it for the name of a user (64 characters at most) or of a virtual MFA device (226). */
export function isName(text: string, maxCharacters: number): boolean {
  return /^[\w+=,.@-]+$/.test(text) && text.length <= maxCharacters;
}

function uniform(random: Random, alphabet: string, count: number): string {
  const usable = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < count) {
    for (const byte of random.bytes(count - text.length)) {
      if (byte < usable) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

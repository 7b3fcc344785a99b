const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 as bytes of its characters, so that a secret need not become a string; without padding. @see RFC 4648 §6 */
export function base32Characters(bytes: Uint8Array): Uint8Array {
  const characters = new Uint8Array(Math.ceil((bytes.length * 8) / 5));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 5; count -= 5)
      characters[at++] = alphabet.charCodeAt((bits >> (count - 5)) & 31);
  }
  if (count > 0) characters[at] = alphabet.charCodeAt((bits << (5 - count)) & 31);
  return characters;
}

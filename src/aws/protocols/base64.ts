const alphabet = Buffer.from(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'latin1',
);
const padding = 0x3d;
const notADigit = 255;
const digits = new Uint8Array(256).fill(notADigit);
for (const [value, character] of alphabet.entries()) digits[character] = value;

/**
 * Decodes base64 (RFC 4648 §4, padded) from bytes to bytes of their own, so that a secret never becomes
 * a string, which nobody could overwrite.
 * @returns undefined when `text` is not base64
 */
export function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const pads = text.at(-1) !== padding ? 0 : text.at(-2) !== padding ? 1 : 2;
  const bytes = new Uint8Array((text.length / 4) * 3 - pads);
  let invalid = 0;
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const isLast = from + 4 === text.length;
    const a = digits[text[from]!]!;
    const b = digits[text[from + 1]!]!;
    const c = isLast && pads === 2 ? 0 : digits[text[from + 2]!]!;
    const d = isLast && pads > 0 ? 0 : digits[text[from + 3]!]!;
    invalid |= (a | b | c | d) & 0xc0;
    bytes[to] = (a << 2) | (b >> 4);
    if (to + 1 < bytes.length) bytes[to + 1] = (b << 4) | (c >> 2);
    if (to + 2 < bytes.length) bytes[to + 2] = (c << 6) | d;
  }
  if (invalid === 0) return bytes;
  bytes.fill(0);
  return undefined;
}

/** Encodes to base64 as bytes, which the caller overwrites. */
export function encodeBase64(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const a = bytes[from]!;
    const b = bytes[from + 1];
    const c = bytes[from + 2];
    text[to] = alphabet[a >> 2]!;
    text[to + 1] = alphabet[((a & 0x03) << 4) | ((b ?? 0) >> 4)]!;
    if (b !== undefined) text[to + 2] = alphabet[((b & 0x0f) << 2) | ((c ?? 0) >> 6)]!;
    if (c !== undefined) text[to + 3] = alphabet[c & 0x3f]!;
  }
  return text;
}

/** Writes DER (ITU-T X.690). */

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: the identifier octet, the length, `content`. */
export function tlv(tag: number, content: Uint8Array): Uint8Array {
  return joined([header(tag, content.length), content]);
}

/** What stands before a content of so many bytes: the identifier octet, the length. */
export function header(tag: number, length: number): Uint8Array {
  return joined([Uint8Array.of(tag), lengthOctets(length)]);
}

/** Leaves no other copy of its parts, which may be secret. */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([header(derTag.sequence, length), ...parts]);
}

/** @param value a non-negative number, or its big-endian bytes */
export function integer(value: Uint8Array | bigint | number): Uint8Array {
  const magnitude = value instanceof Uint8Array ? value : bigEndian(BigInt(value));
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1;
  const needsZero = magnitude.length === 0 || (magnitude[start] ?? 0) >= 0x80;
  const content = new Uint8Array(magnitude.length - start + (needsZero ? 1 : 0));
  content.set(magnitude.subarray(start), needsZero ? 1 : 0);
  return tlv(derTag.integer, content);
}

/** @param dotted for example `1.2.840.113549.1.1.11` */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = NaN, second = NaN, ...rest] = dotted.split('.').map(Number);
  const arcs = [first * 40 + second, ...rest];
  if (!arcs.every(Number.isSafeInteger)) throw new TypeError('not an object identifier');
  return tlv(derTag.objectIdentifier, Uint8Array.from(arcs.flatMap(base128)));
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return tlv(derTag.octetString, bytes);
}

/** @param unusedBits of the last byte, which must be zero there */
export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return tlv(derTag.bitString, joined([Uint8Array.of(unusedBits), bytes]));
}

export function nullValue(): Uint8Array {
  return tlv(derTag.null, new Uint8Array(0));
}

/** `[tagNumber] EXPLICIT`, around a whole element. */
export function explicit(tagNumber: number, content: Uint8Array): Uint8Array {
  return tlv(0xa0 | tagNumber, content);
}

/** `[tagNumber] IMPLICIT`: `content` is what stands inside the replaced element. */
export function implicit(tagNumber: number, content: Uint8Array, constructed = false): Uint8Array {
  return tlv((constructed ? 0xa0 : 0x80) | tagNumber, content);
}

/** Joins in memory of its own (never Buffer's shared pool): the parts may be secret. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

function bigEndian(value: bigint): Uint8Array {
  if (value < 0n) throw new TypeError('negative numbers are not written');
  const hex = value.toString(16);
  return Uint8Array.from(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

function base128(arc: number): number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift(0x80 | (rest % 128));
  }
  return digits;
}

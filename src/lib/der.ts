/** A strict reader and a writer of DER (ITU-T X.690): what X.509, PKCS and CMS are written in. */

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

/** What was read is not DER, or not the element that was asked for. Holds no input. */
export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
}

/** One element: the identifier octet, the length, `content`. */
export function tlv(tag: number, content: Uint8Array): Uint8Array {
  const length = lengthOctets(content.length);
  const element = new Uint8Array(1 + length.length + content.length);
  element[0] = tag;
  element.set(length, 1);
  element.set(content, 1 + length.length);
  return element;
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(derTag.sequence, joined(parts));
}

/** A SET OF: the parts are put into DER's order (X.690 §11.6). */
export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(derTag.set, joined(parts.toSorted((a, b) => Buffer.compare(a, b))));
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

export function boolean(value: boolean): Uint8Array {
  return tlv(derTag.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function nullValue(): Uint8Array {
  return tlv(derTag.null, new Uint8Array(0));
}

export function utf8String(text: string): Uint8Array {
  return tlv(derTag.utf8String, new TextEncoder().encode(text));
}

/** @throws TypeError for characters outside PrintableString */
export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new TypeError('not a PrintableString');
  return tlv(derTag.printableString, new TextEncoder().encode(text));
}

/** @throws TypeError for characters outside ASCII */
export function ia5String(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.some((byte) => byte > 0x7f)) throw new TypeError('not an IA5String');
  return tlv(derTag.ia5String, bytes);
}

/** A `Time`, cut to seconds: UTCTime before 2050, GeneralizedTime from then on (RFC 5280 §4.1.2.5). */
export function time(instant: Temporal.Instant): Uint8Array {
  const digits = instant
    .toString({ smallestUnit: 'second', roundingMode: 'floor' })
    .replace(/[-:T]/g, '');
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? tlv(derTag.utcTime, new TextEncoder().encode(digits.slice(2)))
    : tlv(derTag.generalizedTime, new TextEncoder().encode(digits));
}

/** `[tagNumber] EXPLICIT`, around a whole element. */
export function explicit(tagNumber: number, content: Uint8Array): Uint8Array {
  return tlv(0xa0 | tagNumber, content);
}

/** `[tagNumber] IMPLICIT`: `content` is what stands inside the replaced element. */
export function implicit(tagNumber: number, content: Uint8Array, constructed = false): Uint8Array {
  return tlv((constructed ? 0xa0 : 0x80) | tagNumber, content);
}

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The whole element, identifier and length included. */
  readonly raw: Uint8Array;
}

const maxDepth = 16;

/** Reads elements one after the other. What it returns are views of the bytes it was given, not copies. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  #offset = 0;

  constructor(bytes: Uint8Array, depth = 0) {
    if (depth > maxDepth) throw new DerError('nested too deeply');
    this.#bytes = bytes;
    this.#depth = depth;
  }

  /** The identifier octet of the next element; undefined at the end. */
  peekTag(): number | undefined {
    return this.#bytes[this.#offset];
  }

  next(): DerElement {
    const start = this.#offset;
    const tag = this.#byte();
    if ((tag & 0x1f) === 0x1f) throw new DerError('tag numbers above 30 are not read');
    const length = this.#length();
    const contentStart = this.#offset;
    if (length > this.#bytes.length - contentStart) throw new DerError('an element is cut off');
    this.#offset = contentStart + length;
    return {
      tag,
      content: this.#bytes.subarray(contentStart, this.#offset),
      raw: this.#bytes.subarray(start, this.#offset),
    };
  }

  /** The content of the next element, which must have this identifier octet. */
  read(tag: number): Uint8Array {
    if (this.peekTag() !== tag) throw new DerError(`element 0x${tag.toString(16)} is missing`);
    return this.next().content;
  }

  /** The content of the next element if it has this identifier octet. */
  readOptional(tag: number): Uint8Array | undefined {
    return this.peekTag() === tag ? this.next().content : undefined;
  }

  /** A reader of what stands inside the next element. */
  readConstructed(tag: number): DerReader {
    return new DerReader(this.read(tag), this.#depth + 1);
  }

  readSequence(): DerReader {
    return this.readConstructed(derTag.sequence);
  }

  readSet(): DerReader {
    return this.readConstructed(derTag.set);
  }

  /** Two's complement, big-endian, minimal, as it stands in the element. */
  readInteger(): Uint8Array {
    const content = this.read(derTag.integer);
    const [first, second = 0] = content;
    if (first === undefined) throw new DerError('an empty INTEGER');
    const isPadded =
      content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (isPadded) throw new DerError('an INTEGER is not minimal');
    return content;
  }

  /** An INTEGER of 0 to 2^31 - 1. */
  readSmallInteger(): number {
    const content = this.readInteger();
    if (content.length > 4 || (content[0] ?? 0) >= 0x80) throw new DerError('INTEGER out of range');
    return content.reduce((value, byte) => value * 256 + byte, 0);
  }

  readObjectIdentifier(): string {
    const arcs = fromBase128(this.read(derTag.objectIdentifier));
    const [head = 0, ...rest] = arcs;
    const first = Math.min(Math.floor(head / 40), 2);
    return [first, head - first * 40, ...rest].join('.');
  }

  readBitString(): { bytes: Uint8Array; unusedBits: number } {
    const content = this.read(derTag.bitString);
    const unusedBits = content[0] ?? 8;
    const bytes = content.subarray(1);
    const last = bytes.at(-1) ?? 0;
    const isSound =
      unusedBits < 8 &&
      (bytes.length > 0 || unusedBits === 0) &&
      (last & ((1 << unusedBits) - 1)) === 0;
    if (!isSound) throw new DerError('a malformed BIT STRING');
    return { bytes, unusedBits };
  }

  readOctetString(): Uint8Array {
    return this.read(derTag.octetString);
  }

  readBoolean(): boolean {
    const [value, ...more] = this.read(derTag.boolean);
    if (more.length > 0 || (value !== 0 && value !== 0xff))
      throw new DerError('a malformed BOOLEAN');
    return value === 0xff;
  }

  /** A UTCTime or GeneralizedTime in the form that RFC 5280 §4.1.2.5 allows: seconds, and `Z`. */
  readTime(): Temporal.Instant {
    const isUtcTime = this.peekTag() === derTag.utcTime;
    const content = this.read(isUtcTime ? derTag.utcTime : derTag.generalizedTime);
    const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
    const century = isUtcTime ? (text < '50' ? '20' : '19') : '';
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + text);
    if (parts === null) throw new DerError('a malformed time');
    const [, year, month, day, hour, minute, second] = parts;
    try {
      return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    } catch {
      throw new DerError('a time that does not exist');
    }
  }

  /** @throws DerError if anything is left */
  end(): void {
    if (this.#offset < this.#bytes.length) throw new DerError('unexpected bytes at the end');
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw new DerError('an element is cut off');
    this.#offset += 1;
    return byte;
  }

  /** Definite, in as few octets as possible, below 2^32 (X.690 §10.1). */
  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('a length that DER forbids');
    let length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + this.#byte();
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('a length is not minimal');
    return length;
  }
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
  const octets = bigEndian(BigInt(length));
  return joined([Uint8Array.of(0x80 | octets.length), octets]);
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

function fromBase128(content: Uint8Array): number[] {
  const arcs: number[] = [];
  let arc = 0;
  let isStart = true;
  for (const byte of content) {
    if (isStart && byte === 0x80) throw new DerError('an OBJECT IDENTIFIER is not minimal');
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) throw new DerError('an OBJECT IDENTIFIER is too large');
    isStart = byte < 0x80;
    if (isStart) {
      arcs.push(arc);
      arc = 0;
    }
  }
  if (arcs.length === 0 || !isStart) throw new DerError('a malformed OBJECT IDENTIFIER');
  return arcs;
}

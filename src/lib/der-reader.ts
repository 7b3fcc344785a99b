import { derTag } from './der-writer.ts';

/** What was read is not DER, or not the element that was asked for. Holds no input. */
export class DerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DerError';
  }
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
    const tag = this.peekTag() ?? 0;
    const content = this.#content();
    return { tag, content, raw: this.#bytes.subarray(start, this.#offset) };
  }

  /** The content of the next element, which must have this identifier octet. */
  read(tag: number): Uint8Array {
    if (this.peekTag() !== tag) throw new DerError(`element 0x${tag.toString(16)} is missing`);
    return this.#content();
  }

  /** The content of the next element if it has this identifier octet. */
  readOptional(tag: number): Uint8Array | undefined {
    return this.peekTag() === tag ? this.#content() : undefined;
  }

  /** A reader of what stands inside the next element. */
  readConstructed(tag: number): DerReader {
    return new DerReader(this.read(tag), this.#depth + 1);
  }

  readSequence(): DerReader {
    return this.readConstructed(derTag.sequence);
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
    const [head = 0, ...rest] = fromBase128(this.read(derTag.objectIdentifier));
    const first = Math.min(Math.floor(head / 40), 2);
    return `${first}.${[head - first * 40, ...rest].join('.')}`;
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

  /** A UTCTime or GeneralizedTime in the form that RFC 5280 §4.1.2.5 allows: seconds (no leap second), and `Z`. */
  readTime(): Temporal.Instant {
    const isUtcTime = this.peekTag() === derTag.utcTime;
    const content = this.read(isUtcTime ? derTag.utcTime : derTag.generalizedTime);
    const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
    const century = isUtcTime ? (text < '50' ? '20' : '19') : '';
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)([0-5]\d)Z$/.exec(century + text);
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

  /** Of the next element, behind which it goes on. */
  #content(): Uint8Array {
    const tag = this.#byte();
    if ((tag & 0x1f) === 0x1f) throw new DerError('tag numbers above 30 are not read');
    const length = this.#length();
    const start = this.#offset;
    if (length > this.#bytes.length - start) throw new DerError('an element is cut off');
    this.#offset = start + length;
    return this.#bytes.subarray(start, this.#offset);
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

/** A reader of the one SEQUENCE that `der` is. @throws DerError */
export function whole(der: Uint8Array): DerReader {
  const outer = new DerReader(der);
  const inner = outer.readSequence();
  outer.end();
  return inner;
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

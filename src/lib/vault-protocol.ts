import type { Duplex } from 'node:stream';
import { joined } from './der-writer.ts';

/**
 * What the vault and its clients say to each other over a pipe: frames of
 * length (4 bytes) · generation of the channel (4) · request (4) · code (1) · fields, each a length (4) and bytes.
 * A request's code is its operation; an answer's is 0, or says why not. Big-endian throughout.
 */
export const maxFrameBytes = 1024 * 1024;
const headerBytes = 9;

/** The code of an operation is its place here. */
export const operationNames = [
  'hello',
  'createBackingKey',
  'encrypt',
  'decrypt',
  'reEncrypt',
  'generateDataKey',
  'generateRandom',
  'decryptToRecipient',
  'verifyHolder',
  'generatePrivateKey',
  'importPrivateKey',
  'signCsr',
  'exportPrivateKey',
  'generateCaKey',
  'signCertificate',
  'signCrl',
  'confirm',
  'unconfirmed',
  'enrolHolder',
  'removeHolder',
  'authenticateRows',
  'generateReadyKey',
  'signJws',
] as const;
export type OperationName = (typeof operationNames)[number];

export const answered = 0;
/** Why the vault said no. A refusal's code is its place here. */
export const refusalReasons = [
  undefined,
  /** Authentication of the ciphertext or wrapping failed: wrong key, wrong context, damaged, unknown version. */
  'invalid-ciphertext',
  /** The key's usage does not allow it (plaintext of an ACM key, another key's purpose, not exportable). */
  'not-allowed',
  'private-key-malformed',
  'private-key-encrypted',
  'private-key-unsupported',
  'private-key-mismatch',
  /** What was to be signed is not a CSR, certificate, CRL or JWS that this key may sign. */
  'unsignable',
  /** The recipient's document: bad signature, unknown holder, too old, used before. */
  'recipient-refused',
  'malformed-request',
] as const;
export type RefusalReason = Exclude<(typeof refusalReasons)[number], undefined>;
/** Code of an answer: the vault cannot do it now, or failed. */
export const unavailable = 255;

/** Bytes that are no frame or not the fields that were expected: the channel cannot be trusted any more. */
export class ProtocolError extends Error {}

export interface Frame {
  readonly generation: number;
  readonly request: number;
  readonly code: number;
  readonly fields: FieldReader;
}

export function encodeFrame(
  { generation, request, code }: Omit<Frame, 'fields'>,
  fields: readonly Uint8Array[],
): Uint8Array {
  const length = fields.reduce((sum, field) => sum + 4 + field.length, headerBytes);
  if (length > maxFrameBytes) throw new ProtocolError('the frame is too long');
  // V8 holds small arrays in its own heap, where it leaves copies; never an ArrayBuffer that is asked for by name.
  const frame = new Uint8Array(new ArrayBuffer(4 + length));
  writeNumber(frame, 0, length);
  writeNumber(frame, 4, generation);
  writeNumber(frame, 8, request);
  frame[12] = code;
  writeFields(frame, 4 + headerBytes, fields);
  return frame;
}

/** Cuts a stream into frames. Each is a copy in memory of its own: the receiver overwrites it with `wipe`. */
export class FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  #part = new Uint8Array(4);
  #filled = 0;
  #isLength = true;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** @throws ProtocolError */
  push(chunk: Uint8Array): void {
    for (let offset = 0; offset < chunk.length;) {
      const taken = chunk.subarray(offset, offset + this.#part.length - this.#filled);
      this.#part.set(taken, this.#filled);
      this.#filled += taken.length;
      offset += taken.length;
      if (this.#filled === this.#part.length) this.#complete();
    }
  }

  /** Overwrites what was read of a frame whose end will not come. */
  wipe(): void {
    this.#part.fill(0);
  }

  #complete(): void {
    const part = this.#part;
    const length = this.#isLength ? readNumber(part, 0) : 4;
    if (length > maxFrameBytes || (this.#isLength && length < headerBytes)) {
      throw new ProtocolError('a frame of a forbidden length');
    }
    this.#isLength = !this.#isLength;
    this.#part = new Uint8Array(new ArrayBuffer(length));
    this.#filled = 0;
    if (!this.#isLength) return;
    this.#onFrame({
      generation: readNumber(part, 0),
      request: readNumber(part, 4),
      code: part[8] ?? 0,
      fields: new FieldReader(part, headerBytes),
    });
  }
}

/** Reads the fields of a frame, in order. */
export class FieldReader {
  readonly #frame: Uint8Array;
  /** The same memory. */
  #texts: Buffer | undefined;
  #offset: number;

  constructor(frame: Uint8Array, offset = 0) {
    this.#frame = frame;
    this.#offset = offset;
  }

  get frameBytes(): number {
    return this.#frame.length;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#frame.length;
  }

  /** A view of the frame: gone once it is wiped. */
  bytes(): Uint8Array {
    const start = this.#next();
    return this.#frame.subarray(start, this.#offset);
  }

  copy(): Uint8Array {
    return new Uint8Array(this.bytes());
  }

  text(): string {
    const start = this.#next();
    const { buffer, byteOffset, length } = this.#frame;
    this.#texts ??= Buffer.from(buffer, byteOffset, length);
    return this.#texts.toString('utf8', start, this.#offset);
  }

  number(): number {
    const start = this.#next();
    if (this.#offset !== start + 4) throw new ProtocolError('a field is not a number');
    return readNumber(this.#frame, start);
  }

  /** An instant or a count: up to 2^53. */
  long(): number {
    const start = this.#next();
    if (this.#offset !== start + 8) throw new ProtocolError('a field is not a long number');
    const value = readNumber(this.#frame, start) * 2 ** 32 + readNumber(this.#frame, start + 4);
    if (!Number.isSafeInteger(value)) throw new ProtocolError('a number is too large');
    return value;
  }

  end(): void {
    if (!this.isAtEnd) throw new ProtocolError('a field too many');
  }

  wipe(): void {
    this.#frame.fill(0);
  }

  /** Steps over a field. @returns where it begins */
  #next(): number {
    const start = this.#offset + 4;
    if (start > this.#frame.length) throw new ProtocolError('a field is missing');
    const end = start + readNumber(this.#frame, this.#offset);
    if (end > this.#frame.length) throw new ProtocolError('a field is cut off');
    this.#offset = end;
    return start;
  }
}

export function numberField(value: number): Uint8Array {
  const field = new Uint8Array(4);
  writeNumber(field, 0, value);
  return field;
}

export function longField(value: number): Uint8Array {
  const field = new Uint8Array(8);
  writeNumber(field, 0, Math.floor(value / 2 ** 32));
  writeNumber(field, 4, value);
  return field;
}

/** Without a DataView, which costs more than all else. */
function writeNumber(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}

function readNumber(bytes: Uint8Array, at: number): number {
  let number = 0;
  for (let i = at; i < at + 4; i += 1) number = number * 256 + (bytes[i] ?? 0);
  return number;
}

const utf8 = new TextEncoder();

export function textField(text: string): Uint8Array {
  return utf8.encode(text);
}

/** Fields one after the other, each with its length before it: what contexts, bindings and statements are written in. */
export function joinedFields(fields: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(fields.reduce((sum, field) => sum + 4 + field.length, 0));
  writeFields(all, 0, fields);
  return all;
}

function writeFields(target: Uint8Array, start: number, fields: readonly Uint8Array[]): void {
  let offset = start;
  for (const field of fields) {
    writeNumber(target, offset, field.length);
    target.set(field, offset + 4);
    offset += 4 + field.length;
  }
}

/** Sends what is said in one turn of the event loop in one write, and overwrites it once it is out. */
export class FrameSender {
  readonly #channel: Duplex;
  #batch: Uint8Array[] = [];

  constructor(channel: Duplex) {
    this.#channel = channel;
  }

  send(frame: Uint8Array): void {
    if (this.#batch.push(frame) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const batch = this.#batch;
    this.#batch = [];
    const [only] = batch;
    const bytes = batch.length === 1 && only !== undefined ? only : joined(batch);
    if (bytes !== only) for (const frame of batch) frame.fill(0);
    this.#channel.write(bytes, () => bytes.fill(0));
  }
}

import type { Duplex } from 'node:stream';
import { joined } from './der-writer.ts';

/**
 * What the vault and its clients say to each other over a pipe: frames of
 * length (4 bytes) · generation of the channel (4) · request (4) · code (1) · fields, each a length (4) and bytes.
 * A request's code is its operation; an answer's is 0, or says why not. Big-endian throughout.
 */
export const maxFrameBytes = 65 * 1024;
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
  /** What was to be signed is not a CSR, certificate or CRL that this key may sign. */
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
  const frame = new Uint8Array(4 + length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, length);
  view.setUint32(4, generation);
  view.setUint32(8, request);
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
    const view = new DataView(part.buffer);
    const length = this.#isLength ? view.getUint32(0) : 4;
    if (length > maxFrameBytes || (this.#isLength && length < headerBytes)) {
      throw new ProtocolError('a frame of a forbidden length');
    }
    this.#isLength = !this.#isLength;
    this.#part = new Uint8Array(length);
    this.#filled = 0;
    if (!this.#isLength) return;
    this.#onFrame({
      generation: view.getUint32(0),
      request: view.getUint32(4),
      code: view.getUint8(8),
      fields: new FieldReader(part, headerBytes),
    });
  }
}

/** Reads the fields of a frame, in order. */
export class FieldReader {
  readonly #frame: Uint8Array;
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
    const start = this.#offset + 4;
    if (start > this.#frame.length) throw new ProtocolError('a field is missing');
    const { buffer, byteOffset } = this.#frame;
    const end = start + new DataView(buffer, byteOffset + this.#offset, 4).getUint32(0);
    if (end > this.#frame.length) throw new ProtocolError('a field is cut off');
    this.#offset = end;
    return this.#frame.subarray(start, end);
  }

  copy(): Uint8Array {
    return new Uint8Array(this.bytes());
  }

  text(): string {
    const { buffer, byteOffset, length } = this.bytes();
    return Buffer.from(buffer, byteOffset, length).toString('utf8');
  }

  number(): number {
    const { buffer, byteOffset, length } = this.bytes();
    if (length !== 4) throw new ProtocolError('a field is not a number');
    return new DataView(buffer, byteOffset, 4).getUint32(0);
  }

  /** An instant or a count: up to 2^53. */
  long(): number {
    const { buffer, byteOffset, length } = this.bytes();
    if (length !== 8) throw new ProtocolError('a field is not a long number');
    const value = Number(new DataView(buffer, byteOffset, 8).getBigUint64(0));
    if (!Number.isSafeInteger(value)) throw new ProtocolError('a number is too large');
    return value;
  }

  end(): void {
    if (!this.isAtEnd) throw new ProtocolError('a field too many');
  }

  wipe(): void {
    this.#frame.fill(0);
  }
}

export function numberField(value: number): Uint8Array {
  const field = new Uint8Array(4);
  new DataView(field.buffer).setUint32(0, value);
  return field;
}

export function longField(value: number): Uint8Array {
  const field = new Uint8Array(8);
  new DataView(field.buffer).setBigUint64(0, BigInt(value));
  return field;
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
  const view = new DataView(target.buffer);
  let offset = start;
  for (const field of fields) {
    view.setUint32(offset, field.length);
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
    const bytes = joined(batch);
    for (const frame of batch) frame.fill(0);
    this.#channel.write(bytes, () => bytes.fill(0));
  }
}

import { isUtf8 } from 'node:buffer';
import { CommonError } from '../errors.ts';
import { maxDepth } from './protocol.ts';

/** What kind of value begins at a place, in the words of AWS's messages. */
export type JsonToken =
  | 'START_OBJECT'
  | 'START_ARRAY'
  | 'STRING_VALUE'
  | 'NUMBER_VALUE'
  | 'TRUE_VALUE'
  | 'FALSE_VALUE'
  | 'NULL_VALUE';

export function serializationError(message: string): CommonError {
  return new CommonError('serialization', message);
}

/**
 * Reads JSON (RFC 8259) from bytes, value by value, as a model asks for it: what nobody asks for is
 * skipped, and a secret is never made a string. Strict: an object with the same key twice, more than
 * `maxDepth` levels, bytes that are no UTF-8 and anything after the value are errors.
 */
export class JsonReader {
  readonly #bytes: Buffer;
  #at = 0;
  #depth = 0;

  /** @param body may be written to: escapes in `stringBytes` are resolved in place */
  constructor(body: Uint8Array) {
    if (!isUtf8(body)) throw serializationError('The body is not UTF-8.');
    this.#bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  }

  peek(): JsonToken {
    this.#skipBlanks();
    const byte = this.#bytes[this.#at];
    switch (byte) {
      case 0x7b:
        return 'START_OBJECT';
      case 0x5b:
        return 'START_ARRAY';
      case 0x22:
        return 'STRING_VALUE';
      case 0x74:
        return 'TRUE_VALUE';
      case 0x66:
        return 'FALSE_VALUE';
      case 0x6e:
        return 'NULL_VALUE';
      default:
        if (byte !== 0x2d && !isDigit(byte)) throw this.#unexpected();
        return 'NUMBER_VALUE';
    }
  }

  /** `read` must read (or skip) the value of each key. */
  object(read: (key: string) => void): void {
    const keys = new Set<string>();
    this.#sequence(0x7b, 0x7d, () => {
      this.#skipBlanks();
      const key = this.string();
      if (keys.has(key)) throw serializationError('An object has the same key twice.');
      keys.add(key);
      this.#skipBlanks();
      this.#expect(0x3a);
      read(key);
    });
  }

  array(read: (index: number) => void): void {
    let index = 0;
    this.#sequence(0x5b, 0x5d, () => read(index++));
  }

  string(): string {
    const [start, end, hasEscapes] = this.#stringRange();
    const text = this.#bytes.toString('utf8', start, end);
    if (!hasEscapes) return text;
    const value = JSON.parse(`"${text}"`) as string;
    if (!value.isWellFormed()) throw serializationError('A string is not well-formed Unicode.');
    return value;
  }

  /** The bytes of a string of ASCII characters, within the body; undefined for another string. */
  stringBytes(): Uint8Array | undefined {
    const [start, end, hasEscapes] = this.#stringRange();
    return hasEscapes ? this.#unescaped(start, end) : this.#bytes.subarray(start, end);
  }

  number(): number {
    this.#skipBlanks();
    const [text] =
      /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/.exec(
        this.#bytes.toString('latin1', this.#at, this.#at + 400),
      ) ?? [];
    if (text === undefined) throw this.#unexpected();
    this.#at += text.length;
    return Number(text);
  }

  literal(token: 'TRUE_VALUE' | 'FALSE_VALUE' | 'NULL_VALUE'): void {
    this.#skipBlanks();
    const word = { TRUE_VALUE: 'true', FALSE_VALUE: 'false', NULL_VALUE: 'null' }[token];
    if (this.#bytes.toString('latin1', this.#at, this.#at + word.length) !== word)
      throw this.#unexpected();
    this.#at += word.length;
  }

  skip(): void {
    const token = this.peek();
    if (token === 'START_OBJECT') this.object(() => this.skip());
    else if (token === 'START_ARRAY') this.array(() => this.skip());
    else if (token === 'STRING_VALUE') this.#stringRange();
    else if (token === 'NUMBER_VALUE') this.number();
    else this.literal(token);
  }

  end(): void {
    this.#skipBlanks();
    if (this.#at !== this.#bytes.length) throw this.#unexpected();
  }

  #sequence(open: number, close: number, readOne: () => void): void {
    if (++this.#depth > maxDepth)
      throw serializationError(`The body is nested deeper than ${maxDepth} levels.`);
    this.#skipBlanks();
    this.#expect(open);
    this.#skipBlanks();
    if (this.#bytes[this.#at] !== close) {
      for (;;) {
        readOne();
        this.#skipBlanks();
        if (this.#bytes[this.#at] === close) break;
        this.#expect(0x2c);
      }
    }
    this.#expect(close);
    this.#depth--;
  }

  /** Where the characters of a string begin and end, and whether a backslash is among them. */
  #stringRange(): [start: number, end: number, hasEscapes: boolean] {
    this.#skipBlanks();
    this.#expect(0x22);
    const start = this.#at;
    let hasEscapes = false;
    for (; ; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || byte < 0x20) throw this.#unexpected();
      if (byte === 0x22) break;
      if (byte === 0x5c) {
        hasEscapes = true;
        this.#escape();
      }
    }
    return [start, this.#at++, hasEscapes];
  }

  /** Moves to the last byte of the escape that begins here. */
  #escape(): void {
    const kind = this.#bytes[++this.#at];
    if (kind === 0x75) {
      if (!/^[0-9A-Fa-f]{4}$/.test(this.#bytes.toString('latin1', this.#at + 1, this.#at + 5)))
        throw this.#unexpected();
      this.#at += 4;
    } else if (kind === undefined || !escapable.has(kind)) {
      throw this.#unexpected();
    }
  }

  /** Resolves `\/` and `\u00xx` in place: other escapes have no place in base64. */
  #unescaped(start: number, end: number): Uint8Array | undefined {
    let to = start;
    for (let from = start; from < end; from++) {
      let byte = this.#bytes[from]!;
      if (byte === 0x5c) {
        byte = this.#bytes[++from]!;
        if (byte === 0x75) {
          byte = Number.parseInt(this.#bytes.toString('latin1', from + 1, from + 5), 16);
          from += 4;
        } else if (byte !== 0x2f) {
          return undefined;
        }
        if (byte > 0x7f) return undefined;
      }
      this.#bytes[to++] = byte;
    }
    return this.#bytes.subarray(start, to);
  }

  #skipBlanks(): void {
    for (;;) {
      const byte = this.#bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at++;
    }
  }

  #expect(byte: number): void {
    if (this.#bytes[this.#at] !== byte) throw this.#unexpected();
    this.#at++;
  }

  #unexpected(): CommonError {
    return serializationError(
      this.#at >= this.#bytes.length
        ? 'Unexpected end of the body.'
        : `Unexpected character at byte ${this.#at}.`,
    );
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

const escapable = new Set(Buffer.from('"\\/bfnrt', 'latin1'));

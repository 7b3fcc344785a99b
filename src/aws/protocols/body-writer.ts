import { reveal, Secret } from '../../lib/secret.ts';
import { encodeBase64 } from './base64.ts';

/** Puts a body together from text, and from secrets that never become a string. */
export class BodyWriter {
  #text = '';
  readonly #parts: (string | Uint8Array)[] = [];

  text(text: string): void {
    this.#text += text;
  }

  /** A sensitive blob as base64; a secret is disposed, bytes stay their owner's. */
  sensitiveBlob(blob: Secret | Uint8Array): void {
    this.#part(encodeBase64(blob instanceof Secret ? reveal(blob) : blob));
    if (blob instanceof Secret) blob[Symbol.dispose]();
  }

  /**
   * A secret that is itself text, such as a secret access key; disposes it.
   * @throws TypeError if it has characters that JSON or XML would have to escape
   */
  secretText(secret: Secret): void {
    const bytes = reveal(secret);
    if (bytes.some((byte) => byte < 0x20 || byte > 0x7e || escaped.has(byte)))
      throw new TypeError('a secret text may only have plain ASCII characters');
    this.#part(Uint8Array.from(bytes));
    secret[Symbol.dispose]();
  }

  /** The body in memory of its own; the parts are overwritten. */
  finish(): Uint8Array {
    const texts = [...this.#parts, this.#text];
    const total = texts.reduce(
      (sum, part) => sum + (typeof part === 'string' ? Buffer.byteLength(part) : part.length),
      0,
    );
    const body = Buffer.alloc(total);
    let offset = 0;
    for (const part of texts) {
      if (typeof part === 'string') {
        offset += body.write(part, offset, 'utf8');
      } else {
        body.set(part, offset);
        offset += part.length;
        part.fill(0);
      }
    }
    return body;
  }

  #part(bytes: Uint8Array): void {
    this.#parts.push(this.#text, bytes);
    this.#text = '';
  }
}

const escaped = new Set(Buffer.from('"\\<>&\'', 'latin1'));

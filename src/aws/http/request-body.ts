import type { IncomingMessage } from 'node:http';
import { ClientShares } from './client-shares.ts';

const mebibyte = 1024 * 1024;

/** Most operations take kilobytes; a batch of 1,000 record sets is the longest. */
const usualBytes = mebibyte;
/** A certificate chain of 2 MiB, the most that ACM takes, in base64. */
const acmBytes = 3 * mebibyte;

export class BodyTooLarge extends Error {
  constructor() {
    super('the body is longer than its service takes');
    this.name = 'BodyTooLarge';
  }
}

/** More bodies are on their way than this process wants to hold in memory. */
export class TooManyBodies extends Error {
  constructor() {
    super('too many bodies are being received at once');
    this.name = 'TooManyBodies';
  }
}

/**
 * What all bodies that are being received or worked on may take together, and a quarter of that those of one client:
 * whose they are is not known yet, and who sends them slowly holds what others need.
 */
export class BodyBudget {
  readonly #clients: ClientShares;
  #free: number;

  constructor(bytes = 256 * mebibyte) {
    this.#free = bytes;
    this.#clients = new ClientShares(bytes / 4);
  }

  /** One request's part of it, given back when disposed. */
  share(clientAddress: string): BodyShare {
    let taken = 0;
    return {
      take: (bytes) => {
        if (bytes > this.#free || !this.#clients.take(clientAddress, bytes))
          throw new TooManyBodies();
        this.#free -= bytes;
        taken += bytes;
      },
      [Symbol.dispose]: () => {
        this.#free += taken;
        this.#clients.give(clientAddress, taken);
        taken = 0;
      },
    };
  }
}

export interface BodyShare extends Disposable {
  /** @throws TooManyBodies */
  take(bytes: number): void;
}

/** How long a body may be, by its `X-Amz-Target`. */
export function maxBodyBytes(target: string | string[] | undefined): number {
  return typeof target === 'string' && target.startsWith('CertificateManager.')
    ? acmBytes
    : usualBytes;
}

/**
 * The whole body, in memory of its own; what the parser held of it is overwritten.
 * @param goOn called before the first byte is asked for, once the length is known to be allowed
 * @throws BodyTooLarge, before anything of a body is kept whose length is told; TooManyBodies
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  share: BodyShare,
  goOn: () => void,
): Promise<Uint8Array> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > maxBytes) throw new BodyTooLarge();
  goOn();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Not `for await`: that would destroy the connection over which the refusal goes.
    await new Promise<void>((resolve, reject) => {
      request.on('data', (chunk: Buffer) => {
        length += chunk.length;
        try {
          if (length > maxBytes) throw new BodyTooLarge();
          share.take(chunk.length);
          chunks.push(chunk);
        } catch (error) {
          request.pause();
          reject(error instanceof Error ? error : new BodyTooLarge());
        }
      });
      request.on('end', resolve);
      request.on('error', reject);
      request.on('close', () => {
        // Every request closes: only one that was cut off is worth an error and its stack.
        if (!request.readableEnded) reject(new Error('the client went away'));
      });
    });
    const [first] = chunks;
    // Nearly all come in one piece, which is nobody else's.
    if (chunks.length === 1 && first !== undefined && isWhole(first)) {
      chunks.pop();
      return first;
    }
    const body = Buffer.alloc(length);
    let offset = 0;
    for (const chunk of chunks) {
      body.set(chunk, offset);
      offset += chunk.length;
    }
    return body;
  } finally {
    for (const chunk of chunks) chunk.fill(0);
  }
}

/** No view of memory that others use as well. */
function isWhole({ byteLength, buffer }: Buffer): boolean {
  return byteLength === buffer.byteLength;
}

import { flag, preface, setting, settings, type } from './test-frames.ts';
import { closed, connectTls } from './test-world.ts';

export interface Frame {
  readonly kind: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A client that speaks HTTP/2 frame by frame, and is as wrong as its test wants. */
export class RawClient implements Disposable {
  readonly frames: Frame[] = [];
  readonly closed: Promise<void>;
  readonly #socket: Awaited<ReturnType<typeof connectTls>>['socket'];
  #unread: Buffer = Buffer.alloc(0);
  #news = Promise.withResolvers<void>();

  private constructor({ socket }: Awaited<ReturnType<typeof connectTls>>) {
    this.#socket = socket;
    this.closed = closed(socket);
    void this.closed.then(() => this.#wake());
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
  }

  /** @param opening sent at once: the preface and no settings, unless it is given */
  static async connect(
    port: number,
    opening: Buffer = Buffer.concat([preface, noTable]),
  ): Promise<RawClient> {
    const client = new RawClient(await connectTls(port, 'TLSv1.3', { ALPNProtocols: ['h2'] }));
    client.send(opening);
    return client;
  }

  get isOpen(): boolean {
    return this.#socket.writable && !this.#socket.readableEnded;
  }

  /** False when the gateway does not read as fast as this is sent, or reads nothing more. */
  send(...frames: readonly Buffer[]): boolean {
    return this.#socket.writable && this.#socket.write(Buffer.concat(frames));
  }

  /** Reads nothing more. */
  pause(): void {
    this.#socket.pause();
  }

  drained(): Promise<void> {
    const drained = new Promise<void>((resolve) => this.#socket.once('drain', resolve));
    return Promise.race([drained, this.closed]);
  }

  /** The first frame that `isWanted`; undefined when the connection is closed without one. */
  async next(isWanted: (frame: Frame) => boolean): Promise<Frame | undefined> {
    for (;;) {
      const found = this.frames.find(isWanted);
      if (found !== undefined || this.#socket.destroyed) return found;
      await this.#news.promise;
    }
  }

  /** Resolves when so many frames of a type were acknowledged, or the connection is closed. */
  async acknowledged(kind: number, count: number): Promise<void> {
    const isAcknowledged = (each: Frame): boolean => each.kind === kind && each.flags === flag.ack;
    while (!this.#socket.destroyed && this.frames.filter(isAcknowledged).length < count)
      await this.#news.promise;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    for (;;) {
      const head = this.#unread.subarray(0, 9);
      const end = 9 + (head.length < 9 ? Infinity : head.readUIntBE(0, 3));
      if (this.#unread.length < end) break;
      this.frames.push({
        kind: head[3] ?? 0,
        flags: head[4] ?? 0,
        stream: head.readUInt32BE(5) & 0x7f_ff_ff_ff,
        payload: this.#unread.subarray(9, end),
      });
      this.#unread = this.#unread.subarray(end);
    }
    this.#wake();
  }

  #wake(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

/** What became of a stream, or of its connection. */
export type Outcome =
  | { readonly status: number }
  | { readonly reset: number }
  | { readonly goaway: number }
  | 'closed';

/** Waits for the answer on a stream, its reset, or the end of the connection. */
export async function outcomeOf(client: RawClient, stream: number): Promise<Outcome> {
  const found = await client.next(
    (each) =>
      // RFC 9113 §6.8: with NO_ERROR, what is open goes on.
      (each.kind === type.goaway && each.payload.readUInt32BE(4) !== 0) ||
      (each.stream === stream && (each.kind === type.headers || each.kind === type.rstStream)),
  );
  if (found === undefined) return 'closed';
  if (found.kind === type.headers) return { status: statusOf(found.payload) };
  if (found.kind === type.rstStream) return { reset: found.payload.readUInt32BE(0) };
  return { goaway: found.payload.readUInt32BE(4) };
}

/**
 * The status that an answer's block of fields begins with: one of the static table, or digits (RFC 7541 appendices A
 * and B), as a client without a dynamic table gets it.
 */
function statusOf(fields: Buffer): number {
  // §6.3: the table's new size may come before.
  const at = fields[0] === 0x20 ? 1 : 0;
  const first = fields[at] ?? 0;
  if (first > 0x87 && first < 0x8f) return [200, 204, 206, 304, 400, 404, 500][first - 0x88] ?? 0;
  const length = fields[at + 1] ?? 0;
  const text = fields.subarray(at + 2, at + 2 + (length & 0x7f));
  return Number(length < 0x80 ? text.toString() : digits(text));
}

function digits(huffman: Buffer): string {
  let bits = [...huffman].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let text = '';
  while (text.length < 3) {
    const isShort = Number.parseInt(bits.slice(0, 5), 2) < 3;
    text += isShort
      ? Number.parseInt(bits.slice(0, 5), 2)
      : Number.parseInt(bits.slice(0, 6), 2) - 0b011001 + 3;
    bits = bits.slice(isShort ? 5 : 6);
  }
  return text;
}

const noTable = settings([setting.headerTableSize, 0]);

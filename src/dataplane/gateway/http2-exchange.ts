import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import type { ClientAddress, Exchange } from './exchange.ts';
import type { RawHeaders } from './headers.ts';
import type { Framing, RequestHead } from './request-head.ts';

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR } = constants;

/** An exchange over one stream of an HTTP/2 connection. Without progress in either direction it is cancelled. */
export class Http2Exchange implements Exchange {
  readonly request: RequestHead;
  readonly body: ServerHttp2Stream;
  readonly client: ClientAddress;
  trailers: readonly string[] = [];
  #ending: RawHeaders = [];
  /** Not node:http2's own, which keeps a stream that is destroyed in memory until it fires. */
  readonly #silence: NodeJS.Timeout;

  constructor(
    request: RequestHead,
    stream: ServerHttp2Stream,
    client: ClientAddress,
    silenceMilliseconds: number,
  ) {
    this.request = request;
    this.body = stream;
    this.client = client;
    this.#silence = setTimeout(() => stream.close(NGHTTP2_CANCEL), silenceMilliseconds);
    stream.once('close', () => clearTimeout(this.#silence));
    // Before there is a listener, so that to listen is not yet to read.
    stream.pause();
    stream.on('data', () => this.#silence.refresh());
    stream.on('drain', () => this.#silence.refresh());
    if (request.framing === 'none') stream.resume();
    else stream.on('trailers', (_trailers, _flags, raw: string[]) => (this.trailers = raw));
  }

  get isWhole(): boolean {
    // node:http2 ends the body of a stream that is reset or whose connection is gone like any other, but closes it first.
    return !this.body.closed;
  }

  get hasBegun(): boolean {
    return this.body.headersSent;
  }

  get isOver(): boolean {
    return this.body.destroyed || this.body.closed || this.body.writableEnded;
  }

  inform(status: number, headers: RawHeaders): void {
    if (!this.isOver && !this.hasBegun)
      this.body.additionalHeaders({ ...grouped(headers), ':status': status });
  }

  begin(status: number, _phrase: string, headers: RawHeaders, framing: Framing): void {
    const stream = this.body;
    if (stream.destroyed || stream.closed) return;
    this.#silence.refresh();
    const list = [':status', String(status)];
    for (let at = 0; at < headers.length; at += 2)
      list.push((headers[at] ?? '').toLowerCase(), headers[at + 1] ?? '');
    if (framing === 'streamed')
      stream.once('wantTrailers', () => {
        if (!stream.destroyed) stream.sendTrailers(grouped(this.#ending));
      });
    stream.respond(list, {
      waitForTrailers: framing === 'streamed',
      endStream: framing === 'none',
    });
  }

  write(chunk: Uint8Array): boolean {
    if (this.isOver) return true;
    this.#silence.refresh();
    return this.body.write(chunk);
  }

  end(trailers: RawHeaders = []): void {
    if (!this.body.closed) this.#silence.refresh();
    this.#ending = trailers;
    this.body.end();
  }

  abort(): void {
    this.body.close(NGHTTP2_INTERNAL_ERROR);
  }

  /** Where the next request begins is never in doubt, and other streams have nothing to do with this one. */
  closeAfter(): void {}

  onDrain(listener: () => void): void {
    this.body.on('drain', listener);
  }

  onClose(listener: () => void): void {
    this.body.once('close', listener);
  }
}

/** Lower case; fields that repeat become lists. A name may be one that every object has: `constructor`, `__proto__`. */
function grouped(headers: RawHeaders): Record<string, string[]> {
  const groups = new Map<string, string[]>();
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    groups.set(name, [...(groups.get(name) ?? []), headers[at + 1] ?? '']);
  }
  return Object.fromEntries(groups);
}

import { trailersToPass } from './headers.ts';
import type { RawHeaders } from './headers.ts';
import { MalformedResponse, readFields, readResponseHead } from './response-head.ts';
import type { ResponseHead } from './response-head.ts';

/** AWS allows 32 KB of response headers; some room above it. */
const maxHeadBytes = 64 * 1024;
const maxChunkLineBytes = 1_024;
/** 1xx before one answer: they have no end of their own, and each is written to the client. */
const maxInterim = 32;

export interface ResponseReader {
  /** 1xx, but not 101. */
  onInform(status: number, headers: RawHeaders): void;
  onHead(head: ResponseHead): void;
  onBody(bytes: Buffer): void;
  /** @param isClean whether nothing came after the answer, which nobody had asked for */
  onEnd(trailers: RawHeaders, isClean: boolean): void;
  /** 101; what follows is another protocol. */
  onUpgrade(head: ResponseHead, rest: Buffer): void;
}

/**
 * Reads the answers of one HTTP/1.1 connection. Strict where RFC 9112 leaves a recipient a choice: a target
 * whose answers can be read in two ways could make one client's answer another's.
 */
export class ResponseParser {
  #state:
    | 'idle'
    | 'head'
    | 'sized'
    | 'until-close'
    | 'chunk-line'
    | 'chunk'
    | 'chunk-end'
    | 'trailers'
    | 'upgraded' = 'idle';
  #reader: ResponseReader | undefined;
  #isHead = false;
  #mayUpgrade = false;
  /** Bytes of the body, or of the chunk, that are still to come. */
  #left = 0;
  /** A head, a chunk's line or trailers of which only the beginning has come. */
  #pending: Buffer | undefined;
  #interim = 0;

  /** The next answer is to a request of this method, and `reader` hears of it. */
  expect(reader: ResponseReader, method: string, mayUpgrade: boolean): void {
    this.#reader = reader;
    this.#isHead = method === 'HEAD';
    this.#mayUpgrade = mayUpgrade;
    this.#state = 'head';
    this.#interim = 0;
  }

  /** @throws MalformedResponse */
  read(bytes: Buffer): void {
    let rest = this.#pending === undefined ? bytes : Buffer.concat([this.#pending, bytes]);
    this.#pending = undefined;
    while (rest.length > 0) {
      const next = this.#step(rest);
      if (next === undefined) {
        this.#pending = rest;
        return;
      }
      rest = next;
    }
  }

  /** The target has closed its side. @throws MalformedResponse when that is in the midst of an answer */
  close(): void {
    if (this.#state === 'until-close') this.#finish([], true);
    else if (this.#state !== 'idle' && this.#state !== 'upgraded')
      throw new MalformedResponse('the target closed the connection');
  }

  /** Reads what it can from the start and gives back what is left; undefined when more is needed. */
  #step(bytes: Buffer): Buffer | undefined {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'sized':
      case 'chunk':
        return this.#readCounted(bytes);
      case 'until-close':
        this.#reader?.onBody(bytes);
        return nothing;
      case 'chunk-line':
        return this.#readChunkLine(bytes);
      case 'chunk-end':
        if (bytes.length < 2) return undefined;
        if (bytes[0] !== 13 || bytes[1] !== 10)
          throw new MalformedResponse('a chunk has another length than it says');
        this.#state = 'chunk-line';
        return bytes.subarray(2);
      case 'trailers':
        return this.#readTrailers(bytes);
      case 'idle':
      case 'upgraded':
        throw new MalformedResponse('bytes that nobody asked for');
    }
  }

  #readHead(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf('\r\n\r\n');
    if (end > maxHeadBytes || (end < 0 && bytes.length > maxHeadBytes))
      throw new MalformedResponse('the head is too long');
    if (end < 0) return undefined;
    const head = readResponseHead(bytes.toString('latin1', 0, end + 2), this.#isHead);
    const rest = bytes.subarray(end + 4);
    if (head.status === 101) {
      if (!this.#mayUpgrade) throw new MalformedResponse('an upgrade that nobody asked for');
      this.#state = 'upgraded';
      this.#reader?.onUpgrade(head, rest);
      return nothing;
    }
    if (head.status < 200) {
      if (++this.#interim > maxInterim) throw new MalformedResponse('too many interim answers');
      this.#reader?.onInform(head.status, head.headers);
      return rest;
    }
    this.#state =
      head.framing === 'sized' ? 'sized' : head.isChunked ? 'chunk-line' : 'until-close';
    this.#left = head.length;
    this.#reader?.onHead(head);
    if (head.framing === 'none') this.#finish([], rest.length === 0);
    return rest;
  }

  #readCounted(bytes: Buffer): Buffer {
    const part = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    const rest = bytes.subarray(part.length);
    this.#left -= part.length;
    this.#reader?.onBody(part);
    if (this.#left > 0) return rest;
    if (this.#state === 'sized') this.#finish([], rest.length === 0);
    else this.#state = 'chunk-end';
    return rest;
  }

  /** RFC 9112 §7.1: a size in hexadecimal digits, extensions that are passed over, CR LF. */
  #readChunkLine(bytes: Buffer): Buffer | undefined {
    const end = bytes.indexOf('\r\n');
    if (end > maxChunkLineBytes || (end < 0 && bytes.length > maxChunkLineBytes))
      throw new MalformedResponse('the line of a chunk is too long');
    if (end < 0) return undefined;
    const line = bytes.toString('latin1', 0, end);
    const size = /^([0-9a-fA-F]{1,12})(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?$/.exec(line)?.[1];
    if (size === undefined) throw new MalformedResponse('the line of a chunk is none');
    this.#left = Number.parseInt(size, 16);
    this.#state = this.#left === 0 ? 'trailers' : 'chunk';
    return bytes.subarray(end + 2);
  }

  #readTrailers(bytes: Buffer): Buffer | undefined {
    if (bytes[0] === 13 && bytes[1] === 10) {
      this.#finish([], bytes.length === 2);
      return bytes.subarray(2);
    }
    const end = bytes.indexOf('\r\n\r\n');
    if (end > maxHeadBytes || (end < 0 && bytes.length > maxHeadBytes))
      throw new MalformedResponse('the trailers are too long');
    if (end < 0) return undefined;
    const trailers = trailersToPass(readFields(bytes.toString('latin1', 0, end + 2)));
    this.#finish(trailers, bytes.length === end + 4);
    return bytes.subarray(end + 4);
  }

  #finish(trailers: RawHeaders, isClean: boolean): void {
    const reader = this.#reader;
    this.#reader = undefined;
    this.#state = 'idle';
    reader?.onEnd(trailers, isClean);
  }
}

const nothing = Buffer.alloc(0);

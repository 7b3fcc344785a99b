import type { Socket } from 'node:net';
import type { RawHeaders } from './headers.ts';
import { MalformedResponse } from './response-head.ts';
import type { ResponseHead } from './response-head.ts';
import { ResponseParser } from './response-parser.ts';
import type { ResponseReader } from './response-parser.ts';
import type { TargetCall, TargetFailure, TargetListener, TargetRequest } from './target-call.ts';

const connectMilliseconds = 10_000;
/** A connection is given up this long before the target would close it, so that no request meets its end. */
const marginMilliseconds = 1_000;

/** RFC 9110 §8.6: these say a length even when there is no body. */
const saysEmptyLength = new Set(['POST', 'PUT', 'PATCH']);

export interface Http1TargetEvents {
  /** The answer has ended, and another request may be sent. */
  readonly onFree: (connection: Http1Target) => void;
  readonly onClose: (connection: Http1Target) => void;
}

/** One connection to a target, with one request at a time. */
export class Http1Target implements TargetCall, ResponseReader {
  readonly #socket: Socket;
  readonly #events: Http1TargetEvents;
  readonly #parser = new ResponseParser();
  readonly #connecting: NodeJS.Timeout;
  #listener: TargetListener | undefined;
  #isChunking = false;
  #isRequestSent = false;
  #hasAnswered = false;
  #isReused = false;
  #isKept = false;
  #idleMilliseconds = 0;
  #keepMilliseconds = Infinity;

  /** @param socket connecting, or to be told to */
  constructor(
    socket: Socket,
    connectEvent: 'connect' | 'secureConnect',
    events: Http1TargetEvents,
  ) {
    this.#socket = socket;
    this.#events = events;
    this.#connecting = setTimeout(() => this.#fail('late'), connectMilliseconds);
    socket.setNoDelay(true);
    socket.once(connectEvent, () => clearTimeout(this.#connecting));
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('drain', () => this.#listener?.onDrain());
    socket.on('timeout', () => this.#fail('late'));
    socket.on('error', () => this.#fail('broken'));
    socket.on('end', () => this.#readEnd());
    socket.on('close', () => {
      clearTimeout(this.#connecting);
      this.#fail('broken');
      events.onClose(this);
    });
  }

  /** How long it may wait for another request; known once it was freed. */
  get keepMilliseconds(): number {
    return this.#keepMilliseconds;
  }

  get isOpen(): boolean {
    return this.#socket.writable;
  }

  /**
   * Sends the head of a request.
   * @param idleMilliseconds how long the target may be silent
   * @returns false, with nothing sent, when a field cannot be written
   */
  start(request: TargetRequest, listener: TargetListener, idleMilliseconds: number): boolean {
    const head = requestHead(request);
    if (head === undefined) return false;
    this.#listener = listener;
    this.#isChunking = request.framing === 'streamed';
    this.#isRequestSent = request.framing === 'none';
    this.#hasAnswered = false;
    this.#isKept = false;
    this.#parser.expect(this, request.method, request.isWebSocket);
    if (idleMilliseconds !== this.#idleMilliseconds) {
      this.#idleMilliseconds = idleMilliseconds;
      this.#socket.setTimeout(idleMilliseconds);
    }
    this.#socket.write(head, 'latin1');
    return true;
  }

  write(chunk: Uint8Array): boolean {
    if (!this.#isChunking) return this.#socket.write(chunk);
    if (chunk.length === 0) return true;
    this.#socket.cork();
    this.#socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1');
    this.#socket.write(chunk);
    const isReady = this.#socket.write('\r\n', 'latin1');
    this.#socket.uncork();
    return isReady;
  }

  end(trailers: RawHeaders): void {
    if (this.#isChunking) this.#socket.write(`0\r\n${fieldLines(trailers)}\r\n`, 'latin1');
    this.#isRequestSent = true;
    if (this.#listener === undefined) this.#free();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  abandon(): void {
    this.#listener = undefined;
    this.#socket.destroy();
  }

  onInform(status: number, headers: RawHeaders): void {
    this.#hasAnswered = true;
    this.#listener?.onInform(status, headers);
  }

  onHead(head: ResponseHead): void {
    this.#hasAnswered = true;
    this.#isKept = head.isKept;
    this.#keepMilliseconds = (head.keepAliveSeconds ?? Infinity) * 1_000 - marginMilliseconds;
    this.#listener?.onAnswer(head);
  }

  onBody(bytes: Buffer): void {
    this.#listener?.onBody(bytes);
  }

  onEnd(trailers: RawHeaders, isClean: boolean): void {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#isKept &&= isClean;
    // Before the client hears of it, so that its next request finds the connection.
    if (this.#isRequestSent) this.#free();
    listener?.onEnd(trailers);
    // A target that has answered need not hear the rest; a client need not send it.
    if (!this.#isRequestSent) this.#socket.destroy();
  }

  onUpgrade(head: ResponseHead, rest: Buffer): void {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#socket.removeAllListeners('data');
    this.#socket.removeAllListeners('drain');
    listener?.onUpgrade(head, this.#socket, rest);
  }

  #read(bytes: Buffer): void {
    try {
      this.#parser.read(bytes);
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.#fail('broken');
    }
  }

  #readEnd(): void {
    try {
      this.#parser.close();
      this.#socket.destroy();
    } catch (error) {
      if (!(error instanceof MalformedResponse)) throw error;
      this.#fail('broken');
    }
  }

  #free(): void {
    if (!this.#isKept || !this.#socket.writable) return void this.#socket.destroy();
    this.#isReused = true;
    // The client may have been slow just then.
    this.#socket.resume();
    this.#events.onFree(this);
  }

  #fail(failure: TargetFailure): void {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#socket.destroy();
    const isStale = failure === 'broken' && this.#isReused && !this.#hasAnswered;
    listener?.onFailure(isStale ? 'stale' : failure);
  }
}

/** Undefined when it holds a character that would end a line, or that Latin-1 does not have. */
function requestHead(request: TargetRequest): string | undefined {
  const { method, target, authority, framing, contentLength } = request;
  let head = `${method} ${target} HTTP/1.1\r\n`;
  if (authority !== undefined) head += `Host: ${authority}\r\n`;
  head += fieldLines(request.headers);
  if (framing === 'streamed') head += 'Transfer-Encoding: chunked\r\n';
  else if (contentLength !== undefined) head += `Content-Length: ${contentLength}\r\n`;
  else if (saysEmptyLength.has(method)) head += 'Content-Length: 0\r\n';
  if (request.expectsContinue) head += 'Expect: 100-continue\r\n';
  if (request.isWebSocket) head += 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  return wellFormedHead.test(head) ? `${head}\r\n` : undefined;
}

/** RFC 9112 §3 and §5. All of it has been checked when it came; here is the last place at which a mistake shows. */
const wellFormedHead =
  /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+ [\x21-\x7e\x80-\xff]+ HTTP\/1\.1\r\n(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+: [\t\x20-\x7e\x80-\xff]*\r\n)*$/;

function fieldLines(headers: RawHeaders): string {
  let lines = '';
  for (let at = 0; at < headers.length; at += 2) lines += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return lines;
}

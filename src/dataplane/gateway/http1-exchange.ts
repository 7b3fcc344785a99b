import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connections.ts';
import type { ClientAddress, Exchange } from './exchange.ts';
import type { RawHeaders } from './headers.ts';
import type { RequestHead } from './request-head.ts';

/** An exchange over HTTP/1. */
export class Http1Exchange implements Exchange {
  readonly request: RequestHead;
  readonly body: IncomingMessage;
  readonly client: ClientAddress;
  readonly #response: ServerResponse;
  readonly #connection: Connection;

  constructor(
    request: RequestHead,
    body: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
  ) {
    this.request = request;
    this.body = body;
    this.client = connection.client;
    this.#response = response;
    this.#connection = connection;
  }

  get trailers(): readonly string[] {
    return this.body.rawTrailers;
  }

  get isWhole(): boolean {
    return this.body.complete;
  }

  get hasBegun(): boolean {
    return this.#response.headersSent;
  }

  get isOver(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  inform(status: number, headers: RawHeaders): void {
    // RFC 9110 §15.2: not to a client of HTTP/1.0.
    if (this.body.httpVersion === '1.1') this.#response.writeInformation(status, headers);
  }

  begin(status: number, phrase: string, headers: RawHeaders): void {
    const { isClosing, isLast, waiting } = this.#connection;
    if (isClosing || (isLast && waiting.length === 0)) this.#response.shouldKeepAlive = false;
    this.#response.writeHead(status, phrase, headers);
  }

  write(chunk: Uint8Array): boolean {
    return this.#response.write(chunk);
  }

  end(trailers: RawHeaders = []): void {
    if (trailers.length > 0) this.#response.addTrailers(paired(trailers));
    this.#response.end();
  }

  abort(): void {
    this.#response.destroy();
  }

  closeAfter(): void {
    // node:http reads on, and would serve what comes behind this request.
    this.#connection.isClosing = true;
  }

  onDrain(listener: () => void): void {
    this.#response.on('drain', listener);
  }

  onClose(listener: () => void): void {
    this.#response.once('close', listener);
  }
}

function paired(headers: RawHeaders): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2)
    pairs.push([headers[at] ?? '', headers[at + 1] ?? '']);
  return pairs;
}

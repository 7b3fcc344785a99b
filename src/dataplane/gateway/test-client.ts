import { connect } from 'node:http2';
import type { ClientHttp2Stream } from 'node:http2';
import { request } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Readable, Writable } from 'node:stream';

export const versions = ['HTTP/1.1', 'HTTP/2'] as const;

export interface Asking {
  /** shop.test if absent, as the authority. */
  readonly servername?: string;
  readonly authority?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly hasBody?: boolean;
  readonly trailers?: Readonly<Record<string, string>>;
}

export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A request of Node's own clients, of one version or the other, on a connection of its own. */
export class Asked implements Disposable {
  /** The request's body. */
  readonly body: Writable;
  /** In the order in which they came. */
  readonly interim: Head[] = [];
  readonly #head = Promise.withResolvers<Head & { readonly stream: Readable }>();
  readonly #close: () => void;
  #trailers: Readonly<Record<string, unknown>> = {};

  constructor(version: (typeof versions)[number], port: number, asking: Asking = {}) {
    this.#head.promise.catch(() => {});
    const { stream, close } =
      version === 'HTTP/2' ? this.#askHttp2(port, asking) : this.#askHttp1(port, asking);
    stream.on('error', (error) => this.#head.reject(error));
    this.body = stream;
    this.#close = close;
    if (asking.hasBody !== true) stream.end();
  }

  /** Rejects when the connection ends without one. */
  async head(): Promise<Head> {
    const { status, headers } = await this.#head.promise;
    return { status, headers };
  }

  /** The answer's body, to be read once. */
  async stream(): Promise<Readable> {
    return (await this.#head.promise).stream;
  }

  /** The whole answer. Rejects when it breaks off. */
  async answer(): Promise<Head & { readonly text: string; readonly trailers: object }> {
    const { status, headers, stream } = await this.#head.promise;
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return { status, headers, text, trailers: { ...this.#trailers } };
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  #askHttp1(port: number, asking: Asking) {
    const { method = 'GET', path = '/', headers = {}, trailers = {} } = asking;
    const { servername = 'shop.test', authority = 'shop.test' } = asking;
    const stream: ClientRequest = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      servername,
      rejectUnauthorized: false,
      agent: false,
      headers: { host: authority, ...headers },
    });
    stream.addTrailers(trailers);
    stream.on('information', ({ statusCode: status, headers: fields }) =>
      this.interim.push({ status, headers: fields }),
    );
    stream.on('response', (response: IncomingMessage) => {
      response.on('error', () => {});
      response.on('end', () => (this.#trailers = response.trailers));
      this.#head.resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        stream: response,
      });
    });
    return { stream, close: () => stream.destroy() };
  }

  #askHttp2(port: number, asking: Asking) {
    const { method = 'GET', path = '/', headers = {}, trailers } = asking;
    const { servername = 'shop.test', authority = 'shop.test' } = asking;
    const session = connect(`https://127.0.0.1:${port}`, {
      servername,
      rejectUnauthorized: false,
    });
    session.on('error', (error) => this.#head.reject(error));
    const stream: ClientHttp2Stream = session.request(
      { ':method': method, ':path': path, ':authority': authority, ...headers },
      { endStream: false, waitForTrailers: trailers !== undefined },
    );
    stream.on('wantTrailers', () => stream.sendTrailers(trailers ?? {}));
    stream.on('headers', (fields) =>
      this.interim.push({ status: Number(fields[':status']), headers: fields }),
    );
    stream.on(
      'trailers',
      (fields) => (this.#trailers = Object.fromEntries(Object.entries(fields))),
    );
    stream.on('response', (fields) =>
      this.#head.resolve({ status: Number(fields[':status']), headers: fields, stream }),
    );
    return { stream, close: () => session.destroy() };
  }
}

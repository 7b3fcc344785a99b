import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { ConnectionOptions } from 'node:tls';

export interface LoadResult {
  readonly http1: number;
  readonly http2: number;
  readonly failures: readonly string[];
}

const clientsOfEach = 4;

/**
 * Clients that ask for one page after the other until they are told to end, over connections that they keep: over
 * HTTP/1.1, and over HTTP/2 as several streams of one connection. They do nothing a second time: what fails has failed.
 */
export class TestLoad {
  readonly #tls: ConnectionOptions & { readonly servername: string };
  readonly #agent: Agent;
  readonly #counts = { http1: 0, http2: 0 };
  readonly #failures: string[] = [];
  readonly #clients: Promise<void>[] = [];
  #session: ClientHttp2Session | undefined;
  #hasEnded = false;

  private constructor(port: number, servername: string) {
    this.#tls = { host: '127.0.0.1', port, servername, rejectUnauthorized: false };
    this.#agent = new Agent({ keepAlive: true, ...this.#tls });
  }

  static start(port: number, servername: string): TestLoad {
    const load = new TestLoad(port, servername);
    for (let n = 0; n < clientsOfEach; n += 1) {
      load.#clients.push(load.#askAgain('http1', () => load.#askHttp1()));
      load.#clients.push(load.#askAgain('http2', () => load.#askHttp2()));
    }
    return load;
  }

  get counts(): Readonly<Record<'http1' | 'http2', number>> {
    return { ...this.#counts };
  }

  /** Resolves when each client has got its last answer. */
  async end(): Promise<LoadResult> {
    this.#hasEnded = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
    this.#session?.destroy();
    return { ...this.#counts, failures: this.#failures };
  }

  async #askAgain(name: 'http1' | 'http2', ask: () => Promise<number>): Promise<void> {
    while (!this.#hasEnded) {
      try {
        const status = await ask();
        this.#counts[name] += 1;
        if (status !== 200) this.#failures.push(`${name}: ${status}`);
      } catch (error) {
        this.#failures.push(`${name}: ${String(error)}`);
      }
    }
  }

  async #askHttp1(): Promise<number> {
    const asking = request({
      ...this.#tls,
      agent: this.#agent,
      headers: { host: this.#tls.servername },
    });
    asking.end();
    const [response] = await once(asking, 'response');
    await buffer(response);
    return response.statusCode;
  }

  async #askHttp2(): Promise<number> {
    const { servername, port } = this.#tls;
    // RFC 9113 §6.8: after GOAWAY there is nothing new on a connection.
    if (this.#session === undefined || this.#session.closed) {
      this.#session = connectHttp2(`https://127.0.0.1:${port}`, {
        servername,
        rejectUnauthorized: false,
      });
      this.#session.on('error', () => {});
    }
    const stream = this.#session.request({ ':path': '/', ':authority': servername });
    const answered = once(stream, 'response');
    const [body, [headers]] = await Promise.all([buffer(stream), answered]);
    if (body.length === 0) throw new Error('no body');
    return Number(headers[':status']);
  }
}

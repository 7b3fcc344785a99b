import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { TestWorld, targetGroup } from './test-world.ts';

/** What a target is sent beside what the client said. */
const ofGateway = /^X-Forwarded-(?:For|Proto|Port): .*\r\n/gm;

/**
 * A target that keeps each byte that it is sent, and answers when a request is whole by the letter of RFC 9112.
 * Whatever else comes, too much or never enough, stays in `rest`.
 */
export class RecordingTarget implements Disposable {
  /** Each as it came, but for the gateway's own X-Forwarded-*. */
  readonly requests: string[] = [];
  readonly port: number;
  readonly #server: Server;
  readonly #unread = new Map<Socket, string>();

  private constructor(server: Server, answer: string) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        let text = `${this.#unread.get(socket) ?? ''}${bytes.toString('latin1')}`;
        for (let length = requestLength(text); length > 0; length = requestLength(text)) {
          this.requests.push(text.slice(0, length).replaceAll(ofGateway, ''));
          text = text.slice(length);
          socket.write(answer, 'latin1');
        }
        this.#unread.set(socket, text);
      });
    });
  }

  static async start(
    answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  ): Promise<RecordingTarget> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RecordingTarget(server, answer);
  }

  /** Bytes that are no whole request. */
  get rest(): string {
    return [...this.#unread.values()].join('');
  }

  /** Whether the rest of a request may still come. */
  get isWaiting(): boolean {
    return [...this.#unread].some(([socket, text]) => text !== '' && !socket.destroyed);
  }

  /** Forgets what has come. */
  clear(): void {
    this.requests.length = 0;
    for (const socket of this.#unread.keys()) {
      if (socket.destroyed) this.#unread.delete(socket);
      else this.#unread.set(socket, '');
    }
  }

  [Symbol.dispose](): void {
    this.#server.close();
    for (const socket of this.#unread.keys()) socket.destroy();
  }
}

export function worldBefore({ port }: { readonly port: number }): Promise<TestWorld> {
  return TestWorld.start(undefined, {
    state: (all) => ({
      ...all.state(),
      TargetGroups: [targetGroup([{ Id: '127.0.0.1', Port: port }])],
    }),
  });
}

/** Of the request at the start of `text`, with its body; 0 when it is not whole. */
function requestLength(text: string): number {
  const headLength = text.indexOf('\r\n\r\n') + 4;
  if (headLength < 4) return 0;
  const head = text.slice(0, headLength);
  if (/^transfer-encoding: chunked\r$/im.test(head)) return chunksEnd(text, headLength);
  const length = headLength + Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? 0);
  return text.length < length ? 0 : length;
}

/** Where the chunks that begin at `start` end, with their trailers; 0 when they do not. */
function chunksEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    const line = /^([0-9a-f]+)\r\n/.exec(text.slice(at, at + 20));
    if (line === null) return 0;
    at += line[0].length;
    const size = Number.parseInt(line[1] ?? '', 16);
    if (size === 0) break;
    if (text.slice(at + size, at + size + 2) !== '\r\n') return 0;
    at += size + 2;
  }
  const trailers = /^(?:[^\r]+\r\n)*\r\n/.exec(text.slice(at));
  return trailers === null ? 0 : at + trailers[0].length;
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorPage, phraseOf } from './answers.ts';
import { chooseTarget } from './front.ts';
import type { Front } from './front.ts';
import type { RawHeaders } from './headers.ts';
import type { Upgrade } from './listener.ts';
import type { TargetAnswer, TargetCall, TargetFailure, TargetListener } from './target-call.ts';
import { headersForTarget } from './target-head.ts';

/**
 * Only WebSocket, as AWS does: any other protocol (h2c above all) would let a client speak to the target past
 * everything that is checked here. Other requests are served as if they had not asked.
 */
export function isWebSocket(request: IncomingMessage): boolean {
  const { upgrade, 'transfer-encoding': coding, 'content-length': length = '0' } = request.headers;
  return (
    request.method === 'GET' &&
    upgrade?.toLowerCase() === 'websocket' &&
    coding === undefined &&
    length === '0'
  );
}

/** Passes a WebSocket through (RFC 6455 §1.3); the bytes after the handshake are not looked at. */
export function serveUpgrade(front: Front, upgrade: Upgrade): void {
  const { request, socket, client } = upgrade;
  socket.on('error', () => socket.destroy());
  const chosen = chooseTarget(front);
  if (typeof request === 'number') return refuse(socket, request);
  if (chosen === undefined) return refuse(socket, 503);
  const tunnel = new Tunnel(upgrade);
  const call = chosen.group.call(
    chosen.target,
    {
      method: 'GET',
      target: request.target,
      authority: request.authority,
      headers: headersForTarget(request, client, front),
      framing: 'none',
      contentLength: undefined,
      expectsContinue: false,
      isWebSocket: true,
    },
    tunnel,
    { idleMilliseconds: front.attributes.idleMilliseconds, isNew: true },
  );
  if (typeof call === 'number') return refuse(socket, call);
  tunnel.begin(call);
}

/** The two sockets of a WebSocket, or the answer of a target that does not want one. */
class Tunnel implements TargetListener {
  readonly #socket: Duplex;
  readonly #head: Buffer;
  #call: TargetCall | undefined;
  #hasBegun = false;

  constructor({ socket, head }: Upgrade) {
    this.#socket = socket;
    this.#head = head;
  }

  begin(call: TargetCall): void {
    this.#call = call;
    this.#socket.once('close', () => this.#call?.abandon());
    this.#socket.on('drain', () => this.#call?.resume());
  }

  onInform(): void {}

  onAnswer(answer: TargetAnswer): void {
    this.#hasBegun = true;
    // Chunks were taken apart: the end of the connection says where the body ends.
    this.#socket.write(head(answer, ['Connection', 'close']), 'latin1');
  }

  onBody(bytes: Buffer): void {
    if (!this.#socket.write(bytes)) this.#call?.pause();
  }

  onEnd(): void {
    this.#call = undefined;
    this.#socket.end(() => this.#socket.destroy());
  }

  onUpgrade(answer: TargetAnswer, target: Duplex, rest: Buffer): void {
    const client = this.#socket;
    this.#call = undefined;
    client.write(head(answer, ['Connection', 'Upgrade', 'Upgrade', 'websocket']), 'latin1');
    client.write(rest);
    target.write(this.#head);
    const end = (): void => {
      client.destroy();
      target.destroy();
    };
    target.once('close', end);
    client.once('close', end);
    client.pipe(target).once('finish', end);
    target.pipe(client).once('finish', end);
  }

  onDrain(): void {}

  onFailure(failure: TargetFailure): void {
    this.#call = undefined;
    if (this.#hasBegun) this.#socket.destroy();
    else refuse(this.#socket, failure === 'late' ? 504 : 502);
  }
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable || socket.destroyed) return;
  const page = errorPage(status);
  const answer = {
    status,
    phrase: phraseOf(status),
    headers: [
      'Server',
      'holdfast',
      'Content-Type',
      'text/html',
      'Content-Length',
      `${page.length}`,
    ],
  };
  socket.end(`${head(answer, ['Connection', 'close'])}${page}`, () => socket.destroy());
}

function head(
  { status, phrase, headers }: Pick<TargetAnswer, 'status' | 'phrase' | 'headers'>,
  connection: RawHeaders,
): string {
  const all = [...headers, ...connection];
  let lines = `HTTP/1.1 ${status} ${phrase === '' ? phraseOf(status) : phrase}\r\n`;
  for (let at = 0; at < all.length; at += 2) lines += `${all[at]}: ${all[at + 1]}\r\n`;
  return `${lines}\r\n`;
}

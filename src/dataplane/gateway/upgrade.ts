import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import { errorPage, phraseOf } from './answers.ts';
import { chooseTarget } from './front.ts';
import type { Front } from './front.ts';
import { endToEnd, headersForTarget } from './headers.ts';
import { hasBody, refusalOf } from './request-check.ts';

const connectMilliseconds = 10_000;

/**
 * Only WebSocket, as AWS does: any other protocol (h2c above all) would let a client speak to the target past
 * everything that is checked here. Other requests are served as if they had not asked.
 */
export function isWebSocket(request: IncomingMessage): boolean {
  return (
    request.method === 'GET' &&
    request.headers.upgrade?.toLowerCase() === 'websocket' &&
    !hasBody(request)
  );
}

/** Passes a WebSocket through (RFC 6455 §1.3); the bytes after the handshake are not looked at. */
export function serveUpgrade(
  front: Front,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy());
  const refusal = refusalOf(request);
  const chosen = chooseTarget(front);
  if (refusal !== undefined || chosen === undefined) return refuse(socket, refusal ?? 503);
  const headers = headersForTarget(request, front);
  headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  const { idleMilliseconds } = front.attributes;
  const options = { method: 'GET', path: request.url, headers };
  const toTarget = chosen.group.request(chosen.target, options);
  if (toTarget === undefined) return refuse(socket, 400);
  const connecting = setTimeout(() => toTarget.destroy(new Error('late')), connectMilliseconds);
  socket.once('close', () => toTarget.destroy());
  toTarget.once('close', () => clearTimeout(connecting));
  toTarget.setTimeout(idleMilliseconds, () => toTarget.destroy(new Error('late')));
  toTarget.on('upgrade', (response, targetSocket, targetHead) => {
    clearTimeout(connecting);
    writeHead(socket, response, ['Connection', 'Upgrade', 'Upgrade', 'websocket']);
    socket.write(targetHead);
    targetSocket.write(head);
    const end = (): void => {
      socket.destroy();
      targetSocket.destroy();
    };
    targetSocket.setTimeout(idleMilliseconds, end).on('error', end).once('close', end);
    socket.once('close', end);
    socket.pipe(targetSocket).once('finish', end);
    targetSocket.pipe(socket).once('finish', end);
  });
  toTarget.on('response', (response) => {
    clearTimeout(connecting);
    writeHead(socket, response, ['Connection', 'close']);
    pipeline(response, socket, () => socket.destroy());
  });
  toTarget.on('error', () => refuse(socket, 502));
  toTarget.end();
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable || socket.destroyed) return;
  const page = errorPage(status);
  socket.end(
    `HTTP/1.1 ${status} ${phraseOf(status)}\r\nServer: holdfast\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
    () => socket.destroy(),
  );
}

/** The target's head as it came, but for what concerns its connection; chunks were taken apart, so the end says the length. */
function writeHead(socket: Duplex, response: IncomingMessage, connection: string[]): void {
  const status = response.statusCode ?? 502;
  const headers = [...endToEnd(response), ...connection];
  const lines = [`HTTP/1.1 ${status} ${phraseOf(status)}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

import type { IncomingMessage } from 'node:http';
import type { ServingAttributes } from './attributes.ts';

/** Names and values in turn, as node:http's `rawHeaders` and as it takes them: names keep the sender's case. */
export type RawHeaders = string[];

/** RFC 9110 §7.6.1: for this connection only. `expect` too, as it was met here (AWS answers 100 itself). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/** What a sender may not have removed by naming it in Connection. */
const neverNamed = new Set(['host', 'content-length']);

/** A message's headers without those of its connection and without `others` (lower case). */
export function endToEnd(
  { rawHeaders, headers }: IncomingMessage,
  others: ReadonlySet<string> = new Set(),
): RawHeaders {
  const named = connectionOptions(headers.connection);
  const kept: RawHeaders = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const key = name.toLowerCase();
    if (hopByHop.has(key) || others.has(key) || named.has(key)) continue;
    kept.push(name, rawHeaders[at + 1] ?? '');
  }
  return kept;
}

function connectionOptions(connection: string | undefined): ReadonlySet<string> {
  if (connection === undefined) return new Set();
  const options = connection.split(',').map((option) => option.trim().toLowerCase());
  return new Set(options.filter((option) => !neverNamed.has(option)));
}

const written = new Set(['x-forwarded-proto', 'x-forwarded-port']);
const writtenWithFor = new Set([...written, 'x-forwarded-for']);

/**
 * The headers that a target gets.
 * @see AWS "HTTP headers and Application Load Balancers"
 */
export function headersForTarget(
  request: IncomingMessage,
  front: {
    readonly protocol: 'HTTP' | 'HTTPS';
    readonly port: number;
    readonly attributes: ServingAttributes;
  },
): RawHeaders {
  const { attributes } = front;
  const headers = endToEnd(
    request,
    attributes.forwardedFor === 'preserve' ? written : writtenWithFor,
  );
  if (attributes.forwardedFor === 'append') {
    const before = request.headersDistinct['x-forwarded-for'] ?? [];
    headers.push('X-Forwarded-For', [...before, clientOf(request, attributes)].join(', '));
  }
  headers.push('X-Forwarded-Proto', front.protocol.toLowerCase());
  headers.push('X-Forwarded-Port', String(front.port));
  return headers;
}

function clientOf({ socket }: IncomingMessage, { hasClientPort }: ServingAttributes): string {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  if (!hasClientPort) return address;
  return address.includes(':')
    ? `[${address}]:${socket.remotePort}`
    : `${address}:${socket.remotePort}`;
}

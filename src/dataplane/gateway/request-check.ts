import type { IncomingMessage } from 'node:http';

/** AWS: the request line and each header are at most 16 KB. */
const maxLineBytes = 16 * 1024;

/**
 * The status with which a request is refused, or undefined when it may be served. node:http has parsed it
 * strictly already (no Content-Length beside Transfer-Encoding, no two lengths, no bare LF, no folded lines);
 * this is what a proxy must not pass on and node:http lets through.
 */
export function refusalOf(request: IncomingMessage): number | undefined {
  const { method, url = '', headersDistinct, rawHeaders } = request;
  if (method === 'TRACE') return 405;
  if (url.length > maxLineBytes) return 414;
  // Control characters and spaces would end the request line early at a lenient target; RFC 9112 §3.2: no fragment.
  if (!/^[\x21\x22\x24-\x7e\x80-\xff]+$/.test(url)) return 400;
  if (!(url.startsWith('/') || (url === '*' && method === 'OPTIONS'))) return 400;
  if (rawHeaders.some((text) => text.length > maxLineBytes)) return 400;
  // RFC 9112 §3.2: more than one Host, or one that is no host, is answered 400.
  const hosts = headersDistinct['host'] ?? [];
  if (hosts.length > 1 || !hosts.every(isHost)) return 400;
  const coding = headersDistinct['transfer-encoding'];
  if (coding === undefined) return undefined;
  // RFC 9112 §6.1: a recipient of HTTP/1.0 with a transfer coding must treat the framing as faulty.
  if (request.httpVersion !== '1.1') return 400;
  return coding.length === 1 && coding[0]?.toLowerCase() === 'chunked' ? undefined : 501;
}

/** RFC 9110 §7.2: uri-host [ ":" port ]. */
function isHost(host: string): boolean {
  return /^(?:\[[0-9a-f:.]+\]|[a-z0-9._~%!$&'()*+,;=-]*)(?::\d*)?$/i.test(host);
}

/** Whether a body follows the head. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'transfer-encoding': coding, 'content-length': length } = headers;
  return coding !== undefined || (length !== undefined && length !== '0');
}

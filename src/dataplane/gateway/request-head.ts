import { sortFields } from './headers.ts';
import type { RawHeaders } from './headers.ts';

/** AWS: the request line and each header are at most 16 KB. */
const maxLineBytes = 16 * 1024;
/** AWS: the whole of the headers is at most 64 KB. */
export const maxHeaderBytes = 64 * 1024;
/** More fields than any honest client sends; each costs every party a little. */
const maxFields = 256;

/** How the end of a body is found: by its length, by chunks or frames, or there is none. */
export type Framing = 'none' | 'sized' | 'streamed';

/** What a request asks for: checked, and free of what concerned the client's connection only. */
export interface RequestHead {
  readonly method: string;
  /** Path and query, or `*`. */
  readonly target: string;
  /** Host or `:authority`; undefined in HTTP/1.0 only. */
  readonly authority: string | undefined;
  /** Without Host, Content-Length and what is not passed on. */
  readonly headers: RawHeaders;
  readonly framing: Framing;
  /** When `framing` is `sized`, and where a client says 0. */
  readonly contentLength: string | undefined;
  readonly forwardedFor: readonly string[];
  readonly expectsContinue: boolean;
}

/** A status with which a request is refused. */
export type Refusal = 400 | 405 | 414 | 417 | 421 | 431 | 501 | 505;

/** In the place of a head that is refused, for who answers it. */
export function refusedHead(method = ''): RequestHead {
  return {
    method,
    target: '/',
    authority: undefined,
    headers: [],
    framing: 'none',
    contentLength: undefined,
    forwardedFor: [],
    expectsContinue: false,
  };
}

export interface Http1Request {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly rawHeaders: readonly string[];
}

/**
 * Reads the head of an HTTP/1 request. node:http has parsed it strictly already (no Content-Length beside
 * Transfer-Encoding, no two lengths, no bare LF, no folded lines); this is what a proxy must not pass on and
 * node:http lets through.
 */
export function readHttp1({
  method = '',
  url = '',
  httpVersion,
  rawHeaders,
}: Http1Request): RequestHead | Refusal {
  // node:http takes 0.9 and 2.0, too.
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 505;
  const wrong = wrongLine(method, url) ?? wrongSize(rawHeaders);
  if (wrong !== undefined) return wrong;
  const { endToEnd, deciding } = sortFields(rawHeaders);
  // RFC 9112 §3.2: no Host, more than one, or one that is no host, is answered 400.
  const hosts = deciding.get('host') ?? [];
  if (hosts.length > 1 || !hosts.every(isAuthority)) return 400;
  if (hosts.length === 0 && httpVersion !== '1.0') return 400;
  const coding = deciding.get('transfer-encoding');
  const lengths = deciding.get('content-length');
  if (coding !== undefined) {
    // RFC 9112 §6.1: of HTTP/1.0 with a transfer coding the framing is to be treated as faulty.
    if (httpVersion !== '1.1' || lengths !== undefined) return 400;
    if (coding.length !== 1 || coding[0]?.toLowerCase() !== 'chunked') return 501;
  }
  if (lengths !== undefined && (lengths.length > 1 || !isLength(lengths[0]))) return 400;
  // RFC 9110 §10.1.1: of HTTP/1.0 it is ignored.
  const expectation = httpVersion === '1.1' ? deciding.get('expect') : undefined;
  if (expectation !== undefined && !isContinue(expectation)) return 417;
  return {
    method,
    target: url,
    authority: hosts[0],
    headers: endToEnd,
    framing: coding === undefined ? framingBy(lengths?.[0]) : 'streamed',
    contentLength: lengths?.[0],
    forwardedFor: deciding.get('x-forwarded-for') ?? [],
    expectsContinue: expectation !== undefined,
  };
}

/**
 * Reads the head of an HTTP/2 request. nghttp2 has refused what RFC 9113 §8.2 and §8.3 call malformed (upper case,
 * fields of a connection, pseudo-headers that are missing, twice or late); this is what it lets through.
 * @param rawHeaders pseudo-headers first
 * @param isEnded whether there is no body
 */
export function readHttp2(rawHeaders: readonly string[], isEnded: boolean): RequestHead | Refusal {
  const pseudo = pseudoHeaders(rawHeaders);
  const method = pseudo.get(':method') ?? '';
  const target = pseudo.get(':path') ?? '';
  const wrong = wrongLine(method, target) ?? wrongSize(rawHeaders);
  if (wrong !== undefined) return wrong;
  if (pseudo.get(':scheme') !== 'https') return 400;
  const { endToEnd, deciding } = sortFields(rawHeaders, pseudo.size * 2);
  const [host, ...otherHosts] = deciding.get('host') ?? [];
  const authority = pseudo.get(':authority') ?? host;
  if (authority === undefined || !isAuthority(authority) || otherHosts.length > 0) return 400;
  // RFC 9113 §8.3.1: they must not differ.
  if (host !== undefined && host.toLowerCase() !== authority.toLowerCase()) return 400;
  const [length, ...otherLengths] = deciding.get('content-length') ?? [];
  if (otherLengths.length > 0 || (length !== undefined && !isLength(length))) return 400;
  const expectation = deciding.get('expect');
  if (expectation !== undefined && !isContinue(expectation)) return 417;
  const framing = length === undefined ? 'streamed' : framingBy(length);
  return {
    method,
    target,
    authority,
    headers: joinedCookies(endToEnd),
    framing: isEnded ? 'none' : framing,
    contentLength: length,
    forwardedFor: deciding.get('x-forwarded-for') ?? [],
    expectsContinue: expectation !== undefined,
  };
}

function pseudoHeaders(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; rawHeaders[at]?.startsWith(':') === true; at += 2)
    found.set(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return found;
}

/** RFC 9113 §8.2.3: a cookie may come in pieces, and must be whole for HTTP/1. */
function joinedCookies(headers: RawHeaders): RawHeaders {
  const first = headers.indexOf('cookie');
  if (first < 0 || headers.indexOf('cookie', first + 1) < 0) return headers;
  const crumbs: string[] = [];
  const others: RawHeaders = [];
  for (let at = 0; at < headers.length; at += 2) {
    const [name = '', value = ''] = [headers[at], headers[at + 1]];
    if (name === 'cookie') crumbs.push(value);
    else others.push(name, value);
  }
  return [...others, 'cookie', crumbs.join('; ')];
}

function wrongLine(method: string, target: string): Refusal | undefined {
  if (method === 'TRACE' || method === 'CONNECT') return 405;
  if (target.length > maxLineBytes) return 414;
  // Control characters and spaces would end the request line early at a lenient target; RFC 9112 §3.2: no fragment.
  if (!/^[\x21\x22\x24-\x7e\x80-\xff]+$/.test(target)) return 400;
  return target.startsWith('/') || (target === '*' && method === 'OPTIONS') ? undefined : 400;
}

function wrongSize(rawHeaders: readonly string[]): Refusal | undefined {
  if (rawHeaders.length > 2 * maxFields) return 431;
  let sum = 0;
  for (const { length } of rawHeaders) {
    if (length > maxLineBytes) return 400;
    sum += length;
  }
  return sum > maxHeaderBytes ? 431 : undefined;
}

/** RFC 9110 §7.2: uri-host [ ":" port ]. */
function isAuthority(text: string): boolean {
  return /^(?:\[[0-9a-f:.]+\]|[a-z0-9._~%!$&'()*+,;=-]*)(?::\d*)?$/i.test(text);
}

function isContinue(expectation: readonly string[]): boolean {
  return expectation.join().toLowerCase() === '100-continue';
}

/** RFC 9110 §8.6: digits, and few enough to be counted. */
function isLength(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,15}$/.test(text);
}

function framingBy(length: string | undefined): Framing {
  return length === undefined || Number(length) === 0 ? 'none' : 'sized';
}

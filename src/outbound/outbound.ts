import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request as startRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Addresses } from './addresses.ts';
import { OutboundError, type OutboundFailure } from './errors.ts';
import { anchorListed, isUntrustedIssuer, trustOnly, trustRoots } from './server-trust.ts';

/** What the operator has set. */
export interface OutboundSettings {
  /** Ranges that may be reached though they are not public, for example `10.0.0.0/8`. */
  readonly allow: readonly string[];
  /** PEM: roots that are trusted beside those that Node brings. */
  readonly trustedRoots?: string | undefined;
}

interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** `https`, without user and password. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of the answer's body. */
  readonly maxBytes: number;
  /** For all of it: name, connection, answer. */
  readonly timeoutMilliseconds: number;
  /**
   * SHA-1 of certificates, in hexadecimal digits. When no trusted root has signed the server's certificate, the chain
   * is trusted if the one at its top is among them.
   */
  readonly thumbprints?: readonly string[];
}

interface OutboundAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/**
 * The one way in which holdfast asks others over HTTP. It resolves the name itself, connects to those of its addresses that
 * may be reached and to no other, and follows no redirect: a 3xx is an answer like any other.
 */
export interface Outbound {
  /** @throws OutboundError */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
}

/** Addresses of a name. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

export function createOutbound(
  settings: OutboundSettings,
  resolve: Resolve = (host) => lookup(host, { all: true }),
): Outbound {
  const addresses = new Addresses(settings.allow);
  // Reading all roots takes a while: only for who asks.
  let roots: SecureContext | undefined;
  return {
    async send(request) {
      const url = readUrl(request.url);
      const signal = AbortSignal.timeout(request.timeoutMilliseconds);
      const place: Place = { url, signal, lookup: await pinned(url, addresses, resolve, signal) };
      roots ??= trustRoots(settings.trustedRoots);
      try {
        return await exchange(request, { ...place, secureContext: roots });
      } catch (error) {
        const { thumbprints = [] } = request;
        if (thumbprints.length === 0 || !isUntrustedIssuer(error)) throw failed(error, place);
        return await throughListed(request, thumbprints, place);
      }
    },
  };
}

interface Place {
  readonly url: URL;
  readonly signal: AbortSignal;
  /** Gives the addresses that were checked, whatever the name may lead to by now. */
  readonly lookup: LookupFunction;
}

/** @throws OutboundError bad-url */
function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:')
    throw new OutboundError('bad-url', 'only https URLs are asked');
  if (url.username !== '' || url.password !== '')
    throw new OutboundError('bad-url', 'a URL with credentials is not asked');
  return url;
}

/** @throws OutboundError unresolved, refused-address, timeout */
async function pinned(
  url: URL,
  addresses: Addresses,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<LookupFunction> {
  const host = hostOf(url);
  const family = isIP(host);
  const found = family === 0 ? await resolved(host, resolve, signal) : [{ address: host, family }];
  const reachable = found.filter(({ address }) => addresses.mayReach(address));
  const [first] = reachable;
  if (first === undefined)
    throw new OutboundError('refused-address', `${host} has no address that may be reached`);
  return (_host, options, callback) => {
    if (options.all === true) callback(null, reachable);
    else callback(null, first.address, first.family);
  };
}

async function resolved(host: string, resolve: Resolve, signal: AbortSignal) {
  try {
    return await Promise.race([resolve(host), rejectedWhenAborted(signal)]);
  } catch (cause) {
    if (signal.aborted) throw timedOut(host);
    throw new OutboundError('unresolved', `${host} could not be resolved`, { cause });
  }
}

function rejectedWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Again, with the listed certificate as the only one that is trusted. @throws OutboundError */
async function throughListed(
  request: OutboundRequest,
  thumbprints: readonly string[],
  place: Place,
): Promise<OutboundAnswer> {
  const host = hostOf(place.url);
  try {
    const anchor = await anchorListed(thumbprints, { ...place, host, port: portOf(place.url) });
    if (anchor === undefined)
      throw new OutboundError('untrusted', `no root of ${host} is trusted, or listed`);
    return await exchange(request, { ...place, secureContext: trustOnly(anchor) });
  } catch (error) {
    throw failed(error, place);
  }
}

function exchange(
  { method, headers, body, maxBytes }: OutboundRequest,
  { url, signal, lookup, secureContext }: Place & { readonly secureContext: SecureContext },
): Promise<OutboundAnswer> {
  return new Promise((resolve, reject) => {
    const sent = startRequest(
      {
        method,
        host: hostOf(url),
        port: portOf(url),
        path: `${url.pathname}${url.search}`,
        headers: { 'accept-encoding': 'identity', 'user-agent': 'holdfast', ...headers },
        // A connection of its own: nothing is kept that another request could ride on.
        agent: new Agent({ keepAlive: false, secureContext }),
        lookup,
        signal,
        maxHeaderSize: 16 * 1024,
      },
      (answer) => {
        readAnswer(answer, maxBytes, hostOf(url)).then(resolve, reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readAnswer(
  answer: IncomingMessage,
  maxBytes: number,
  host: string,
): Promise<OutboundAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes)
      throw new OutboundError('bad-answer', `${host} answers more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers) as OutboundAnswer['headers'],
    body: Buffer.concat(chunks),
  };
}

function failed(error: unknown, { url, signal }: Place): OutboundError {
  if (error instanceof OutboundError) return error;
  const host = hostOf(url);
  if (signal.aborted) return timedOut(host);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new OutboundError(failureOf(code), `${host} could not be asked: ${code}`, {
    cause: error,
  });
}

function failureOf(code: string): OutboundFailure {
  if (/CERT|VERIFY|ERR_TLS|SELF_SIGNED|ISSUER/.test(code)) return 'untrusted';
  return code.startsWith('HPE_') ? 'bad-answer' : 'unreachable';
}

function timedOut(host: string): OutboundError {
  return new OutboundError('timeout', `${host} did not answer in time`);
}

/** An IPv6 address without its brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf({ port }: URL): number {
  return port === '' ? 443 : Number(port);
}

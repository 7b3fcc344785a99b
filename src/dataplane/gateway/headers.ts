/** Names and values in turn, as node:http's `rawHeaders` and as it takes them: names keep the sender's case. */
export type RawHeaders = string[];

/** The header fields of one message, sorted by whom they are for. */
export interface Fields {
  /** For the other side. X-Forwarded-* and Forwarded are not among them: what a client claims is nobody's word. */
  readonly endToEnd: RawHeaders;
  /** Those that say how the message is to be read and answered, by name in lower case, in their order. */
  readonly deciding: ReadonlyMap<string, readonly string[]>;
}

/** RFC 9110 §7.6.1: for this connection only. */
const hopByHop = new Set([
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'http2-settings',
]);

const deciding = new Set([
  'host',
  'connection',
  'keep-alive',
  'upgrade',
  'transfer-encoding',
  'content-length',
  'expect',
  'x-forwarded-for',
]);

/** Sorts the fields of a message in one pass, from index `first` of `rawHeaders` on. */
export function sortFields(rawHeaders: readonly string[], first = 0): Fields {
  const endToEnd: RawHeaders = [];
  const found = new Map<string, string[]>();
  for (let at = first; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = rawHeaders[at + 1] ?? '';
    const key = name.toLowerCase();
    if (deciding.has(key)) {
      const before = found.get(key);
      if (before === undefined) found.set(key, [value]);
      else before.push(value);
    } else if (!hopByHop.has(key) && !isForwarding(key) && !isDisguised(key))
      endToEnd.push(name, value);
  }
  const named = connectionOptions(found.get('connection'));
  return { endToEnd: named.length === 0 ? endToEnd : without(endToEnd, named), deciding: found };
}

/** What Connection names, in lower case. */
export function connectionOptions(values: readonly string[] | undefined): readonly string[] {
  if (values === undefined) return [];
  return values.flatMap((value) => value.split(',').map((option) => option.trim().toLowerCase()));
}

/** RFC 9110 §6.5.1: what a trailer must not say, as it came too late to be obeyed. */
const neverTrailing = new Set([
  ...hopByHop,
  ...deciding,
  'trailer',
  'authorization',
  'content-encoding',
  'content-type',
  'content-range',
  'set-cookie',
  'cache-control',
]);

/** The trailers that are passed on. */
export function trailersToPass(rawTrailers: readonly string[]): RawHeaders {
  const kept: RawHeaders = [];
  for (let at = 0; at < rawTrailers.length; at += 2) {
    const name = rawTrailers[at] ?? '';
    const key = name.toLowerCase();
    if (!neverTrailing.has(key) && !isForwarding(key) && !isDisguised(key))
      kept.push(name, rawTrailers[at + 1] ?? '');
  }
  return kept;
}

function isForwarding(key: string): boolean {
  return key === 'forwarded' || key.startsWith('x-forwarded-');
}

/** RFC 3875 §4.1.18: in the variables of CGI and its heirs, `_` and `-` are one: X_Forwarded_For is X-Forwarded-For. */
function isDisguised(key: string): boolean {
  if (!key.includes('_')) return false;
  const plain = key.replaceAll('_', '-');
  return deciding.has(plain) || hopByHop.has(plain) || isForwarding(plain);
}

function without(headers: RawHeaders, names: readonly string[]): RawHeaders {
  return headers.filter((_, at) => !names.includes((headers[at - (at % 2)] ?? '').toLowerCase()));
}

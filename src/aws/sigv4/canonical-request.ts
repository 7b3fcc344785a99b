import type { RequestHead } from '../http/messages.ts';

/**
 * The canonical request of Signature Version 4, one character per byte.
 * @param query as it was signed: that of a presigned request also bears what was added later
 * @returns undefined when a header that is said to be signed is not there
 * @see AWS "Create a signed AWS API request", step 1 (the rules of every service but S3)
 */
export function canonicalRequest(
  head: RequestHead,
  signedHeaders: readonly string[],
  payloadHash: string,
  query = head.query,
): string | undefined {
  const lines: string[] = [];
  for (const name of signedHeaders) {
    const values = head.headers.values(name);
    const [only] = values;
    if (only === undefined) return undefined;
    const value = values.length === 1 ? canonicalValue(only) : values.map(canonicalValue).join(',');
    lines.push(`${name}:${value}`);
  }
  return [
    head.method,
    canonicalPath(head.path),
    canonicalQuery(query),
    ...lines,
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** The path as received, with its dot segments resolved, encoded once more. */
export function canonicalPath(path: string): string {
  if (path === '/' || path === '') return '/';
  const kept: string[] = [];
  const segments = path.split('/');
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const last = segments.at(-1);
  const isFolder = kept.length > 0 && (last === '' || last === '.' || last === '..');
  return encode(`/${kept.join('/')}${isFolder ? '/' : ''}`, /[^A-Za-z0-9\-._~/]/g);
}

export function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1
        ? [normalized(part), '']
        : [normalized(part.slice(0, equals)), normalized(part.slice(equals + 1))];
    })
    .toSorted(([name, value], [otherName, otherValue]) =>
      name === otherName ? compare(value!, otherValue!) : compare(name!, otherName!),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Blanks only: one character is one byte here, and `trim` would take a byte of UTF-8 for a blank. */
function canonicalValue(value: string): string {
  // Nearly all are so already.
  if (!/^ | $| {2}|[\t\r\n]/.test(value)) return value;
  return value.replaceAll(/[ \t\r\n]+/g, ' ').replaceAll(/^ | $/g, '');
}

function normalized(text: string): string {
  const bytes = text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return encode(bytes, /[^A-Za-z0-9\-._~]/g);
}

function encode(bytes: string, reserved: RegExp): string {
  return bytes.replaceAll(
    reserved,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

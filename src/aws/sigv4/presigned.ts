import { CommonError } from '../errors.ts';
import type { StatedAuthorization } from './stated-authorization.ts';

const required = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const;
const sessionToken = 'X-Amz-Security-Token';
const names: ReadonlySet<string> = new Set([...required, sessionToken]);
/** What makes a request a presigned one; a date or a token alone may be an operation's own parameter. */
const tellTale: readonly string[] = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature'];

const longestSeconds = 604_800;

/**
 * What the query of a presigned request says of its signature.
 * @returns undefined when the query is that of another request
 * @throws CommonError incomplete-signature
 * @see AWS "Authentication methods": query string
 */
export function parsePresigned(query: string): StatedAuthorization | undefined {
  // The names may be encoded: `X%2DAmz%2DSignature` is one of them too.
  if (!/[Xx%]/.test(query)) return undefined;
  const parameters = parametersOf(query);
  if (!tellTale.some((name) => parameters.has(name))) return undefined;
  const [algorithm, credential, timestamp, expires, signedHeaders, signature] = required.map(
    (name) => parameters.get(name) ?? missing(name),
  ) as [string, string, string, string, string, string];
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw incomplete("X-Amz-Algorithm only supports 'AWS4-HMAC-SHA256'");
  const signedQuery = without(query, ['X-Amz-Signature']);
  return {
    credential,
    signedHeaders,
    signature,
    timestamp,
    expiresSeconds: secondsOf(expires),
    sessionToken: parameters.get(sessionToken),
    // Some signers add the token to what they have signed. It is compared with the access key's own.
    signedQueries: parameters.has(sessionToken)
      ? [signedQuery, without(signedQuery, [sessionToken])]
      : [signedQuery],
  };
}

/** The credential that a query bears, before anything of it is checked. */
export function presignedCredential(query: string): string | undefined {
  const part = query.split('&').find((each) => nameOf(each) === 'X-Amz-Credential');
  return part === undefined ? undefined : decoded(part.slice(part.indexOf('=') + 1));
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    const name = nameOf(part);
    if (!names.has(name)) continue;
    if (parameters.has(name)) throw incomplete(`The parameter ${name} stands in the query twice.`);
    parameters.set(name, part.includes('=') ? decoded(part.slice(part.indexOf('=') + 1)) : '');
  }
  return parameters;
}

function without(query: string, left: readonly string[]): string {
  return query
    .split('&')
    .filter((part) => !left.includes(nameOf(part)))
    .join('&');
}

function nameOf(part: string): string {
  const equals = part.indexOf('=');
  return decoded(equals === -1 ? part : part.slice(0, equals));
}

/** As the canonical query decodes it: one character per byte, and `+` is no blank. */
function decoded(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function secondsOf(expires: string): number {
  if (!/^[0-9]{1,9}$/.test(expires)) throw incomplete('X-Amz-Expires must be a number');
  const seconds = Number(expires);
  if (seconds < 1) throw incomplete('X-Amz-Expires must be at least 1 second');
  if (seconds > longestSeconds)
    throw incomplete(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be at most ${longestSeconds} seconds`,
    );
  return seconds;
}

function missing(name: string): never {
  throw incomplete(
    `AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`,
  );
}

function incomplete(message: string): CommonError {
  return new CommonError('incomplete-signature', message);
}

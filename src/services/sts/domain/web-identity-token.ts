import * as v from 'valibot';
import { parseStrictJson } from '../../../aws/policy/strict-json.ts';
import { ExpiredTokenException, InvalidIdentityTokenException } from '../errors.ts';

/** Signatures that are taken: of keys that only the provider has. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'] as const;
export type Algorithm = (typeof algorithms)[number];

/** So far clocks may be apart. An end is an end. */
const skewSeconds = 60;

const header = v.object({
  alg: v.picklist(algorithms),
  kid: v.optional(v.pipe(v.string(), v.maxLength(256))),
  // What must be understood is not: extensions of JWS.
  crit: v.optional(v.never()),
});

const name = v.pipe(v.string(), v.regex(/^\P{Cc}{1,255}$/u));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(1e12));

/** @see AWS IAM User Guide, "Pass session tags in AWS STS", "Passing session tags using AssumeRoleWithWebIdentity" */
const tags = v.strictObject({
  principal_tags: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u)),
      v.strictTuple([v.pipe(v.string(), v.regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u))]),
    ),
    {},
  ),
  transitive_tag_keys: v.optional(v.pipe(v.array(v.string()), v.maxLength(50)), []),
});

const claims = v.object({
  iss: v.pipe(v.string(), v.regex(/^https:\/\/[!-~]{1,255}$/)),
  sub: name,
  aud: v.union([name, v.pipe(v.array(name), v.minLength(1), v.maxLength(100))]),
  exp: seconds,
  iat: seconds,
  nbf: v.optional(seconds),
  azp: v.optional(name),
  amr: v.optional(v.union([name, v.pipe(v.array(name), v.maxLength(100))])),
  email: v.optional(name),
  'https://aws.amazon.com/tags': v.optional(tags),
  'https://aws.amazon.com/source_identity': v.optional(
    v.pipe(v.string(), v.regex(/^[\w+=,.@-]{2,64}$/)),
  ),
});

const required: readonly string[] = ['iss', 'sub', 'aud', 'exp', 'iat'];

type Claims = v.InferOutput<typeof claims>;

/** What a token says; nobody has proved it yet. */
export interface WebIdentityToken {
  readonly header: v.InferOutput<typeof header>;
  readonly claims: Claims;
  /** The URL of who made it, without `https://`. */
  readonly issuer: string;
}

/**
 * @param text a JSON Web Token in compact form
 * @throws InvalidIdentityToken
 * @see RFC 7515, RFC 7519; OpenID Connect Core 1.0, "ID Token"
 */
export function readWebIdentityToken(text: string): WebIdentityToken {
  const [, first = '', second = ''] =
    /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/.exec(text) ?? [];
  const read = v.safeParse(claims, decoded(second));
  if (!read.success) throw invalidClaims(read.issues[0]);
  const { iss } = read.output;
  return {
    header: readHeader(first),
    claims: read.output,
    issuer: iss.slice('https://'.length).replace(/\/$/, ''),
  };
}

function readHeader(text: string): WebIdentityToken['header'] {
  const read = v.safeParse(header, decoded(text));
  if (!read.success) throw notAToken();
  return read.output;
}

/** Names twice in one object are refused: two readers could take the token for two. */
function decoded(text: string): unknown {
  try {
    const bytes = Uint8Array.fromBase64(text, {
      alphabet: 'base64url',
      lastChunkHandling: 'loose',
    });
    return parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw notAToken();
  }
}

function invalidClaims(issue: v.BaseIssue<unknown>): InvalidIdentityTokenException {
  const path = v.getDotPath(issue) ?? '';
  const isMissing = issue.received === 'undefined' && required.includes(path);
  return isMissing
    ? new InvalidIdentityTokenException(`Missing a required claim: ${path}`)
    : notAToken();
}

/** AWS's text for whatever is no token. */
function notAToken(): InvalidIdentityTokenException {
  return new InvalidIdentityTokenException(
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  );
}

/** @throws ExpiredTokenException, InvalidIdentityToken for one whose time has not come */
export function checkTimes({ exp, iat, nbf = iat }: Claims, now: Temporal.Instant): void {
  const second = Math.floor(now.epochMilliseconds / 1000);
  if (second >= exp)
    throw new ExpiredTokenException(
      `Token expired: current date/time ${second} must be before the expiration date/time ${exp}`,
    );
  if (Math.max(iat, nbf) > second + skewSeconds)
    throw new InvalidIdentityTokenException('The ID Token provided is not yet valid.');
}

/**
 * For whom the token was made, if that is one of `clientIds`: the authorized party where the token names one.
 * @see AWS IAM User Guide, "Available keys for AWS OIDC federation", `aud`
 */
export function audienceOf({ aud, azp }: Claims, clientIds: readonly string[]): string | undefined {
  return [azp ?? aud].flat().find((each) => clientIds.includes(each));
}

/**
 * @param audience one of the token's, as `audienceOf` finds it
 * @see AWS IAM User Guide, "Available keys for AWS OIDC federation"
 */
export function conditionKeys(
  { issuer, claims: { aud, azp, amr, email, sub } }: WebIdentityToken,
  audience: string,
): Readonly<Record<string, string | readonly string[] | undefined>> {
  return {
    [`${issuer}:aud`]: audience,
    [`${issuer}:oaud`]: azp === undefined ? undefined : aud,
    [`${issuer}:azp`]: azp,
    [`${issuer}:amr`]: amr,
    [`${issuer}:email`]: email,
    [`${issuer}:sub`]: sub,
  };
}

/** What the provider wants of the session. */
export function sessionOf(of: Claims): {
  readonly tags: { Key: string; Value: string }[];
  readonly transitiveTagKeys: string[];
  readonly sourceIdentity: string | undefined;
} {
  const { principal_tags = {}, transitive_tag_keys = [] } = of['https://aws.amazon.com/tags'] ?? {};
  return {
    tags: Object.entries(principal_tags).map(([Key, [Value]]) => ({ Key, Value })),
    transitiveTagKeys: transitive_tag_keys,
    sourceIdentity: of['https://aws.amazon.com/source_identity'],
  };
}

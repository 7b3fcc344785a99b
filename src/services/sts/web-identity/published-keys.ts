import { createPublicKey, type KeyObject, type webcrypto } from 'node:crypto';
import * as v from 'valibot';
import type { IdentityProvider, WebIdentityPorts } from '../ports.ts';

/** A public key as it is published: what is needed of it, and no more. @see RFC 7517, RFC 7518 */
const jwk = v.object({
  kty: v.picklist(['RSA', 'EC']),
  kid: v.optional(v.string()),
  alg: v.optional(v.string()),
  use: v.optional(v.literal('sig')),
  key_ops: v.optional(v.pipe(v.array(v.string()), v.includes('verify'))),
  // RSA, up to 8,192 bits, with an exponent that costs little.
  n: v.optional(v.pipe(v.string(), v.maxLength(1368))),
  e: v.optional(v.pipe(v.string(), v.maxLength(6))),
  crv: v.optional(v.string()),
  x: v.optional(v.pipe(v.string(), v.maxLength(100))),
  y: v.optional(v.pipe(v.string(), v.maxLength(100))),
});

/** A key with which a provider signs tokens. */
export interface PublishedKey {
  readonly kid: string | undefined;
  /** The only algorithm that it is for, if it says so. */
  readonly alg: string | undefined;
  readonly publicKey: KeyObject;
}

/** Keys that are not for this may look as they like. */
const jwks = v.object({ keys: v.pipe(v.array(v.unknown()), v.maxLength(100)) });
const configuration = v.object({ issuer: v.string(), jwks_uri: v.string() });

const maxConfigurationBytes = 64 * 1024;
const maxKeysBytes = 256 * 1024;
const timeoutMilliseconds = 5_000;

export interface PublishedKeys {
  readonly keys: readonly PublishedKey[];
  /** As the answer says; undefined when it does not. */
  readonly maxAgeSeconds: number | undefined;
}

/**
 * What a provider publishes now.
 * @throws when it cannot be asked, or answers something else; the message says why
 * @see OpenID Connect Discovery 1.0, "Obtaining OpenID Provider Configuration Information"
 */
export async function fetchKeys(
  provider: Pick<IdentityProvider, 'url' | 'thumbprints'>,
  outbound: WebIdentityPorts['outbound'],
): Promise<PublishedKeys> {
  const get = async (url: string, maxBytes: number) => {
    const { thumbprints } = provider;
    const request = { method: 'GET', url, maxBytes, timeoutMilliseconds, thumbprints } as const;
    const answer = await outbound.send(request);
    if (answer.status !== 200) throw new Error(`the answer has status ${answer.status}`);
    return answer;
  };
  const issuer = `https://${provider.url}`;
  const found = await get(`${issuer}/.well-known/openid-configuration`, maxConfigurationBytes);
  const about = read(configuration, found.body, 'configuration');
  if (about.issuer.replace(/\/$/, '') !== issuer)
    throw new Error('the configuration is that of another issuer');
  const { body, headers } = await get(about.jwks_uri, maxKeysBytes);
  const { keys } = read(jwks, body, 'key set');
  return {
    keys: keys.map(readKey).filter((each) => each !== undefined),
    maxAgeSeconds: maxAgeOf(headers['cache-control'] ?? ''),
  };
}

function readKey(published: unknown): PublishedKey | undefined {
  const known = v.safeParse(jwk, published);
  if (!known.success) return undefined;
  const { kid, alg, kty, n, e, crv, x, y } = known.output;
  try {
    const key = { kty, ...(kty === 'RSA' ? { n, e } : { crv, x, y }) } as webcrypto.JsonWebKey;
    return { kid, alg, publicKey: createPublicKey({ key, format: 'jwk' }) };
  } catch {
    return undefined;
  }
}

function read<T>(shape: v.GenericSchema<unknown, T>, body: Uint8Array, what: string): T {
  try {
    return v.parse(shape, JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw new Error(`the ${what} is not what OpenID Connect says`);
  }
}

/** @see RFC 9111 §5.2.2 */
function maxAgeOf(cacheControl: string): number | undefined {
  if (/(^|[,\s])no-(store|cache)\b/i.test(cacheControl)) return 0;
  const [, age] = /(?:^|[,\s])max-age="?([0-9]{1,9})\b/i.exec(cacheControl) ?? [];
  return age === undefined ? undefined : Number(age);
}

import { createHmac, createPublicKey, hash } from 'node:crypto';

/** The public half of an account's key. @see RFC 7518 §6.2.1 */
export interface Jwk {
  readonly crv: string;
  readonly kty: string;
  readonly x: string;
  readonly y: string;
}

/** Flattened JSON, the only form that ACME takes. @see RFC 7515 §7.2.2, RFC 8555 §6.2 */
export interface Jws {
  readonly protected: string;
  readonly payload: string;
  readonly signature: string;
}

/** `nonce` and one of `kid` and `jwk`, besides. @see RFC 8555 §6.2 */
export interface JwsHeader {
  readonly alg: 'ES256' | 'HS256';
  readonly url: string;
  readonly nonce?: string;
  readonly kid?: string;
  readonly jwk?: Jwk;
}

/** @param publicKey DER SubjectPublicKeyInfo of a key on P-256 */
export function jwkOf(publicKey: Uint8Array): Jwk {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const { crv = '', kty = '', x = '', y = '' } = key.export({ format: 'jwk' });
  return { crv, kty, x, y };
}

/**
 * What the TXT record of a dns-01 challenge says: the digest of the key authorization.
 * @see RFC 8555 §8.1, §8.4, RFC 7638
 */
export function dnsChallengeValue(token: string, { crv, kty, x, y }: Jwk): string {
  const thumbprint = hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url');
  return hash('sha256', `${token}.${thumbprint}`, 'base64url');
}

/** @param payload a value for JSON; undefined for POST-as-GET (RFC 8555 §6.3), whose payload is empty */
export async function jws(
  header: JwsHeader,
  payload: unknown,
  sign: (input: string) => Promise<Uint8Array>,
): Promise<Jws> {
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  const body =
    payload === undefined ? '' : Buffer.from(JSON.stringify(payload)).toString('base64url');
  const signature = Buffer.from(await sign(`${head}.${body}`)).toString('base64url');
  return { protected: head, payload: body, signature };
}

/**
 * Binds a new account to one that the CA knows already.
 * @param binding.key overwritten by the caller
 * @param url of newAccount
 * @see RFC 8555 §7.3.4
 */
export function externalAccountBinding(
  binding: { readonly keyId: string; readonly key: Uint8Array },
  jwk: Jwk,
  url: string,
): Promise<Jws> {
  return jws({ alg: 'HS256', kid: binding.keyId, url }, jwk, async (input) =>
    createHmac('sha256', binding.key).update(input).digest(),
  );
}

import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

const curves = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

export function signingKey(kid: string, alg = 'ES256'): SigningKey {
  const { privateKey, publicKey } = alg.startsWith('ES')
    ? generateKeyPairSync('ec', { namedCurve: curves[alg as keyof typeof curves] })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, alg, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg } };
}

export const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token in compact form; `header` and `claims` may be text that is no JSON. */
export function signedToken(key: SigningKey, claims: unknown, header?: unknown): string {
  const { alg, kid, privateKey } = key;
  const input = `${part(header ?? { alg, kid, typ: 'JWT' })}.${part(claims)}`;
  const dsaEncoding = 'ieee-p1363';
  const signature = sign(`sha${alg.slice(2)}`, Buffer.from(input), {
    key: privateKey,
    dsaEncoding,
  });
  return `${input}.${signature.toString('base64url')}`;
}

/** Signed with what everybody knows, the public key. */
export function hmacToken(secret: string, claims: unknown, kid: string): string {
  const input = `${part({ alg: 'HS256', kid })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** An OpenID Connect provider that answers as the test says, and counts how often it is asked. */
export class TestProvider {
  readonly url: string;
  key = signingKey('one');
  published: readonly unknown[] = [this.key.jwk];
  headers: Record<string, string> = {};
  issuer: string | undefined;
  jwksUri: string | undefined;
  isDown = false;
  /** Requests for keys. */
  asked = 0;
  readonly paths: string[] = [];

  constructor(url = 'id.test/tenant') {
    this.url = url;
  }

  /** In the place of the outbound client. */
  async send({ url }: { readonly url: string }) {
    this.paths.push(url);
    if (this.isDown) throw new Error('it is down');
    return {
      status: 200,
      headers: this.headers,
      body: Buffer.from(JSON.stringify(this.answer(url))),
    };
  }

  answer(url: string): unknown {
    const jwksUri = this.jwksUri ?? `https://${this.url}/keys`;
    if (url.endsWith('/.well-known/openid-configuration'))
      return { issuer: this.issuer ?? `https://${this.url}`, jwks_uri: jwksUri };
    this.asked += 1;
    return { keys: this.published };
  }

  /** Puts another key in the place of the one before. */
  roll(kid: string): void {
    this.key = signingKey(kid);
    this.published = [this.key.jwk];
  }

  claims(now: Temporal.Instant, more: object = {}): Record<string, unknown> {
    const second = Math.floor(now.epochMilliseconds / 1000);
    return {
      iss: `https://${this.url}`,
      sub: 'repo:octo/app:ref:refs/heads/main',
      aud: 'sts.amazonaws.com',
      iat: second,
      exp: second + 600,
      ...more,
    };
  }

  token(now: Temporal.Instant, more: object = {}): string {
    return signedToken(this.key, this.claims(now, more));
  }
}

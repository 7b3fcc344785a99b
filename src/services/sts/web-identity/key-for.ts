import type { KeyObject } from 'node:crypto';
import type { Algorithm, WebIdentityToken } from '../domain/web-identity-token.ts';
import type { PublishedKey } from './published-keys.ts';

/** The kind of key of each algorithm. @see RFC 7518 §3.3, §3.4 */
const kinds: Readonly<Record<Algorithm, (key: KeyObject) => boolean>> = {
  RS256: isRsa,
  RS384: isRsa,
  RS512: isRsa,
  ES256: (key) => isOn(key, 'prime256v1'),
  ES384: (key) => isOn(key, 'secp384r1'),
  ES512: (key) => isOn(key, 'secp521r1'),
};

/**
 * The one key that a token's header means. It must be of the algorithm's kind, and not be meant for another: what the token
 * says of itself never makes one kind of key pass for another.
 */
export function keyFor(
  { alg, kid }: WebIdentityToken['header'],
  keys: readonly PublishedKey[],
): KeyObject | undefined {
  const fitting = keys.filter(
    (each) =>
      (kid === undefined || each.kid === kid) &&
      (each.alg === undefined || each.alg === alg) &&
      kinds[alg](each.publicKey),
  );
  return fitting.length === 1 ? fitting[0]?.publicKey : undefined;
}

function isRsa({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
}

function isOn({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, curve: string): boolean {
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === curve;
}

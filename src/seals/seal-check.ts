import { createHmac, timingSafeEqual } from 'node:crypto';
import { joined } from '../lib/der-writer.ts';
import { reveal, type Secret } from '../lib/secret.ts';
import { joinedFields, textField } from '../lib/vault-protocol.ts';
import { SealError } from './seal-error.ts';

const version = 1;

/**
 * What the data folder keeps to know its root key again: a value derived from it that tells nothing of it or of
 * the keys under it. 33 bytes, see docs/formats.md.
 */
export function makeSealCheck(rootKey: Secret): Uint8Array {
  const info = joinedFields([textField('holdfast seal check 1')]);
  return joined([Uint8Array.of(version), derive(reveal(rootKey), info)]);
}

/**
 * HKDF-SHA-256 without salt, 32 bytes out: one block, so both steps are one HMAC (RFC 5869 §2.2, §2.3). Node's own takes
 * the key into an object of which a copy stays in memory until that is collected; here it is only hashed.
 */
function derive(key: Uint8Array, info: Uint8Array): Uint8Array {
  const extracted = createHmac('sha256', new Uint8Array(32)).update(key).digest();
  const derived = createHmac('sha256', extracted).update(info).update(Uint8Array.of(1)).digest();
  extracted.fill(0);
  return derived;
}

/**
 * Asked at each start, before anything is read or changed.
 * @throws SealError if `check` was not made with this root key
 */
export function checkSeal(rootKey: Secret, check: Uint8Array): void {
  if (check[0] !== version) {
    throw new SealError('the data folder was made by another version of holdfast');
  }
  const expected = makeSealCheck(rootKey);
  if (expected.length !== check.length || !timingSafeEqual(expected, check)) {
    throw new SealError('the seal is not the one of this data folder');
  }
}

import { hkdfSync, timingSafeEqual } from 'node:crypto';
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
  const derived = hkdfSync('sha256', reveal(rootKey), new Uint8Array(0), info, 32);
  return joined([Uint8Array.of(version), new Uint8Array(derived)]);
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

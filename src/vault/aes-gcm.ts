import { createCipheriv, createDecipheriv } from 'node:crypto';
import { tagBytes } from '../lib/ciphertext-layout.ts';
import { joined } from '../lib/der-writer.ts';
import { Refusal } from './refusal.ts';

export const ivBytes = 12;

/** AES-256-GCM with a 96-bit IV (NIST SP 800-38D). @returns the ciphertext, then the tag */
export function sealBytes(
  key: Uint8Array,
  iv: Uint8Array,
  additionalData: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(additionalData);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return joined([ciphertext, cipher.getAuthTag()]);
}

/**
 * @param sealed the ciphertext, then the tag
 * @returns the plaintext, in memory of its own, which the caller overwrites
 * @throws Refusal `invalid-ciphertext`: another key, other additional data, or damage; it is not told which
 */
export function openBytes(
  key: Uint8Array,
  iv: Uint8Array,
  additionalData: Uint8Array,
  sealed: Uint8Array,
): Uint8Array {
  if (sealed.length < tagBytes)
    throw new Refusal('invalid-ciphertext', 'the ciphertext is cut off');
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  decipher.setAAD(additionalData);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const plaintext = decipher.update(sealed.subarray(0, -tagBytes));
  try {
    decipher.final();
  } catch {
    plaintext.fill(0);
    throw new Refusal('invalid-ciphertext', 'the ciphertext is not authentic');
  }
  return plaintext;
}

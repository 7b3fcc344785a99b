import { ciphertextVersion, offsets, tagBytes } from './ciphertext-layout.ts';

/**
 * Which key a ciphertext blob says it was made with; undefined if it is none. Nothing of it is authenticated
 * before the vault has decrypted the blob.
 */
export function readCiphertextHeader(
  blob: Uint8Array,
): { readonly keyId: string; readonly backingKeyId: string } | undefined {
  if (blob.length < offsets.ciphertext + tagBytes || blob[0] !== ciphertextVersion)
    return undefined;
  const hex = blob.subarray(offsets.keyId, offsets.nonce).toHex();
  return { keyId: uuidOf(hex), backingKeyId: uuidOf(hex.slice(32)) };
}

/** @param hex begins with the digits of the UUID */
function uuidOf(hex: string): string {
  const place = (start: number, end: number): string => hex.slice(start, end);
  return `${place(0, 8)}-${place(8, 12)}-${place(12, 16)}-${place(16, 20)}-${place(20, 32)}`;
}

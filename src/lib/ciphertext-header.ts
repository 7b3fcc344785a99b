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
  return {
    keyId: uuidOf(blob.subarray(offsets.keyId, offsets.backingKeyId)),
    backingKeyId: uuidOf(blob.subarray(offsets.backingKeyId, offsets.nonce)),
  };
}

function uuidOf(bytes: Uint8Array): string {
  const hex = bytes.toHex();
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${a}-${b}-${c}-${d}-${hex.slice(20)}`;
}

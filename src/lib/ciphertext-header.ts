/**
 * Where the parts of a ciphertext blob begin, see docs/formats.md: version · key id · backing key id · derivation nonce ·
 * IV · ciphertext · tag. All before the ciphertext is authenticated with it.
 */
export const offsets = { keyId: 1, backingKeyId: 17, nonce: 33, iv: 49, ciphertext: 61 } as const;
export const ciphertextVersion = 1;
export const tagBytes = 16;

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

/** @returns undefined for what is not a lower-case UUID */
export function uuidBytes(uuid: string): Uint8Array | undefined {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid);
  return isUuid ? Uint8Array.fromHex(uuid.replaceAll('-', '')) : undefined;
}

function uuidOf(bytes: Uint8Array): string {
  const hex = bytes.toHex();
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${a}-${b}-${c}-${d}-${hex.slice(20)}`;
}

/**
 * Where the parts of a ciphertext blob begin, see docs/formats.md: version · key id · backing key id · derivation nonce ·
 * IV · ciphertext · tag. All before the ciphertext is authenticated with it.
 */
export const offsets = { keyId: 1, backingKeyId: 17, nonce: 33, iv: 49, ciphertext: 61 } as const;
export const ciphertextVersion = 1;
export const tagBytes = 16;

/** @returns undefined for what is not a lower-case UUID */
export function uuidBytes(uuid: string): Uint8Array | undefined {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid);
  return isUuid ? Uint8Array.fromHex(uuid.replaceAll('-', '')) : undefined;
}

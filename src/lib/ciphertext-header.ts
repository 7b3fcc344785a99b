/** Offsets of a ciphertext blob, see docs/formats.md: what precedes the ciphertext is authenticated with it. */
export const ciphertextVersion = 1;
export const keyIdOffset = 1;
export const backingKeyIdOffset = 17;
export const derivationNonceOffset = 33;
export const ivOffset = 49;
export const ciphertextOffset = 61;
export const tagBytes = 16;

/**
 * Which key a ciphertext blob says it was made with; undefined if it is none. Nothing of it is authenticated
 * before the vault has decrypted the blob.
 */
export function readCiphertextHeader(
  blob: Uint8Array,
): { readonly keyId: string; readonly backingKeyId: string } | undefined {
  if (blob.length < ciphertextOffset + tagBytes || blob[0] !== ciphertextVersion) return undefined;
  return {
    keyId: uuidOf(blob.subarray(keyIdOffset, backingKeyIdOffset)),
    backingKeyId: uuidOf(blob.subarray(backingKeyIdOffset, derivationNonceOffset)),
  };
}

/** @returns undefined for what is not a lower-case UUID */
export function uuidBytes(uuid: string): Uint8Array | undefined {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid);
  return isUuid ? Uint8Array.fromHex(uuid.replaceAll('-', '')) : undefined;
}

function uuidOf(bytes: Uint8Array): string {
  return bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

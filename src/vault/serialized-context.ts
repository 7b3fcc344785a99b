import { FieldReader } from '../lib/vault-protocol.ts';

/** Whether these bytes are what `serializeEncryptionContext` of lib makes: pairs complete, each key once and in order. */
export function isSerializedContext(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const fields = new FieldReader(bytes, 4);
  let before: Uint8Array | undefined;
  try {
    for (let pair = 0; pair < count; pair += 1) {
      const key = fields.bytes();
      fields.bytes();
      if (before !== undefined && Buffer.compare(before, key) >= 0) return false;
      before = key;
    }
    return fields.isAtEnd;
  } catch {
    return false;
  }
}

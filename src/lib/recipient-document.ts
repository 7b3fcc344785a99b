import { verify, type KeyObject } from 'node:crypto';
import { FieldReader, ProtocolError, textField } from './vault-protocol.ts';

/**
 * What an enrolled holder hands to `Decrypt` as its Recipient's attestation document: who it is, and the
 * ephemeral public key to which alone the plaintext may be encrypted. See docs/formats.md.
 */
export interface RecipientDocument {
  readonly holderId: string;
  /** DER SubjectPublicKeyInfo of an RSA key. */
  readonly publicKey: Uint8Array;
  readonly time: Temporal.Instant;
  /** 16 bytes, never used twice. */
  readonly nonce: Uint8Array;
}

/** The first field. */
export const recipientDocumentMagic = textField('holdfast recipient document 1');
const signatureBytes = 64;
const maxDocumentBytes = 4096;

/** Reads a document without believing it; undefined if it is none. */
export function readRecipientDocument(signed: Uint8Array): RecipientDocument | undefined {
  if (signed.length > maxDocumentBytes || signed.length < signatureBytes) return undefined;
  try {
    const fields = new FieldReader(signed.subarray(0, -signatureBytes));
    if (Buffer.compare(fields.bytes(), recipientDocumentMagic) !== 0) return undefined;
    const holderId = fields.text();
    const publicKey = fields.bytes();
    const time = Temporal.Instant.fromEpochMilliseconds(fields.long());
    const nonce = fields.bytes();
    fields.end();
    return nonce.length === 16 ? { holderId, publicKey, time, nonce } : undefined;
  } catch (error) {
    // Temporal throws a RangeError for instants that it cannot name.
    if (error instanceof ProtocolError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @param holderKey public, Ed25519 */
export function isSignedBy(holderKey: KeyObject, signed: Uint8Array): boolean {
  const statement = signed.subarray(0, -signatureBytes);
  return verify(null, statement, holderKey, signed.subarray(-signatureBytes));
}

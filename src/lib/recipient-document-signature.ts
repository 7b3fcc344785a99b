import { sign, type KeyObject } from 'node:crypto';
import { joined } from './der-writer.ts';
import { recipientDocumentMagic, type RecipientDocument } from './recipient-document.ts';
import { joinedFields, longField, textField } from './vault-protocol.ts';

/** @param holderKey private, Ed25519: the key with which the holder enrolled */
export function signRecipientDocument(
  document: RecipientDocument,
  holderKey: KeyObject,
): Uint8Array {
  const statement = joinedFields([
    recipientDocumentMagic,
    textField(document.holderId),
    document.publicKey,
    longField(document.time.epochMilliseconds),
    document.nonce,
  ]);
  return joined([statement, sign(null, statement, holderKey)]);
}

import { UnsupportedOperationException, ValidationException } from './errors.ts';
import type { RecipientInfo } from './model.ts';

/**
 * The document by which a recipient proves who it is; the vault believes it or not.
 * @throws ValidationException
 */
export function recipientDocument(recipient: RecipientInfo | undefined): Uint8Array | undefined {
  if (recipient === undefined) return undefined;
  if (
    recipient.KeyEncryptionAlgorithm === undefined ||
    recipient.AttestationDocument === undefined
  ) {
    throw new ValidationException(
      'Recipient must have both a KeyEncryptionAlgorithm and an AttestationDocument.',
    );
  }
  return recipient.AttestationDocument;
}

/** Only Decrypt answers to a recipient. @throws UnsupportedOperationException */
export function refuseRecipient(recipient: RecipientInfo | undefined): void {
  if (recipient !== undefined)
    throw new UnsupportedOperationException('Recipient is not supported for this operation.');
}

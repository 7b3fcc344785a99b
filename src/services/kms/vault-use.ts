import type { Call } from '../../aws/call.ts';
import { principalName } from '../../aws/principal.ts';
import { readCiphertextHeader } from '../../lib/ciphertext-header.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { VaultRefusal, type BackingKey, type Claim } from '../../vault-client/vault.ts';
import { accessDenied } from './authorization.ts';
import type { KmsKey } from './domain/key.ts';
import {
  IncorrectKeyException,
  InvalidCiphertextException,
  ValidationException,
} from './errors.ts';
import { keyMaterialId } from './key-material.ts';
import type { KmsPorts } from './ports.ts';

/**
 * Has the vault use a key for the call, notes the receipt, and says a refusal in KMS's words.
 * @throws InvalidCiphertextException, ValidationException, access-denied; VaultUnavailable, and VaultRefusal
 *   for reasons that KMS has no word for
 */
export async function useVault<Answer extends { readonly receipt: VaultReceipt }>(
  call: Call,
  action: string,
  key: KmsKey,
  use: (claim: Claim) => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await use({ principal: principalName(call.principal) });
    call.audit.receipt(answer.receipt);
    faultPoint('vault.answered', answer.receipt.operation);
    return answer;
  } catch (error) {
    throw error instanceof VaultRefusal ? inWordsOfKms(error, call, action, key) : error;
  }
}

/** The backing key for new ciphertexts, noted as used. */
export async function currentBackingKey(
  call: Call,
  { reader }: Pick<KmsPorts, 'reader'>,
  key: KmsKey,
): Promise<BackingKey> {
  const backingKey = await reader.backingKey(key, key.backingKeyId, call.change);
  if (backingKey === undefined) throw new TypeError(`the key ${key.keyId} has no material`);
  call.audit.additional({ keyMaterialId: keyMaterialId(backingKey) });
  return backingKey;
}

/**
 * The generation of the key's material with which a ciphertext says it was made.
 * @throws IncorrectKeyException when it names another key; InvalidCiphertextException
 */
export async function backingKeyOf(
  call: Call,
  { reader }: Pick<KmsPorts, 'reader'>,
  key: KmsKey,
  ciphertext: Uint8Array,
): Promise<BackingKey> {
  const header = readCiphertextHeader(ciphertext);
  if (header === undefined) throw new InvalidCiphertextException();
  if (header.keyId !== key.keyId) throw new IncorrectKeyException();
  const backingKey = await reader.backingKey(key, header.backingKeyId, call.change);
  if (backingKey === undefined) throw new InvalidCiphertextException();
  return backingKey;
}

function inWordsOfKms(refusal: VaultRefusal, call: Call, action: string, key: KmsKey): Error {
  switch (refusal.reason) {
    case 'invalid-ciphertext':
      return new InvalidCiphertextException();
    case 'not-allowed':
      return accessDenied(call, action, key);
    case 'recipient-refused':
      return new ValidationException('The attestation document in the Recipient is not valid.');
    default:
      return refusal;
  }
}

import { operation } from '../../../aws/operation.ts';
import { Secret } from '../../../lib/secret.ts';
import { authorizeKey } from '../authorization.ts';
import { checkedContext } from '../domain/encryption-context.ts';
import { keyArn, refuseState, refuseUsage } from '../domain/key.ts';
import { DryRunOperationException, ValidationException } from '../errors.ts';
import { checkGrantTokens } from '../grant-token.ts';
import { locateKey } from '../key-id.ts';
import { keyMaterialId } from '../key-material.ts';
import type { GenerateDataKeyRequest, GenerateDataKeyResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { refuseRecipient } from '../recipient.ts';
import { currentBackingKey, useVault } from '../vault-use.ts';

export const GenerateDataKey = operation<GenerateDataKeyRequest, GenerateDataKeyResponse, KmsPorts>(
  'GenerateDataKey',
  async (input, call, ports) => {
    call.audit.requestParameters({
      keyId: input.KeyId,
      keySpec: input.KeySpec,
      numberOfBytes: input.NumberOfBytes,
      encryptionContext: input.EncryptionContext,
    });
    const byteCount = byteCountOf(input);
    const context = checkedContext(input.EncryptionContext);
    checkGrantTokens(input.GrantTokens);
    const located = await locateKey(call, ports, input.KeyId, {
      action: 'kms:GenerateDataKey',
      byAlias: true,
      acrossAccounts: true,
    });
    const { key } = located;
    await authorizeKey(call, ports, located, 'kms:GenerateDataKey', {
      grantOperation: 'GenerateDataKey',
      encryptionContext: context,
      context: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' },
    });
    refuseState(key, 'use');
    refuseUsage(key, 'GenerateDataKey', 'SYMMETRIC_DEFAULT');
    refuseRecipient(input.Recipient);
    if (input.DryRun === true) throw new DryRunOperationException();

    const backingKey = await currentBackingKey(call, ports, key);
    const made = await useVault(call, 'kms:GenerateDataKey', key, (claim) =>
      ports.vault.generateDataKey(backingKey, byteCount, context, claim),
    );
    return {
      CiphertextBlob: made.ciphertext,
      Plaintext: new Secret(made.plaintext) as unknown as Uint8Array,
      KeyId: keyArn(key),
      KeyMaterialId: keyMaterialId(backingKey),
    };
  },
);

/** @throws ValidationException */
function byteCountOf({ KeySpec: spec, NumberOfBytes: count }: GenerateDataKeyRequest): number {
  if ((spec === undefined) === (count === undefined))
    throw new ValidationException('Please specify either number of bytes or key spec.');
  return count ?? (spec === 'AES_128' ? 16 : 32);
}

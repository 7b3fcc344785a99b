import { operation } from '../../../aws/operation.ts';
import type { Call } from '../../../aws/call.ts';
import { Secret } from '../../../lib/secret.ts';
import type { BackingKey } from '../../../vault-client/vault.ts';
import { authorizeKey } from '../authorization.ts';
import { ciphertextOf, keyOfCiphertext } from '../ciphertext-key.ts';
import { checkedContext, type EncryptionContext } from '../domain/encryption-context.ts';
import { keyArn, refuseState, refuseUsage, type KmsKey } from '../domain/key.ts';
import { DryRunOperationException } from '../errors.ts';
import { checkGrantTokens } from '../grant-token.ts';
import { keyMaterialId } from '../key-material.ts';
import type { DecryptRequest, DecryptResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { recipientDocument } from '../recipient.ts';
import { backingKeyOf, useVault } from '../vault-use.ts';

export const Decrypt = operation<DecryptRequest, DecryptResponse, KmsPorts>(
  'Decrypt',
  async (input, call, ports) => {
    const algorithm = input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    call.audit.requestParameters({
      keyId: input.KeyId,
      encryptionContext: input.EncryptionContext,
      encryptionAlgorithm: algorithm,
    });
    const context = checkedContext(input.EncryptionContext);
    checkGrantTokens(input.GrantTokens);
    const document = recipientDocument(input.Recipient);
    const ciphertext = ciphertextOf(input);
    const located = await keyOfCiphertext(
      call,
      ports,
      { keyId: input.KeyId, ciphertext },
      'kms:Decrypt',
    );
    const { key } = located;
    await authorizeKey(call, ports, located, 'kms:Decrypt', {
      grantOperation: 'Decrypt',
      encryptionContext: context,
      context: { 'kms:EncryptionAlgorithm': algorithm },
    });
    refuseState(key, 'use');
    if (ciphertext === undefined) throw new DryRunOperationException();
    const backingKey = await backingKeyOf(call, ports, key, ciphertext);
    refuseUsage(key, 'Decrypt', algorithm);

    call.audit.additional({ keyMaterialId: keyMaterialId(backingKey) });
    const opened = await open({ key, backingKey, ciphertext, context, document }, call, ports);
    if (input.DryRun === true) {
      opened.Plaintext?.[Symbol.dispose]();
      throw new DryRunOperationException();
    }
    return {
      Plaintext: opened.Plaintext as unknown as Uint8Array | undefined,
      CiphertextForRecipient: opened.CiphertextForRecipient,
      KeyId: keyArn(key),
      EncryptionAlgorithm: algorithm,
      KeyMaterialId: keyMaterialId(backingKey),
    };
  },
);

interface Sealed {
  readonly key: KmsKey;
  readonly backingKey: BackingKey;
  readonly ciphertext: Uint8Array;
  readonly context: EncryptionContext;
  readonly document: Uint8Array | undefined;
}

/** With a recipient's document the plaintext never leaves the vault in the clear. */
async function open(
  { key, backingKey, ciphertext, context, document }: Sealed,
  call: Call,
  { vault }: KmsPorts,
): Promise<{ Plaintext?: Secret; CiphertextForRecipient?: Uint8Array }> {
  if (document === undefined) {
    const { plaintext } = await useVault(call, 'kms:Decrypt', key, (claim) =>
      vault.decrypt(backingKey, ciphertext, context, claim),
    );
    return { Plaintext: new Secret(plaintext) };
  }
  const answer = await useVault(call, 'kms:Decrypt', key, (claim) =>
    vault.decryptToRecipient(backingKey, ciphertext, context, document, claim),
  );
  call.audit.additional({ recipient: { attestationDocumentModuleId: answer.holderId } });
  return { CiphertextForRecipient: answer.ciphertextForRecipient };
}

import { operation } from '../../../aws/operation.ts';
import { reveal, type Secret } from '../../../lib/secret.ts';
import { authorizeKey } from '../authorization.ts';
import { checkedContext } from '../domain/encryption-context.ts';
import { keyArn, refuseState, refuseUsage } from '../domain/key.ts';
import { DryRunOperationException } from '../errors.ts';
import { checkGrantTokens } from '../grant-token.ts';
import { locateKey } from '../key-id.ts';
import type { EncryptRequest, EncryptResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { currentBackingKey, useVault } from '../vault-use.ts';

export const Encrypt = operation<EncryptRequest, EncryptResponse, KmsPorts>(
  'Encrypt',
  async (input, call, ports) => {
    const algorithm = input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT';
    call.audit.requestParameters({
      keyId: input.KeyId,
      encryptionContext: input.EncryptionContext,
      encryptionAlgorithm: algorithm,
    });
    const context = checkedContext(input.EncryptionContext);
    checkGrantTokens(input.GrantTokens);
    const located = await locateKey(call, ports, input.KeyId, {
      action: 'kms:Encrypt',
      byAlias: true,
      acrossAccounts: true,
    });
    const { key } = located;
    await authorizeKey(call, ports, located, 'kms:Encrypt', {
      grantOperation: 'Encrypt',
      encryptionContext: context,
      context: { 'kms:EncryptionAlgorithm': algorithm },
    });
    refuseState(key, 'use');
    refuseUsage(key, 'Encrypt', algorithm);
    if (input.DryRun === true) throw new DryRunOperationException();

    const backingKey = await currentBackingKey(call, ports, key);
    // The bytes stay the pipeline's, which overwrites them once the call need not run again.
    const plaintext = reveal(input.Plaintext as unknown as Secret);
    const { ciphertext } = await useVault(call, 'kms:Encrypt', key, (claim) =>
      ports.vault.encrypt(backingKey, plaintext, context, claim),
    );
    return { CiphertextBlob: ciphertext, KeyId: keyArn(key), EncryptionAlgorithm: algorithm };
  },
);

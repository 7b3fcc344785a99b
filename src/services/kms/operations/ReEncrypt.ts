import { operation } from '../../../aws/operation.ts';
import { ciphertextOf, keyOfCiphertext } from '../ciphertext-key.ts';
import { checkedContext } from '../domain/encryption-context.ts';
import { keyArn } from '../domain/key.ts';
import { DryRunOperationException, InvalidKeyUsageException } from '../errors.ts';
import { checkGrantTokens } from '../grant-token.ts';
import { locateKey } from '../key-id.ts';
import type { ReEncryptRequest, ReEncryptResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { authorizeReEncrypt, reEncrypt } from '../re-encrypt.ts';

export const ReEncrypt = operation<ReEncryptRequest, ReEncryptResponse, KmsPorts>(
  'ReEncrypt',
  async (input, call, ports) => {
    const algorithms = checkedAlgorithms(input);
    call.audit.requestParameters({
      sourceKeyId: input.SourceKeyId,
      sourceEncryptionContext: input.SourceEncryptionContext,
      sourceEncryptionAlgorithm: algorithms.SourceEncryptionAlgorithm,
      destinationKeyId: input.DestinationKeyId,
      destinationEncryptionContext: input.DestinationEncryptionContext,
      destinationEncryptionAlgorithm: algorithms.DestinationEncryptionAlgorithm,
    });
    checkGrantTokens(input.GrantTokens);
    const ciphertext = ciphertextOf(input);
    const source = {
      located: await keyOfCiphertext(
        call,
        ports,
        { keyId: input.SourceKeyId, ciphertext },
        'kms:ReEncryptFrom',
      ),
      context: checkedContext(input.SourceEncryptionContext),
    };
    const target = {
      located: await locateKey(call, ports, input.DestinationKeyId, {
        action: 'kms:ReEncryptTo',
        byAlias: true,
        acrossAccounts: true,
      }),
      context: checkedContext(input.DestinationEncryptionContext),
    };
    if (ciphertext === undefined) {
      await authorizeReEncrypt(call, ports, source, target);
      throw new DryRunOperationException();
    }
    const made = await reEncrypt(call, ports, { ...source, ciphertext }, target);
    if (input.DryRun === true) throw new DryRunOperationException();
    return {
      CiphertextBlob: made.ciphertext,
      SourceKeyId: keyArn(source.located.key),
      KeyId: keyArn(target.located.key),
      SourceKeyMaterialId: made.sourceMaterialId,
      DestinationKeyMaterialId: made.targetMaterialId,
      ...algorithms,
    };
  },
);

/** All keys are symmetric so far. @throws InvalidKeyUsageException */
function checkedAlgorithms(input: ReEncryptRequest) {
  for (const algorithm of [input.SourceEncryptionAlgorithm, input.DestinationEncryptionAlgorithm]) {
    if (algorithm !== undefined && algorithm !== 'SYMMETRIC_DEFAULT') {
      throw new InvalidKeyUsageException(
        `Algorithm ${algorithm} is incompatible with key spec SYMMETRIC_DEFAULT.`,
      );
    }
  }
  return {
    SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  } as const;
}

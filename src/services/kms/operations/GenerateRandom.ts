import { operation } from '../../../aws/operation.ts';
import { Secret } from '../../../lib/secret.ts';
import { CustomKeyStoreNotFoundException, ValidationException } from '../errors.ts';
import type { GenerateRandomRequest, GenerateRandomResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { refuseRecipient } from '../recipient.ts';

export const GenerateRandom = operation<GenerateRandomRequest, GenerateRandomResponse, KmsPorts>(
  'GenerateRandom',
  async (input, call, { vault }) => {
    call.audit.requestParameters({ numberOfBytes: input.NumberOfBytes });
    await call.authorize('kms:GenerateRandom', '*');
    const { NumberOfBytes: count, CustomKeyStoreId: store } = input;
    if (count === undefined) throw new ValidationException('NumberOfBytes is required.');
    if (store !== undefined)
      throw new CustomKeyStoreNotFoundException(`Custom key store ${store} does not exist.`);
    refuseRecipient(input.Recipient);
    const bytes = await vault.generateRandom(count);
    return { Plaintext: new Secret(bytes) as unknown as Uint8Array };
  },
);

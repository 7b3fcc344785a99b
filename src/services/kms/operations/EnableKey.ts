import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { enabled, keyArn } from '../domain/key.ts';
import { locateKey } from '../key-id.ts';
import type { EnableKeyRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const EnableKey = operation<EnableKeyRequest, void, KmsPorts>(
  'EnableKey',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, { action: 'kms:EnableKey' });
    await authorizeKey(call, ports, located, 'kms:EnableKey');
    ports.writer.setState(call.change, located.key, enabled(located.key));
    call.audit.responseElements({ keyId: keyArn(located.key) });
  },
);

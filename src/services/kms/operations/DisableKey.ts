import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { disabled, keyArn } from '../domain/key.ts';
import { locateKey } from '../key-id.ts';
import type { DisableKeyRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const DisableKey = operation<DisableKeyRequest, void, KmsPorts>(
  'DisableKey',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, { action: 'kms:DisableKey' });
    await authorizeKey(call, ports, located, 'kms:DisableKey');
    ports.writer.setState(call.change, located.key, disabled(located.key));
    call.audit.responseElements({ keyId: keyArn(located.key) });
  },
);

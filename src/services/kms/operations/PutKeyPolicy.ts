import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { policyName } from '../domain/key-policy.ts';
import { keyArn } from '../domain/key.ts';
import { NotFoundException } from '../errors.ts';
import { policyToKeep } from '../kept-policy.ts';
import { locateKey } from '../key-id.ts';
import type { PutKeyPolicyRequest } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

/** In every state of the key. @see AWS KMS API Reference, PutKeyPolicy */
export const PutKeyPolicy = operation<PutKeyPolicyRequest, void, KmsPorts>(
  'PutKeyPolicy',
  async (input, call, ports) => {
    const bypassesLockoutCheck = input.BypassPolicyLockoutSafetyCheck ?? false;
    const located = await locateKey(call, ports, input.KeyId, { action: 'kms:PutKeyPolicy' });
    const { key } = located;
    await authorizeKey(call, ports, located, 'kms:PutKeyPolicy', {
      context: { 'kms:BypassPolicyLockoutSafetyCheck': String(bypassesLockoutCheck) },
    });
    if ((input.PolicyName ?? policyName) !== policyName)
      throw new NotFoundException('No such policy exists');
    const { principals } = ports;
    const kept = await policyToKeep(input.Policy, call, key, { principals, bypassesLockoutCheck });
    ports.writer.setPolicy(call.change, key, kept);
    call.audit.responseElements({ keyId: keyArn(key) });
  },
);

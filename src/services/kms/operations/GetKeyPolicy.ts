import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { policyName } from '../domain/key-policy.ts';
import { NotFoundException } from '../errors.ts';
import { shownPolicy } from '../kept-policy.ts';
import { locateKey } from '../key-id.ts';
import type { GetKeyPolicyRequest, GetKeyPolicyResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const GetKeyPolicy = operation<GetKeyPolicyRequest, GetKeyPolicyResponse, KmsPorts>(
  'GetKeyPolicy',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, { action: 'kms:GetKeyPolicy' });
    await authorizeKey(call, ports, located, 'kms:GetKeyPolicy');
    if ((input.PolicyName ?? policyName) !== policyName)
      throw new NotFoundException('No such policy exists');
    return { Policy: await shownPolicy(located.key, ports), PolicyName: policyName };
  },
);

import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { policyName } from '../domain/key-policy.ts';
import { locateKey } from '../key-id.ts';
import type { ListKeyPoliciesRequest, ListKeyPoliciesResponse } from '../model.ts';
import { readMarker } from '../pagination.ts';
import type { KmsPorts } from '../ports.ts';

export const ListKeyPolicies = operation<ListKeyPoliciesRequest, ListKeyPoliciesResponse, KmsPorts>(
  'ListKeyPolicies',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, { action: 'kms:ListKeyPolicies' });
    await authorizeKey(call, ports, located, 'kms:ListKeyPolicies');
    const isPast = readMarker(input.Marker) !== undefined;
    return { PolicyNames: isPast ? [] : [policyName], Truncated: false };
  },
);

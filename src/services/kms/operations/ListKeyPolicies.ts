import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { policyName } from '../domain/key-policy.ts';
import { InvalidMarkerException } from '../errors.ts';
import { locateKey } from '../key-id.ts';
import type { ListKeyPoliciesRequest, ListKeyPoliciesResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const ListKeyPolicies = operation<ListKeyPoliciesRequest, ListKeyPoliciesResponse, KmsPorts>(
  'ListKeyPolicies',
  async (input, call, ports) => {
    const located = await locateKey(call, ports, input.KeyId, { action: 'kms:ListKeyPolicies' });
    await authorizeKey(call, ports, located, 'kms:ListKeyPolicies');
    // One page holds them all: there is no marker that anybody could have been given.
    if (input.Marker !== undefined) throw new InvalidMarkerException();
    return { PolicyNames: [policyName], Truncated: false };
  },
);

import { operation } from '../../../aws/operation.ts';
import { contextKeysOf } from '../../../aws/policy/context-keys.ts';
import { readInputs } from '../simulate.ts';
import type {
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetContextKeysForCustomPolicy = operation<
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
  IamPorts
>('GetContextKeysForCustomPolicy', async (input, call) => {
  await call.authorize('iam:GetContextKeysForCustomPolicy', '*');
  const policies = readInputs(input.PolicyInputList, 'PolicyInputList');
  return { ContextKeyNames: [...new Set(policies.flatMap((each) => [...contextKeysOf(each)]))] };
});

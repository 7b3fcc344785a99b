import { operation } from '../../../aws/operation.ts';
import { contextKeysOf } from '../../../aws/policy/context-keys.ts';
import { readInputs } from '../simulate.ts';
import { callerNamed } from '../simulated-caller.ts';
import type {
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetContextKeysForPrincipalPolicy = operation<
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse,
  IamPorts
>('GetContextKeysForPrincipalPolicy', async (input, call, ports) => {
  const { PolicySourceArn: arn, PolicyInputList = [] } = input;
  await call.authorize('iam:GetContextKeysForPrincipalPolicy', arn);
  const { identity } = await callerNamed(call.account, arn, ports);
  const policies = [...identity, ...readInputs(PolicyInputList, 'PolicyInputList')];
  return { ContextKeyNames: [...new Set(policies.flatMap((each) => [...contextKeysOf(each)]))] };
});

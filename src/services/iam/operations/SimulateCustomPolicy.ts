import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { readInputs, refuseNobody, simulate } from '../simulate.ts';
import { callerPrincipal } from '../simulated-caller.ts';
import { userArn } from '../arn.ts';
import type { SimulateCustomPolicyRequest, SimulatePolicyResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const SimulateCustomPolicy = operation<
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
  IamPorts
>('SimulateCustomPolicy', async (input, call) => {
  await call.authorize('iam:SimulateCustomPolicy', '*');
  refuseNobody(input);
  const { account } = call;
  const someone = userArn({ account, path: '/', userName: 'simulated' });
  const caller = {
    principal: callerPrincipal(input.CallerArn ?? someone),
    identity: readInputs(input.PolicyInputList, 'PolicyInputList'),
  };
  return simulate(input, caller, listPage(call, 'SimulateCustomPolicy', input));
});

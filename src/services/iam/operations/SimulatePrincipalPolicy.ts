import { operation } from '../../../aws/operation.ts';
import { listPage } from '../pagination.ts';
import { readInputs, refuseNobody, simulate } from '../simulate.ts';
import { callerNamed, callerPrincipal } from '../simulated-caller.ts';
import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const SimulatePrincipalPolicy = operation<
  SimulatePrincipalPolicyRequest,
  SimulatePolicyResponse,
  IamPorts
>('SimulatePrincipalPolicy', async (input, call, ports) => {
  const { PolicySourceArn: arn, PolicyInputList = [], CallerArn } = input;
  await call.authorize('iam:SimulatePrincipalPolicy', arn);
  const source = await callerNamed(call.account, arn, ports);
  if (!/:user\//.test(arn)) refuseNobody(input);
  const caller = {
    ...source,
    ...(CallerArn === undefined ? {} : { principal: callerPrincipal(CallerArn) }),
    identity: [...source.identity, ...readInputs(PolicyInputList, 'PolicyInputList')],
  };
  return simulate(input, caller, listPage(call, 'SimulatePrincipalPolicy', input));
});

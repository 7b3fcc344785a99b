import { operation } from '../../../aws/operation.ts';
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '../model.ts';

/** Also for those whom a policy denies it. @see AWS STS API Reference, "GetCallerIdentity" */
export const GetCallerIdentity = operation<
  GetCallerIdentityRequest,
  GetCallerIdentityResponse,
  unknown
>('GetCallerIdentity', async (_input, call) => {
  call.needsNoPermission();
  const { principal } = call;
  if (principal.type === 'service' || principal.type === 'web-identity')
    throw new TypeError('a caller without a key has no identity that STS could show');
  return { UserId: principal.principalId, Account: principal.account, Arn: principal.arn };
});

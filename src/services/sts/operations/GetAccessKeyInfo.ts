import { CommonError } from '../../../aws/errors.ts';
import { operation } from '../../../aws/operation.ts';
import { accountOfAccessKey } from '../../../lib/access-key-id.ts';
import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from '../model.ts';
import type { StsPorts } from '../ports.ts';

/** The account stands in the id itself: whether there is such a key is not told. */
export const GetAccessKeyInfo = operation<
  GetAccessKeyInfoRequest,
  GetAccessKeyInfoResponse,
  StsPorts
>('GetAccessKeyInfo', async (input, call) => {
  await call.authorize('sts:GetAccessKeyInfo', '*');
  const account = accountOfAccessKey(input.AccessKeyId);
  if (account === undefined)
    throw new CommonError('validation', `Invalid AccessKeyId: ${input.AccessKeyId}`);
  return { Account: account };
});

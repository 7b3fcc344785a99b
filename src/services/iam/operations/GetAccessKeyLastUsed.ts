import { operation } from '../../../aws/operation.ts';
import { userArn } from '../arn.ts';
import { noSuchAccessKey } from '../errors.ts';
import { instant } from '../sets/owner.ts';
import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetAccessKeyLastUsed = operation<
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  IamPorts
>('GetAccessKeyLastUsed', async (input, call, ports) => {
  const { AccessKeyId } = input;
  const found = await ports.users.accessKey(call.account, AccessKeyId);
  await call.authorize(
    'iam:GetAccessKeyLastUsed',
    found === undefined ? '*' : userArn(found.of.user),
  );
  if (found === undefined) throw noSuchAccessKey(AccessKeyId);
  const use = await ports.users.accessKeyUse(call.account, AccessKeyId);
  return {
    UserName: found.of.user.userName,
    AccessKeyLastUsed: {
      LastUsedDate: use && instant(use.used_at),
      ServiceName: use?.service ?? 'N/A',
      Region: use?.region ?? 'N/A',
    },
  };
});

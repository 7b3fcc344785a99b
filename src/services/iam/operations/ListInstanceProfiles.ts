import { operation } from '../../../aws/operation.ts';
import { iamArn } from '../arn.ts';
import type { ListInstanceProfilesRequest, ListInstanceProfilesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** There are no machines here that could have one. */
export const ListInstanceProfiles = operation<
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse,
  IamPorts
>('ListInstanceProfiles', async (input, call) => {
  await call.authorize(
    'iam:ListInstanceProfiles',
    iamArn(call.account, `instance-profile${input.PathPrefix ?? '/'}`),
  );
  return { InstanceProfiles: [], IsTruncated: false };
});

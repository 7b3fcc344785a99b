import { operation } from '../../../aws/operation.ts';
import { iamArn } from '../arn.ts';
import { NoSuchEntityException } from '../errors.ts';
import type { ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** There is none that could have tags. */
export const ListInstanceProfileTags = operation<
  ListInstanceProfileTagsRequest,
  ListInstanceProfileTagsResponse,
  IamPorts
>('ListInstanceProfileTags', async (input, call) => {
  await call.authorize(
    'iam:ListInstanceProfileTags',
    iamArn(call.account, `instance-profile/${input.InstanceProfileName}`),
  );
  throw new NoSuchEntityException(`Instance Profile ${input.InstanceProfileName} cannot be found.`);
});

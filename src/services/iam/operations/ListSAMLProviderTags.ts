import { operation } from '../../../aws/operation.ts';
import { NoSuchEntityException } from '../errors.ts';
import type { ListSAMLProviderTagsRequest, ListSAMLProviderTagsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** There is none that could have tags. */
export const ListSAMLProviderTags = operation<
  ListSAMLProviderTagsRequest,
  ListSAMLProviderTagsResponse,
  IamPorts
>('ListSAMLProviderTags', async (input, call) => {
  await call.authorize('iam:ListSAMLProviderTags', input.SAMLProviderArn);
  throw new NoSuchEntityException(`Manifest not found for arn ${input.SAMLProviderArn}`);
});

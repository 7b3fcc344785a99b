import { operation } from '../../../aws/operation.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { authorizedProvider } from '../subjects.ts';
import type {
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse,
} from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListOpenIDConnectProviderTags = operation<
  ListOpenIDConnectProviderTagsRequest,
  ListOpenIDConnectProviderTagsResponse,
  IamPorts
>('ListOpenIDConnectProviderTags', async (input, call, ports) => {
  const action = 'iam:ListOpenIDConnectProviderTags';
  const found = await authorizedProvider(call, ports, action, input.OpenIDConnectProviderArn);
  const page = listPage(call, 'ListOpenIDConnectProviderTags', input);
  const { items, ...rest } = pagedNames(found.tags, page, ({ Key }) => Key);
  return { Tags: items, ...rest };
});

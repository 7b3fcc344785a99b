import { operation } from '../../../aws/operation.ts';
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { authorizedTags, resourceTagSet } from '../tagging.ts';

export const ListTagsForResource = operation<
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Route53Ports
>('ListTagsForResource', async ({ ResourceType, ResourceId }, call, { reader }) => {
  const { tags } = await authorizedTags(call, reader, 'route53:ListTagsForResource', {
    type: ResourceType,
    id: ResourceId,
  });
  return { ResourceTagSet: resourceTagSet(ResourceType, ResourceId, tags) };
});

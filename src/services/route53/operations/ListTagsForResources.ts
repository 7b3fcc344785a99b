import { operation } from '../../../aws/operation.ts';
import type {
  ListTagsForResourcesRequest,
  ListTagsForResourcesResponse,
  ResourceTagSet,
} from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { authorizedTags, resourceTagSet } from '../tagging.ts';

/** One resource that is not there, or not permitted, and nothing is told. */
export const ListTagsForResources = operation<
  ListTagsForResourcesRequest,
  ListTagsForResourcesResponse,
  Route53Ports
>('ListTagsForResources', async ({ ResourceType, ResourceIds }, call, { reader }) => {
  const ResourceTagSets: ResourceTagSet[] = [];
  for (const id of new Set(ResourceIds)) {
    const { tags } = await authorizedTags(call, reader, 'route53:ListTagsForResources', {
      type: ResourceType,
      id,
    });
    ResourceTagSets.push(resourceTagSet(ResourceType, id, tags));
  }
  return { ResourceTagSets };
});

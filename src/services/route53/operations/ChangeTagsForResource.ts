import { operation } from '../../../aws/operation.ts';
import type { ChangeTagsForResourceRequest, ChangeTagsForResourceResponse } from '../model.ts';
import type { Route53Ports } from '../ports.ts';
import { authorizedTags, checkedTagChange } from '../tagging.ts';

/** A key to remove that the zone does not have is no error. */
export const ChangeTagsForResource = operation<
  ChangeTagsForResourceRequest,
  ChangeTagsForResourceResponse,
  Route53Ports
>('ChangeTagsForResource', async (input, call, { reader, writer }) => {
  const { AddTags: added = [], RemoveTagKeys: removed = [] } = input;
  const requestTags = added.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value]);
  const { zone, tags } = await authorizedTags(
    call,
    reader,
    'route53:ChangeTagsForResource',
    { type: input.ResourceType, id: input.ResourceId },
    {
      ...Object.fromEntries(requestTags),
      'aws:TagKeys': [...added.map(({ Key = '' }) => Key), ...removed],
    },
  );
  writer.changeTags(call.change, zone, checkedTagChange(tags, added, removed));
  return {};
});

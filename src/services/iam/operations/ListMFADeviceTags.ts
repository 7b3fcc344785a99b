import { operation } from '../../../aws/operation.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { authorizedDevice } from '../subjects.ts';
import type { ListMFADeviceTagsRequest, ListMFADeviceTagsResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListMFADeviceTags = operation<
  ListMFADeviceTagsRequest,
  ListMFADeviceTagsResponse,
  IamPorts
>('ListMFADeviceTags', async (input, call, ports) => {
  const serial = input.SerialNumber;
  const { tags } = await authorizedDevice(call, ports, 'iam:ListMFADeviceTags', serial);
  const page = listPage(call, 'ListMFADeviceTags', input);
  const { items, ...rest } = pagedNames(tags, page, ({ Key }) => Key);
  return { Tags: items, ...rest };
});

import { operation } from '../../../aws/operation.ts';
import { authorizedDevice } from '../subjects.ts';
import { requestTags, withTags } from '../tags.ts';
import type { TagMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const TagMFADevice = operation<TagMFADeviceRequest, void, IamPorts>(
  'TagMFADevice',
  async (input, call, ports) => {
    const { SerialNumber, Tags } = input;
    const device = await authorizedDevice(
      call,
      ports,
      'iam:TagMFADevice',
      SerialNumber,
      requestTags(Tags),
    );
    ports.devices.update(call.change, device, { tags: withTags(device.tags, Tags) });
  },
);

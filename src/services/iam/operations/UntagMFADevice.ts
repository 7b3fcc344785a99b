import { operation } from '../../../aws/operation.ts';
import { authorizedDevice } from '../subjects.ts';
import { withoutTags } from '../tags.ts';
import type { UntagMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const UntagMFADevice = operation<UntagMFADeviceRequest, void, IamPorts>(
  'UntagMFADevice',
  async (input, call, ports) => {
    const { SerialNumber, TagKeys } = input;
    const context = { 'aws:TagKeys': TagKeys };
    const device = await authorizedDevice(call, ports, 'iam:UntagMFADevice', SerialNumber, context);
    ports.devices.update(call.change, device, { tags: withoutTags(device.tags, TagKeys) });
  },
);

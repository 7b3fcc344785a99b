import { operation } from '../../../aws/operation.ts';
import { noSuchDevice } from '../errors.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser, deviceOf } from '../subjects.ts';
import type { DeactivateMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeactivateMFADevice = operation<DeactivateMFADeviceRequest, void, IamPorts>(
  'DeactivateMFADevice',
  async (input, call, ports) => {
    const { SerialNumber: serial, UserName } = input;
    const { user } = await authorizedUser(call, ports, 'iam:DeactivateMFADevice', UserName);
    const device = await deviceOf(call, ports.devices, serial);
    if (device?.holder !== userHolder(user.userName)) throw noSuchDevice(serial);
    ports.devices.update(call.change, device, { holder: null, enabledAt: null });
  },
);

import { operation } from '../../../aws/operation.ts';
import { noSuchDevice } from '../errors.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser, deviceOf } from '../subjects.ts';
import { enableDevice } from '../virtual-device.ts';
import type { EnableMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const EnableMFADevice = operation<EnableMFADeviceRequest, void, IamPorts>(
  'EnableMFADevice',
  async (input, call, ports) => {
    const { SerialNumber: serial, UserName } = input;
    const { user } = await authorizedUser(call, ports, 'iam:EnableMFADevice', UserName);
    const device = await deviceOf(call, ports.devices, serial);
    if (device === undefined) throw noSuchDevice(serial);
    await enableDevice(call, ports, device, {
      holder: userHolder(user.userName),
      codes: [input.AuthenticationCode1, input.AuthenticationCode2],
    });
    ports.users.touch(call.change, user);
  },
);

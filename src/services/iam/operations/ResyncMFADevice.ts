import { operation } from '../../../aws/operation.ts';
import { InvalidAuthenticationCodeException, noSuchDevice } from '../errors.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser, deviceOf } from '../subjects.ts';
import type { ResyncMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ResyncMFADevice = operation<ResyncMFADeviceRequest, void, IamPorts>(
  'ResyncMFADevice',
  async (input, call, ports) => {
    const { SerialNumber: serial, UserName } = input;
    const { user } = await authorizedUser(call, ports, 'iam:ResyncMFADevice', UserName);
    const device = await deviceOf(call, ports.devices, serial);
    if (device?.holder !== userHolder(user.userName)) throw noSuchDevice(serial);
    const lastStep = await ports.mfa.stepOfConsecutive(call, device, [
      input.AuthenticationCode1,
      input.AuthenticationCode2,
    ]);
    if (lastStep === undefined) throw new InvalidAuthenticationCodeException();
    ports.devices.update(call.change, device, { lastStep });
  },
);

import { operation } from '../../../aws/operation.ts';
import {
  EntityAlreadyExistsException,
  InvalidAuthenticationCodeException,
  noSuchDevice,
  quotaExceeded,
} from '../errors.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser, deviceOf } from '../subjects.ts';
import type { EnableMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

const devicesPerUser = 8;

export const EnableMFADevice = operation<EnableMFADeviceRequest, void, IamPorts>(
  'EnableMFADevice',
  async (input, call, ports) => {
    const { SerialNumber: serial, UserName } = input;
    const { user } = await authorizedUser(call, ports, 'iam:EnableMFADevice', UserName);
    const device = await deviceOf(call, ports.devices, serial);
    if (device === undefined) throw noSuchDevice(serial);
    if (device.holder !== undefined)
      throw new EntityAlreadyExistsException('MFA Device is already in use.');
    const holder = userHolder(user.userName);
    if ((await ports.devices.of(call.account, holder)).length >= devicesPerUser)
      throw quotaExceeded('MFADevicesPerUser', devicesPerUser);
    const lastStep = await ports.mfa.stepOfConsecutive(call, device, [
      input.AuthenticationCode1,
      input.AuthenticationCode2,
    ]);
    if (lastStep === undefined) throw new InvalidAuthenticationCodeException();
    ports.users.touch(call.change, user);
    ports.devices.update(call.change, device, { holder, enabledAt: call.clock.now(), lastStep });
  },
);

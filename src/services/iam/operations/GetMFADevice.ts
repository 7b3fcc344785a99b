import { operation } from '../../../aws/operation.ts';
import { mfaSerial } from '../arn.ts';
import { noSuchDevice } from '../errors.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser, deviceOf } from '../subjects.ts';
import type { GetMFADeviceRequest, GetMFADeviceResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const GetMFADevice = operation<GetMFADeviceRequest, GetMFADeviceResponse, IamPorts>(
  'GetMFADevice',
  async (input, call, ports) => {
    const { SerialNumber: serial, UserName } = input;
    const { user } = await authorizedUser(call, ports, 'iam:GetMFADevice', UserName);
    const device = await deviceOf(call, ports.devices, serial);
    if (device?.holder !== userHolder(user.userName)) throw noSuchDevice(serial);
    return {
      UserName: user.userName,
      SerialNumber: mfaSerial(device),
      EnableDate: device.enabledAt,
    };
  },
);

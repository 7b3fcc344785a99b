import { operation } from '../../../aws/operation.ts';
import { mfaSerial } from '../arn.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { userHolder } from '../sets/devices.ts';
import { authorizedUser } from '../subjects.ts';
import type { ListMFADevicesRequest, ListMFADevicesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const ListMFADevices = operation<ListMFADevicesRequest, ListMFADevicesResponse, IamPorts>(
  'ListMFADevices',
  async (input, call, ports) => {
    const { user } = await authorizedUser(call, ports, 'iam:ListMFADevices', input.UserName);
    const devices = await ports.devices.of(call.account, userHolder(user.userName));
    const page = listPage(call, 'ListMFADevices', input);
    const { items, ...rest } = pagedNames(devices, page, mfaSerial);
    return {
      MFADevices: items.map((each) => ({
        UserName: user.userName,
        SerialNumber: mfaSerial(each),
        EnableDate: each.enabledAt ?? each.createdAt,
      })),
      ...rest,
    };
  },
);

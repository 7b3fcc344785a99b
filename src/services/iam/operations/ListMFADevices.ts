import type { Call } from '../../../aws/call.ts';
import { operation } from '../../../aws/operation.ts';
import { mfaSerial } from '../arn.ts';
import { listPage, pagedNames } from '../pagination.ts';
import { userHolder, type MfaHolder } from '../sets/devices.ts';
import { authorizedUser, isAboutRoot } from '../subjects.ts';
import type { ListMFADevicesRequest, ListMFADevicesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

async function holderOf(
  call: Call,
  ports: IamPorts,
  name: string | undefined,
): Promise<{ readonly holder: MfaHolder; readonly userName: string }> {
  if (await isAboutRoot(call, 'iam:ListMFADevices', name))
    return { holder: 'root', userName: 'root' };
  const { user } = await authorizedUser(call, ports, 'iam:ListMFADevices', name);
  return { holder: userHolder(user.userName), userName: user.userName };
}

export const ListMFADevices = operation<ListMFADevicesRequest, ListMFADevicesResponse, IamPorts>(
  'ListMFADevices',
  async (input, call, ports) => {
    const { holder, userName } = await holderOf(call, ports, input.UserName);
    const devices = await ports.devices.of(call.account, holder);
    const page = listPage(call, 'ListMFADevices', input);
    const { items, ...rest } = pagedNames(devices, page, mfaSerial);
    return {
      MFADevices: items.map((each) => ({
        UserName: userName,
        SerialNumber: mfaSerial(each),
        EnableDate: each.enabledAt ?? each.createdAt,
      })),
      ...rest,
    };
  },
);

import { operation } from '../../../aws/operation.ts';
import type { Call } from '../../../aws/call.ts';
import { mfaSerial } from '../arn.ts';
import { describeUser } from '../domain/user.ts';
import type { User } from '../model.ts';
import { listPage, paged } from '../pagination.ts';
import { describeRoot } from '../root-users.ts';
import type { MfaDevice } from '../sets/devices.ts';
import { nameKey } from '../sets/owner.ts';
import type { ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** So many are read at a time where only some of them fit. */
const batch = 200;

async function holderOf(
  { account }: Call,
  ports: IamPorts,
  { holder }: MfaDevice,
): Promise<User | undefined> {
  if (holder === undefined) return undefined;
  if (holder === 'root') return describeRoot(account, ports);
  const found = await ports.users.find(account, holder.slice('user:'.length));
  return found && describeUser(found);
}

export const ListVirtualMFADevices = operation<
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
  IamPorts
>('ListVirtualMFADevices', async (input, call, ports) => {
  const { AssignmentStatus: status = 'Any' } = input;
  await call.authorize('iam:ListVirtualMFADevices', '*');
  const page = listPage(call, 'ListVirtualMFADevices', input);
  const rows: MfaDevice[] = [];
  for (let { after } = page; rows.length <= page.limit;) {
    const some = await ports.devices.page(call.account, { after, limit: batch });
    rows.push(
      ...some.filter(
        ({ holder }) => status === 'Any' || (status === 'Assigned') === (holder !== undefined),
      ),
    );
    const last = some.at(-1);
    after = last && nameKey(last.deviceName);
    if (some.length < batch) break;
  }
  const { items, ...rest } = paged(rows, page, ({ deviceName }) => nameKey(deviceName));
  const VirtualMFADevices = await Promise.all(
    items.map(async (device) => ({
      SerialNumber: mfaSerial(device),
      EnableDate: device.enabledAt,
      User: await holderOf(call, ports, device),
    })),
  );
  return { VirtualMFADevices, ...rest };
});

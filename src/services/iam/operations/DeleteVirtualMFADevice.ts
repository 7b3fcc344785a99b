import { operation } from '../../../aws/operation.ts';
import { DeleteConflictException } from '../errors.ts';
import { authorizedDevice } from '../subjects.ts';
import type { DeleteVirtualMFADeviceRequest } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const DeleteVirtualMFADevice = operation<DeleteVirtualMFADeviceRequest, void, IamPorts>(
  'DeleteVirtualMFADevice',
  async (input, call, ports) => {
    const serial = input.SerialNumber;
    const device = await authorizedDevice(call, ports, 'iam:DeleteVirtualMFADevice', serial);
    if (device.holder !== undefined)
      throw new DeleteConflictException('MFA VirtualDevice in use. Must deactivate first.');
    ports.devices.delete(call.change, device);
  },
);

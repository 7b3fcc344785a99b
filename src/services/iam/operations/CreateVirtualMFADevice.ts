import { operation } from '../../../aws/operation.ts';
import { mfaSerial } from '../arn.ts';
import { EntityAlreadyExistsException } from '../errors.ts';
import { qrPng } from '../qr-code.ts';
import { authorizeTagging, checkTags, requestTags } from '../tags.ts';
import { addDevice } from '../virtual-device.ts';
import type { CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

export const CreateVirtualMFADevice = operation<
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse,
  IamPorts
>('CreateVirtualMFADevice', async (input, call, ports) => {
  const { VirtualMFADeviceName: deviceName, Path: path = '/', Tags: tags = [] } = input;
  const { account } = call;
  const serial = mfaSerial({ account, path, deviceName });
  await call.authorize('iam:CreateVirtualMFADevice', serial, { context: requestTags(tags) });
  await authorizeTagging(call, 'iam:TagMFADevice', serial, tags);
  checkTags(tags);
  if ((await ports.devices.find(account, deviceName)) !== undefined)
    throw new EntityAlreadyExistsException(
      `MFADevice entity at the same path and name already exists.`,
    );
  const { characters, uri } = await addDevice(call, ports, { deviceName, path, tags });
  call.audit.resource({ type: 'AWS::IAM::MFADevice', arn: serial });
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      // The one place where a user's seed is shown.
      Base32StringSeed: characters,
      QRCodePNG: qrPng(uri),
      Tags: tags.length === 0 ? undefined : tags,
    },
  };
});

import { operation } from '../../../aws/operation.ts';
import { mfaSerial } from '../arn.ts';
import { base32Characters } from '../domain/base32.ts';
import { EntityAlreadyExistsException } from '../errors.ts';
import { qrPng } from '../qr-code.ts';
import { checkTags, requestTags } from '../tags.ts';
import type { CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse } from '../model.ts';
import type { IamPorts } from '../ports.ts';

/** 64 characters of base32. */
const seedBytes = 40;

/** What authenticator apps read from the QR code. */
function keyUri(deviceName: string, alias: string, characters: Uint8Array): string {
  const label = `${encodeURIComponent(deviceName)}@${encodeURIComponent(alias)}`;
  return `otpauth://totp/holdfast:${label}?secret=${Buffer.from(characters).toString('latin1')}&issuer=holdfast`;
}

export const CreateVirtualMFADevice = operation<
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse,
  IamPorts
>('CreateVirtualMFADevice', async (input, call, ports) => {
  const { VirtualMFADeviceName: deviceName, Path: path = '/', Tags: tags = [] } = input;
  const { account } = call;
  const serial = mfaSerial({ account, path, deviceName });
  await call.authorize('iam:CreateVirtualMFADevice', serial, { context: requestTags(tags) });
  checkTags(tags);
  if ((await ports.devices.find(account, deviceName)) !== undefined)
    throw new EntityAlreadyExistsException(
      `MFADevice entity at the same path and name already exists.`,
    );
  const seed = call.random.bytes(seedBytes);
  const characters = base32Characters(seed);
  ports.devices.insert(call.change, {
    account,
    deviceName,
    path,
    createdAt: call.clock.now(),
    seed: await ports.mfa.seal(call, serial, seed),
    holder: undefined,
    enabledAt: undefined,
    lastStep: 0,
    tags,
    version: 0,
  });
  seed.fill(0);
  call.audit.resource({ type: 'AWS::IAM::MFADevice', arn: serial });
  const { alias = account } = await ports.accounts.settings(account);
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      // The one place where the seed is shown, for the device to learn.
      Base32StringSeed: characters,
      QRCodePNG: qrPng(keyUri(deviceName, alias, characters)),
      Tags: tags.length === 0 ? undefined : tags,
    },
  };
});

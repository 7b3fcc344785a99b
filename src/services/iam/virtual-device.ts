import type { Call } from '../../aws/call.ts';
import { mfaSerial } from './arn.ts';
import { base32Characters } from './domain/base32.ts';
import {
  EntityAlreadyExistsException,
  InvalidAuthenticationCodeException,
  quotaExceeded,
} from './errors.ts';
import type { IamPorts } from './ports.ts';
import type { MfaDevice, MfaHolder } from './sets/devices.ts';

/** 64 characters of base32. */
const seedBytes = 40;
/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const devicesPerHolder = 8;

/** A seed as it is shown, this once, for a device to learn. */
export interface ShownSeed {
  readonly serial: string;
  /** Base32; the caller overwrites it. */
  readonly characters: Uint8Array;
  /** What authenticator apps read from a QR code; has the seed in it. */
  readonly uri: string;
}

/** Adds a device that is nobody's yet to the call's Change. */
export async function addDevice(
  call: Call,
  ports: Pick<IamPorts, 'devices' | 'mfa' | 'accounts'>,
  named: Pick<MfaDevice, 'deviceName' | 'path' | 'tags'>,
): Promise<ShownSeed> {
  const { account } = call;
  const { seed, shown } = await newSeed(call, ports, { account, ...named });
  ports.devices.insert(call.change, {
    account,
    ...named,
    createdAt: call.clock.now(),
    seed,
    holder: undefined,
    enabledAt: undefined,
    lastStep: 0,
    version: 0,
  });
  return shown;
}

/** Gives a device that is nobody's another seed: whoever saw the one before cannot use it. */
export async function reseedDevice(
  call: Call,
  ports: Pick<IamPorts, 'devices' | 'mfa' | 'accounts'>,
  device: MfaDevice,
): Promise<ShownSeed> {
  if (device.holder !== undefined) throw inUse();
  const { seed, shown } = await newSeed(call, ports, device);
  ports.devices.update(call.change, device, { seed, lastStep: 0 });
  return shown;
}

/**
 * Makes a device its holder's, who shows to have it by two codes that follow each other.
 * @throws EntityAlreadyExists, LimitExceeded, InvalidAuthenticationCode
 */
export async function enableDevice(
  call: Call,
  { devices, mfa }: Pick<IamPorts, 'devices' | 'mfa'>,
  device: MfaDevice,
  { holder, codes }: { readonly holder: MfaHolder; readonly codes: readonly [string, string] },
): Promise<void> {
  if (device.holder !== undefined) throw inUse();
  if ((await devices.of(call.account, holder)).length >= devicesPerHolder)
    throw quotaExceeded('MFADevicesPerUser', devicesPerHolder);
  const lastStep = await mfa.stepOfConsecutive(call, device, codes);
  if (lastStep === undefined) throw new InvalidAuthenticationCodeException();
  devices.update(call.change, device, { holder, enabledAt: call.clock.now(), lastStep });
}

async function newSeed(
  call: Call,
  { mfa, accounts }: Pick<IamPorts, 'mfa' | 'accounts'>,
  device: Pick<MfaDevice, 'account' | 'path' | 'deviceName'>,
): Promise<{ readonly seed: MfaDevice['seed']; readonly shown: ShownSeed }> {
  const serial = mfaSerial(device);
  const plain = call.random.bytes(seedBytes);
  const characters = base32Characters(plain);
  const seed = await mfa.seal(call, serial, plain);
  plain.fill(0);
  const { alias = device.account } = await accounts.settings(device.account);
  return {
    seed,
    shown: { serial, characters, uri: keyUri(device.deviceName, alias, characters) },
  };
}

function keyUri(deviceName: string, alias: string, characters: Uint8Array): string {
  const label = `${encodeURIComponent(deviceName)}@${encodeURIComponent(alias)}`;
  return `otpauth://totp/holdfast:${label}?secret=${Buffer.from(characters).toString('latin1')}&issuer=holdfast`;
}

function inUse(): EntityAlreadyExistsException {
  return new EntityAlreadyExistsException('MFA Device is already in use.');
}

import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import { mfaSerial, rootArn } from './arn.ts';
import { isName } from './domain/identifiers.ts';
import { NoSuchEntityException, noSuchDevice } from './errors.ts';
import type { User } from './model.ts';
import type { IamPorts } from './ports.ts';
import { qrBlocks } from './qr-code.ts';
import type { Sessions } from './sessions.ts';
import { addDevice, enableDevice, reseedDevice, type ShownSeed } from './virtual-device.ts';

/**
 * The operator's door to the root user of the account that a call is about. Root has neither password nor access key:
 * only whoever may open the operator's socket gets a session of it.
 */
export interface RootUsers {
  /** Serial numbers of the MFA devices of root, at most eight. */
  devices(account: string): Promise<readonly string[]>;
  /**
   * @param order a code is needed when root has a device, and is used up with the call's Change
   * @throws access-denied
   */
  signIn(call: Call, order: SignIn): ReturnType<Sessions['issue']>;
  /** A device for root, not yet enabled; one of this name that is nobody's gets another seed. @throws EntityAlreadyExists */
  createDevice(call: Call, deviceName: string): Promise<ShownSeed & { readonly qr: string }>;
  /** @throws NoSuchEntity, EntityAlreadyExists, LimitExceeded, InvalidAuthenticationCode */
  enableDevice(call: Call, deviceName: string, codes: readonly [string, string]): Promise<void>;
  /**
   * Takes the device of root with this name away, or all of them, and says which: a lost one gives no codes.
   * @throws NoSuchEntity when there is none
   */
  removeDevices(call: Call, deviceName?: string): Promise<readonly string[]>;
}

interface SignIn {
  /** 900 to 3,600. */
  readonly durationSeconds: number;
  readonly mfa?: { readonly serial: string; readonly code: string } | undefined;
}

/** @see AWS STS API Reference, "GetSessionToken": what root gets lasts an hour at most */
const seconds = { least: 900, most: 3600 };

export function rootUsersDoor(ports: IamPorts, sessions: Sessions): RootUsers {
  const { devices } = ports;
  return {
    async devices(account) {
      return (await devices.of(account, 'root')).map(mfaSerial);
    },
    signIn: (call, order) => signIn(call, order, ports, sessions),
    async createDevice(call, deviceName) {
      if (!isName(deviceName, 226))
        throw new CommonError('validation', `${deviceName} is not a name for an MFA device`);
      const found = await devices.find(call.account, deviceName);
      const shown =
        found === undefined
          ? await addDevice(call, ports, { deviceName, path: '/', tags: [] })
          : await reseedDevice(call, ports, found);
      noteDevice(call, shown.serial);
      return { ...shown, qr: qrBlocks(shown.uri) };
    },
    async enableDevice(call, deviceName, codes) {
      const device = await devices.find(call.account, deviceName);
      if (device === undefined) throw noSuchDevice(deviceName);
      await enableDevice(call, ports, device, { holder: 'root', codes });
      noteDevice(call, mfaSerial(device));
    },
    async removeDevices(call, deviceName) {
      const found = (await devices.of(call.account, 'root')).filter(
        (each) => deviceName === undefined || each.deviceName === deviceName,
      );
      if (found.length === 0)
        throw new NoSuchEntityException(
          `The root user of ${call.account} has no ${deviceName === undefined ? '' : 'such '}MFA device.`,
        );
      for (const device of found) {
        devices.delete(call.change, device);
        noteDevice(call, mfaSerial(device));
      }
      return found.map(mfaSerial);
    },
  };
}

/** The root user as IAM answers it; it has a name only when its account has one. */
export async function describeRoot(
  account: string,
  { accounts }: Pick<IamPorts, 'accounts'>,
): Promise<User> {
  const { alias: UserName } = await accounts.settings(account);
  const CreateDate = await accounts.createdAt(account);
  // AWS's model gives every user a path and a name; its answers leave them out of root.
  return { UserName, UserId: account, Arn: rootArn(account), CreateDate } as User;
}

async function signIn(
  call: Call,
  { durationSeconds, mfa }: SignIn,
  { devices, mfa: codes }: IamPorts,
  sessions: Sessions,
): ReturnType<Sessions['issue']> {
  const { account } = call;
  if (!(durationSeconds >= seconds.least && durationSeconds <= seconds.most))
    throw new CommonError(
      'validation',
      `a session of root lasts ${seconds.least} to ${seconds.most} s`,
    );
  const isProved = mfa !== undefined && (await codes.proves(call, 'root', mfa));
  if (mfa !== undefined && !isProved)
    throw new CommonError('access-denied', 'the code is not valid, or was used before');
  if (!isProved && (await devices.of(account, 'root')).length > 0)
    throw new CommonError('access-denied', `a code of root's MFA device is needed`);
  // No device may have been enabled meanwhile.
  if (!isProved) devices.requireNone(call.change, account, 'root');
  const made = await sessions.issue(call, {
    account,
    durationSeconds,
    claims: {
      who: { kind: 'root' },
      ...(isProved ? { mfaAt: call.clock.now().epochMilliseconds } : {}),
    },
  });
  // By the key id the owner of the account finds what was done in this session.
  call.audit.additional({ accessKeyId: made.accessKeyId, MFAUsed: isProved ? 'Yes' : 'No' });
  return made;
}

function noteDevice(call: Call, arn: string): void {
  call.audit.resource({ type: 'AWS::IAM::MFADevice', arn });
}

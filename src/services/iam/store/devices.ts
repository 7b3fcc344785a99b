import { soonAll, type Soon } from '../../../lib/soon.ts';
import type { Change } from '../../../store/change.ts';
import { mfaDeviceSet, type MfaDevice, type MfaHolder } from '../sets/devices.ts';
import { iamOwner, nameKey } from '../sets/owner.ts';
import { countRows, keysOfPage, type Page } from './pages.ts';
import type { StorePorts } from './users.ts';

/** Virtual MFA devices. */
export class DeviceStore {
  readonly #ports: StorePorts;

  constructor(ports: StorePorts) {
    this.#ports = ports;
  }

  find(account: string, deviceName: string): Soon<MfaDevice | undefined> {
    return this.#ports.authority.load(mfaDeviceSet, iamOwner(account, nameKey(deviceName)));
  }

  async page(account: string, page: Omit<Page, 'pathPrefix'>): Promise<MfaDevice[]> {
    return this.#all(
      account,
      await keysOfPage(this.#ports.db, 'iam_mfa_device', 'device_key', { account, ...page }),
    );
  }

  count(account: string, limit: number): Promise<number> {
    return countRows(this.#ports.db, 'iam_mfa_device', account, { limit });
  }

  async countAssigned(account: string, limit: number): Promise<number> {
    const rows = await this.#ports.db
      .selectFrom('iam_mfa_device')
      .select('account')
      .where('account', '=', account)
      .where('holder', 'is not', null)
      .limit(limit)
      .execute();
    return rows.length;
  }

  /** The devices that somebody has enabled; at most eight. */
  async of(account: string, holder: MfaHolder): Promise<readonly MfaDevice[]> {
    const keys = await this.#ports.authority.lookUp(
      mfaDeviceSet,
      `holder ${account} ${holder}`,
      () =>
        keysOfPage(this.#ports.db, 'iam_mfa_device', 'device_key', {
          account,
          where: { holder },
          limit: maxDevices,
        }),
    );
    const devices = await this.#all(account, keys);
    return devices.filter((each) => each.holder === holder);
  }

  /** The Change only holds while they have no device. */
  requireNone(change: Change, account: string, holder: MfaHolder): void {
    change.write(
      this.#ports.db
        .selectFrom('iam_mfa_device')
        .select('device_key')
        .where('account', '=', account)
        .where('holder', '=', holder)
        .limit(1),
      { rows: 0 },
    );
  }

  insert(change: Change, device: MfaDevice): void {
    this.#ports.rows.insert(change, ofDevice(device), 'iam_mfa_device', {
      ...keyOf(device),
      device_name: device.deviceName,
      path: device.path,
      created_at: device.createdAt.epochMilliseconds,
      seed: device.seed,
      holder: device.holder ?? null,
      enabled_at: device.enabledAt?.epochMilliseconds ?? null,
      last_step: device.lastStep,
      tags: JSON.stringify(device.tags),
      version: device.version,
    });
  }

  /** Holds only if the device is still as it was read: a code is accepted once, whoever else sends it. */
  update(
    change: Change,
    device: MfaDevice,
    values: {
      readonly holder?: MfaHolder | null;
      readonly enabledAt?: Temporal.Instant | null;
      readonly lastStep?: number;
      readonly seed?: MfaDevice['seed'];
      readonly tags?: MfaDevice['tags'];
    },
  ): void {
    const { holder, enabledAt, lastStep, seed, tags } = values;
    if (seed !== undefined) change.shred();
    this.#ports.rows.update(change, ofDevice(device), 'iam_mfa_device', {
      key: keyOf(device),
      values: {
        version: device.version + 1,
        ...(holder === undefined ? {} : { holder }),
        ...(enabledAt === undefined ? {} : { enabled_at: enabledAt?.epochMilliseconds ?? null }),
        ...(lastStep === undefined ? {} : { last_step: lastStep }),
        ...(seed === undefined ? {} : { seed }),
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
      },
      still: { version: device.version },
    });
  }

  delete(change: Change, device: MfaDevice): void {
    this.#ports.rows.drop(change, ofDevice(device), keyOf(device), {
      table: 'iam_mfa_device',
      values: { version: device.version },
    });
    change.shred();
  }

  async #all(account: string, keys: readonly string[]): Promise<MfaDevice[]> {
    const devices = await soonAll(keys.map((key) => this.find(account, key)));
    return devices.filter((each) => each !== undefined);
  }
}

/** @see AWS IAM User Guide, "IAM and AWS STS quotas" */
const maxDevices = 8;

function ofDevice({ account, deviceName }: MfaDevice) {
  return { set: mfaDeviceSet, owner: iamOwner(account, nameKey(deviceName)) };
}

function keyOf({ account, deviceName }: MfaDevice) {
  return { account, device_key: nameKey(deviceName) };
}

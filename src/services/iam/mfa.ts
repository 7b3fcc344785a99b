import type { Call } from '../../aws/call.ts';
import { Recent } from '../../lib/recent.ts';
import { Secret, reveal } from '../../lib/secret.ts';
import { stepOfCode } from '../../lib/totp.ts';
import { mfaSerial } from './arn.ts';
import type { SealedCredential, SealedCredentials } from './sealed-credentials.ts';
import type { MfaDevice, MfaHolder } from './sets/devices.ts';
import type { DeviceStore } from './store/devices.ts';

/** So many wrong codes in a row are looked at; after them one more with each half minute. */
const wrongCodes = 10;
const wrongSeconds = 30;
const rememberedDevices = 10_000;

interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

/** Codes of virtual MFA devices. */
export class MfaCodes {
  readonly #devices: DeviceStore;
  readonly #credentials: SealedCredentials;
  readonly #failures = new Recent<Failures>(rememberedDevices);

  constructor(devices: DeviceStore, credentials: SealedCredentials) {
    this.#devices = devices;
    this.#credentials = credentials;
  }

  /** The seed, as the vault keeps it: bound to the device's serial number. The caller overwrites the plaintext. */
  seal(call: Call, serial: string, seed: Uint8Array): Promise<SealedCredential> {
    return this.#credentials.seal(call, ownerOf(serial), seed);
  }

  /**
   * Whether this is a code of an enabled device of the holder; a right one is used up with the call's Change.
   * @param serial as `mfaSerial` has it
   */
  async proves(
    call: Call,
    holder: MfaHolder,
    { serial, code }: { readonly serial: string; readonly code: string },
  ): Promise<boolean> {
    const devices = await this.#devices.of(call.account, holder);
    const device = devices.find((each) => mfaSerial(each) === serial);
    if (device === undefined) return false;
    const step = await this.stepOf(call, device, code, device.lastStep);
    if (step === undefined) return false;
    this.#devices.update(call.change, device, { lastStep: step });
    return true;
  }

  /** The step of the second of two codes that follow each other: whoever has them has the device. */
  async stepOfConsecutive(
    call: Call,
    device: MfaDevice,
    [first, second]: readonly [string, string],
  ): Promise<number | undefined> {
    const one = await this.stepOf(call, device, first, device.lastStep);
    const two = one === undefined ? undefined : await this.stepOf(call, device, second, one);
    return one !== undefined && two === one + 1 ? two : undefined;
  }

  /** The time step of a right code behind `after`. After many wrong ones in a row it takes its time to look at more. */
  async stepOf(
    call: Call,
    device: MfaDevice,
    code: string,
    after: number,
  ): Promise<number | undefined> {
    const serial = mfaSerial(device);
    const now = call.clock.now();
    if (this.#isTooSoon(serial, now)) return undefined;
    const { plaintext, receipt } = await this.#credentials.open(ownerOf(serial), device.seed);
    call.audit.receipt(receipt);
    using seed = new Secret(plaintext);
    const step = stepOfCode(reveal(seed), code, { now, after });
    if (step === undefined) this.#failed(serial, now);
    else this.#failures.delete(serial);
    return step;
  }

  #isTooSoon(serial: string, now: Temporal.Instant): boolean {
    const failures = this.#failures.find(serial);
    return (
      failures !== undefined &&
      failures.count >= wrongCodes &&
      now.epochMilliseconds - failures.lastAt < wrongSeconds * 1000
    );
  }

  #failed(serial: string, now: Temporal.Instant): void {
    const count = (this.#failures.find(serial)?.count ?? 0) + 1;
    this.#failures.set(serial, { count, lastAt: now.epochMilliseconds });
  }
}

function ownerOf(serial: string) {
  return { accessKeyId: serial, ownerId: 'mfa' };
}

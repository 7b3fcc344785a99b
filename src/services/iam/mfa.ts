import type { Call } from '../../aws/call.ts';
import { Secret, reveal } from '../../lib/secret.ts';
import { stepOfCode } from '../../lib/totp.ts';
import { mfaSerial } from './arn.ts';
import type { Guesses } from './guesses.ts';
import type { SealedCredential, SealedCredentials } from './sealed-credentials.ts';
import type { MfaDevice, MfaHolder } from './sets/devices.ts';
import type { DeviceStore } from './store/devices.ts';

/** Codes of virtual MFA devices. */
export class MfaCodes {
  readonly #devices: DeviceStore;
  readonly #credentials: SealedCredentials;
  readonly #guesses: Guesses;

  constructor(devices: DeviceStore, credentials: SealedCredentials, guesses: Guesses) {
    this.#guesses = guesses;
    this.#devices = devices;
    this.#credentials = credentials;
  }

  /** The seed, as the vault keeps it: bound to the device's serial number. The caller overwrites the plaintext. */
  seal(call: Call, serial: string, seed: Uint8Array): Promise<SealedCredential> {
    return this.#credentials.seal(call, ownerOf(serial), seed);
  }

  /**
   * Whether this is a code of an enabled device of the holder; a right one is used up with the call's Change. It looks and
   * takes the same whether the device or the code is wrong.
   * @param serial as `mfaSerial` has it
   */
  async proves(
    call: Call,
    holder: MfaHolder,
    { serial, code }: { readonly serial: string; readonly code: string },
  ): Promise<boolean> {
    const devices = await this.#devices.of(call.account, holder);
    const named = devices.find((each) => mfaSerial(each) === serial);
    const device = named ?? devices[0];
    if (device === undefined) return false;
    const step = await this.#guesses.look(call, guessed(device), async () => {
      const found = await this.#stepOf(call, device, code, device.lastStep);
      return named === undefined ? undefined : found;
    });
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
    const look = async (): Promise<number | undefined> => {
      const one = await this.#stepOf(call, device, first, device.lastStep);
      const two = one === undefined ? undefined : await this.#stepOf(call, device, second, one);
      return one !== undefined && two === one + 1 ? two : undefined;
    };
    // One that is nobody's protects nothing yet: nothing is gained by guessing.
    return device.holder === undefined ? look() : this.#guesses.look(call, guessed(device), look);
  }

  /** The time step of a right code behind `after`. */
  async #stepOf(
    call: Call,
    device: MfaDevice,
    code: string,
    after: number,
  ): Promise<number | undefined> {
    const owner = ownerOf(mfaSerial(device));
    const { plaintext, receipt } = await this.#credentials.open(owner, device.seed);
    call.audit.receipt(receipt);
    using seed = new Secret(plaintext);
    return stepOfCode(reveal(seed), code, { now: call.clock.now(), after });
  }
}

/** All devices of one holder together: who has several gives no more chances. */
function guessed({ account, holder }: MfaDevice): string {
  return `mfa ${account} ${holder}`;
}

function ownerOf(serial: string) {
  return { accessKeyId: serial, ownerId: 'mfa' };
}

import { unlinkSync } from 'node:fs';
import { CodeInput } from './code-input.ts';
import { fillNewPrivateFile } from './new-private-file.ts';
import { askServer, OperatorError } from './operator-client.ts';

interface EnableOptions {
  readonly data: string;
  readonly account: string;
  readonly deviceName: string;
  /** Where the seed goes in the place of the terminal. */
  readonly seedFile: string | undefined;
  readonly mfaCodeDescriptor: number | undefined;
}

interface NewDevice {
  readonly serial: string;
  /** Base32. */
  readonly seed: string;
  /** A QR code of half blocks. */
  readonly qr: string;
}

/** At the terminal, where a code is easily mistyped or too late. */
const attempts = 3;

/** Makes a virtual MFA device for root, shows its seed this once, and asks for two of its codes. @throws OperatorError */
export async function enableRootMfa(options: EnableOptions): Promise<void> {
  const { data, account, deviceName, seedFile, mfaCodeDescriptor } = options;
  if (seedFile === undefined && mfaCodeDescriptor !== undefined)
    throw new OperatorError('without a terminal the seed needs a place: --seed-file FILE');
  using input = new CodeInput(mfaCodeDescriptor);
  const make = async () =>
    (await askServer(data, 'account/mfa/create', { account, deviceName })) as NewDevice;
  let serial: string;
  if (seedFile === undefined) {
    const made = await make();
    serial = made.serial;
    input.show(`${inverted(made.qr)}\n\nOr type this secret into the device: ${made.seed}\n\n`);
  } else {
    serial = await fillNewPrivateFile(seedFile, async () => {
      const made = await make();
      return { text: `${made.seed}\n`, made: made.serial };
    });
  }
  try {
    await enable(input, options);
  } catch (error) {
    // The next try makes another seed.
    if (seedFile !== undefined) unlinkSync(seedFile);
    throw error;
  }
  process.stdout.write(`Root of account ${account} needs codes of ${serial} from now on.\n`);
}

/** A lost device gives no codes: none is asked for. @throws OperatorError */
export async function disableRootMfa(
  data: string,
  account: string,
  deviceName: string | undefined,
): Promise<void> {
  const order = { account, ...(deviceName === undefined ? {} : { deviceName }) };
  const { serials } = (await askServer(data, 'account/mfa/disable', order)) as {
    serials: readonly string[];
  };
  process.stdout.write(`Root of account ${account} no longer has ${serials.join(', ')}.\n`);
}

async function enable(
  input: CodeInput,
  { data, account, deviceName }: EnableOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      const firstCode = input.ask('A code of the device: ');
      const secondCode = input.ask('The code after it: ');
      const order = { account, deviceName, firstCode, secondCode };
      await askServer(data, 'account/mfa/enable', order);
      return;
    } catch (error) {
      if (!(error instanceof OperatorError && input.isTerminal && attempt < attempts)) throw error;
      input.show(`${error.message}\n`);
    }
}

/** Light modules in white, dark ones in black, whatever the colours of the terminal. */
function inverted(qr: string): string {
  return qr
    .split('\n')
    .map((line) => `\u001B[97;40m${line}\u001B[0m`)
    .join('\n');
}

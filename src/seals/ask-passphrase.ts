import { closeSync, read } from 'node:fs';
import { promisify } from 'node:util';
import { reveal, Secret } from '../lib/secret.ts';
import { SealError } from './seal-error.ts';
import { maxPassphraseBytes, readHiddenLine, type Terminal } from './hidden-line.ts';

/** NIST SP 800-63B-4 §3.1.1.2: the least for a secret that stands alone. */
const minCharacters = 15;
const minDifferentBytes = 6;

export interface PassphraseRequest {
  /** Where it is read from, up to the end of a line or of the file; the terminal when absent. */
  readonly descriptor: number | undefined;
  /** What the person at the terminal is told to type. */
  readonly prompt: string;
  /** It is chosen now: it must be strong, and is typed twice. */
  readonly isNew: boolean;
  readonly stop?: AbortSignal | undefined;
}

/** Never an argument or the environment, which others can read. @throws SealError with one line for the operator */
export async function askPassphrase(
  { descriptor, prompt, isNew, stop }: PassphraseRequest,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<Secret> {
  const passphrase =
    descriptor === undefined
      ? await typed(terminal, prompt, isNew, stop)
      : await untilStopped(readLineOf(descriptor), stop);
  try {
    if (passphrase.byteLength === 0) throw new SealError('the passphrase is empty');
    if (isNew) checkStrength(passphrase);
    return passphrase;
  } catch (error) {
    passphrase[Symbol.dispose]();
    throw error;
  }
}

/** Whoever copies the seal can guess as fast as his machines allow: what is short or all alike is found. */
function checkStrength(passphrase: Secret): void {
  const bytes = reveal(passphrase);
  // Of UTF-8, all bytes that do not go on with a character.
  const characters = bytes.reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
  if (characters < minCharacters || new Set(bytes).size < minDifferentBytes) {
    throw new SealError(
      `the passphrase is too weak: at least ${minCharacters} characters, ${minDifferentBytes} of them different; better six random words`,
    );
  }
}

async function typed(
  terminal: Terminal,
  prompt: string,
  isNew: boolean,
  stop: AbortSignal | undefined,
): Promise<Secret> {
  if (terminal.input.isTTY !== true)
    throw new SealError('the seal needs a passphrase: on a terminal, or with --passphrase-fd N');
  const first = await readHiddenLine(terminal, `${prompt}: `, stop);
  if (!isNew) return first;
  try {
    using second = await readHiddenLine(terminal, `${prompt}, once more: `, stop);
    if (Buffer.compare(reveal(first), reveal(second)) === 0) return first;
    throw new SealError('the two passphrases differ');
  } catch (error) {
    first[Symbol.dispose]();
    throw error;
  }
}

const readSome = promisify(read);

/** Reads the descriptor to its first line's end, and closes it. */
async function readLineOf(descriptor: number): Promise<Secret> {
  const room = new Uint8Array(maxPassphraseBytes + 2);
  try {
    let length = 0;
    while (length < room.length && !room.subarray(0, length).includes(0x0a)) {
      const { bytesRead } = await readSome(descriptor, room, length, room.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    const end = room.subarray(0, length).indexOf(0x0a);
    let last = end === -1 ? length : end;
    if (room[last - 1] === 0x0d && end !== -1) last -= 1;
    if (last > maxPassphraseBytes)
      throw new SealError(`the passphrase is longer than ${maxPassphraseBytes} bytes`);
    if (descriptor > 2) closeSync(descriptor);
    return new Secret(room.slice(0, last));
  } catch (error) {
    if (error instanceof SealError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new SealError(`the passphrase cannot be read from descriptor ${descriptor} (${code})`);
  } finally {
    room.fill(0);
  }
}

function untilStopped(reading: Promise<Secret>, stop: AbortSignal | undefined): Promise<Secret> {
  if (stop === undefined) return reading;
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(new SealError('stopped before the passphrase was given'));
  if (stop.aborted) giveUp();
  stop.addEventListener('abort', giveUp, { once: true });
  return Promise.race([reading, promise]).finally(() => stop.removeEventListener('abort', giveUp));
}

import { Secret } from '../lib/secret.ts';
import { SealError } from './seal-error.ts';

/** What is needed of a terminal: `process.stdin` and `process.stderr` have it. */
export interface Terminal {
  readonly input: NodeJS.EventEmitter & {
    readonly isTTY?: boolean;
    setRawMode?(isRaw: boolean): unknown;
    resume(): unknown;
    pause(): unknown;
  };
  readonly output: { write(text: string): unknown };
}

export const maxPassphraseBytes = 1024;
const key = {
  ctrlC: 0x03,
  ctrlD: 0x04,
  backspace: 0x08,
  lineFeed: 0x0a,
  enter: 0x0d,
  ctrlU: 0x15,
  delete: 0x7f,
};

/**
 * A line that is typed without being seen; its bytes are in no string, and what came in is overwritten.
 * @throws SealError when the typist gives up (Ctrl-C, Ctrl-D), the terminal ends, or `stop` is aborted
 */
export async function readHiddenLine(
  { input, output }: Terminal,
  prompt: string,
  stop?: AbortSignal,
): Promise<Secret> {
  const line = new HiddenLine();
  const { promise, resolve, reject } = Promise.withResolvers<Secret>();
  const giveUp = (): void => reject(new SealError('no passphrase was given'));
  const take = (chunk: Buffer): void => {
    for (const byte of chunk) {
      if (line.isEnded) continue;
      if (byte === key.enter || byte === key.lineFeed) resolve(line.end());
      else if (byte === key.ctrlC || byte === key.ctrlD) giveUp();
      else if (!line.type(byte))
        reject(new SealError(`a passphrase has at most ${maxPassphraseBytes} bytes`));
    }
    chunk.fill(0);
  };
  output.write(prompt);
  input.setRawMode?.(true);
  try {
    input.on('data', take);
    input.on('end', giveUp);
    stop?.addEventListener('abort', giveUp, { once: true });
    if (stop?.aborted === true) giveUp();
    input.resume();
    return await promise;
  } finally {
    input.pause();
    input.off('data', take);
    input.off('end', giveUp);
    stop?.removeEventListener('abort', giveUp);
    input.setRawMode?.(false);
    line.wipe();
    output.write('\n');
  }
}

class HiddenLine {
  readonly #bytes = new Uint8Array(maxPassphraseBytes);
  #length = 0;
  #isEnded = false;

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether there was room. */
  type(byte: number): boolean {
    if (byte === key.ctrlU) this.#length = 0;
    else if (byte === key.backspace || byte === key.delete) this.#deleteCharacter();
    else if (this.#length === this.#bytes.length) return false;
    else this.#bytes[this.#length++] = byte;
    return true;
  }

  end(): Secret {
    this.#isEnded = true;
    return new Secret(this.#bytes.slice(0, this.#length));
  }

  wipe(): void {
    this.#bytes.fill(0);
  }

  /** With all the bytes that UTF-8 has for it. */
  #deleteCharacter(): void {
    let byte = 0x80;
    while (this.#length > 0 && (byte & 0xc0) === 0x80) byte = this.#bytes[--this.#length] ?? 0;
  }
}

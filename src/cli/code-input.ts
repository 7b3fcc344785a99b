import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { OperatorError } from './operator-client.ts';

const maxCharacters = 100;

/**
 * Where codes of MFA devices come from: a descriptor, or the terminal itself. Not standard input or error, which
 * belong to the client that runs us as its `credential_process`; never an argument, which others can read.
 */
export class CodeInput implements Disposable {
  readonly #descriptor: number;
  readonly isTerminal: boolean;

  /** @param descriptor of a pipe or file with a code in each line; undefined for the terminal. @throws OperatorError */
  constructor(descriptor: number | undefined) {
    this.isTerminal = descriptor === undefined;
    this.#descriptor = descriptor ?? openTerminal();
  }

  /** Shows text on the terminal; nothing without one. */
  show(text: string): void {
    if (this.isTerminal) writeSync(this.#descriptor, text);
  }

  /** The next line. A code works once: it may be seen while it is typed. @throws OperatorError */
  ask(prompt: string): string {
    this.show(prompt);
    const character = new Uint8Array(1);
    let line = '';
    while (this.#read(character) === 1 && character[0] !== 0x0a) {
      line += String.fromCharCode(character[0] ?? 0);
      if (line.length > maxCharacters) break;
    }
    const code = line.trim();
    if (!/^[0-9]{6}$/.test(code)) throw new OperatorError('a code has six digits');
    return code;
  }

  #read(into: Uint8Array): number {
    try {
      return readSync(this.#descriptor, into);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      throw new OperatorError(
        `no code can be read from descriptor ${this.#descriptor} (${reason})`,
      );
    }
  }

  [Symbol.dispose](): void {
    if (this.isTerminal) closeSync(this.#descriptor);
  }
}

function openTerminal(): number {
  try {
    return openSync('/dev/tty', 'r+');
  } catch {
    throw new OperatorError('there is no terminal to ask for a code: give it with --mfa-code-fd N');
  }
}

import type { Secret } from '../lib/secret.ts';
import { askPassphrase, type PassphraseRequest } from './ask-passphrase.ts';
import { copyOf } from './root-key.ts';

/** A passphrase that is chosen now: asked for once, and had again until this is disposed. */
export class ChosenPassphrase implements Disposable {
  readonly #request: Pick<PassphraseRequest, 'descriptor' | 'stop'>;
  #passphrase: Secret | undefined;

  constructor(request: Pick<PassphraseRequest, 'descriptor' | 'stop'>) {
    this.#request = request;
  }

  /** @returns a copy, which the caller disposes @throws SealError */
  async ask(): Promise<Secret> {
    this.#passphrase ??= await askPassphrase({
      ...this.#request,
      prompt: 'New passphrase of the seal',
      isNew: true,
    });
    return copyOf(this.#passphrase);
  }

  [Symbol.dispose](): void {
    this.#passphrase?.[Symbol.dispose]();
    this.#passphrase = undefined;
  }
}

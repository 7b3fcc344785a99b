import { reveal, Secret } from '../lib/secret.ts';
import { rootKeyBytes } from './root-key.ts';
import { createSealFile, readSealFile } from './seal-file.ts';
import type { Seal } from './seal.ts';

/** The seal `file`: the root key in a file that only its owner may read, kept apart from the data folder. */
export class FileSeal implements Seal {
  readonly path: string;
  readonly #installationId: string;

  constructor(path: string, installationId: string) {
    this.path = path;
    this.#installationId = installationId;
  }

  async keep(rootKey: Secret): Promise<void> {
    createSealFile(this.path, 'file', this.#installationId, reveal(rootKey));
  }

  async open(): Promise<Secret> {
    return this.reopen();
  }

  /** Reads the file again: between starts of the vault nobody here has the key. */
  reopen(): Secret {
    return new Secret(readSealFile(this.path, 'file', this.#installationId, rootKeyBytes));
  }

  [Symbol.dispose](): void {}
}

import type { Secret } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { Recent } from '../../lib/recent.ts';
import type { CredentialOwner, SealedCredentials } from './sealed-credentials.ts';
import type { SealedCredential } from './store.ts';

interface Secrets {
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
}

const capacity = 1000;

/**
 * The secrets of those who called last. One that is forgotten is overwritten a while later, when no request can
 * hold it any more: a request reads it in the same turn in which it gets it.
 */
export class OpenedCredentials {
  readonly #sealed: SealedCredentials;
  readonly #opened = new Recent<Promise<Secrets>>(capacity, (secrets) => void overwrite(secrets));

  constructor(sealed: SealedCredentials) {
    this.#sealed = sealed;
  }

  /** @returns with the vault's receipt if this very request made the vault open it */
  async of(
    owner: CredentialOwner,
    ciphertext: SealedCredential,
    read: (plaintext: Uint8Array) => Secrets,
  ): Promise<{ secrets: Secrets; receipt: VaultReceipt | undefined }> {
    let receipt: VaultReceipt | undefined;
    const key = `${owner.accessKeyId} ${owner.ownerId}`;
    try {
      const secrets = await this.#opened.get(key, async () => {
        const opened = await this.#sealed.open(owner, ciphertext);
        ({ receipt } = opened);
        return read(opened.plaintext);
      });
      return { secrets, receipt };
    } catch (error) {
      this.#opened.delete(key);
      throw error;
    }
  }
}

async function overwrite(opening: Promise<Secrets>): Promise<void> {
  const secrets = await opening.catch(() => undefined);
  setImmediate(() => {
    secrets?.secretAccessKey[Symbol.dispose]();
    secrets?.sessionToken?.[Symbol.dispose]();
  });
}

import type { Secret } from '../../lib/secret.ts';
import type { Soon } from '../../lib/soon.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { Recent } from '../../lib/recent.ts';
import type { CredentialOwner, SealedCredential, SealedCredentials } from './sealed-credentials.ts';

interface Secrets {
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
}

interface Opened {
  readonly secrets: Secrets;
  readonly receipt?: VaultReceipt | undefined;
}

interface Opening {
  readonly secrets: Promise<Secrets>;
  /** Once they are there. */
  opened?: Opened;
}

const capacity = 1000;

/**
 * The secrets of those who called last. One that is forgotten is overwritten a while later, when no request can
 * hold it any more: a request reads it in the same turn in which it gets it.
 */
export class OpenedCredentials {
  readonly #sealed: SealedCredentials;
  readonly #openings = new Recent<Opening>(capacity, ({ secrets }) => void overwrite(secrets));

  constructor(sealed: SealedCredentials) {
    this.#sealed = sealed;
  }

  /** @returns with the vault's receipt if this very request made the vault open it */
  of(
    owner: CredentialOwner,
    ciphertext: SealedCredential,
    read: (plaintext: Uint8Array) => Secrets,
  ): Soon<Opened> {
    const key = `${owner.accessKeyId} ${owner.ownerId}`;
    return this.#openings.find(key)?.opened ?? this.#open(key, owner, ciphertext, read);
  }

  async #open(
    key: string,
    owner: CredentialOwner,
    ciphertext: SealedCredential,
    read: (plaintext: Uint8Array) => Secrets,
  ): Promise<Opened> {
    let receipt: VaultReceipt | undefined;
    const open = async (): Promise<Secrets> => {
      const opened = await this.#sealed.open(owner, ciphertext);
      ({ receipt } = opened);
      return read(opened.plaintext);
    };
    const opening = this.#openings.get(key, () => ({ secrets: open() }));
    try {
      const secrets = await opening.secrets;
      opening.opened ??= { secrets };
      return { secrets, receipt };
    } catch (error) {
      this.#openings.delete(key);
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

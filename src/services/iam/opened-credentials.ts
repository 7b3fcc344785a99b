import type { Soon } from '../../lib/soon.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import { Recent } from '../../lib/recent.ts';
import type { Secret } from '../../lib/secret.ts';

/** A credential that the vault has opened, with whatever else was in it. */
interface WithSecret {
  readonly secretAccessKey: Secret;
}

interface Opened<Value> {
  readonly value: Value;
  readonly receipt?: VaultReceipt | undefined;
}

interface Opening<Value> {
  readonly value: Promise<Value>;
  /** Once it is there. */
  opened?: Opened<Value>;
}

const capacity = 1000;

/**
 * The secrets of those who called last. One that is forgotten is overwritten a while later, when no request can
 * hold it any more: a request reads it in the same turn in which it gets it.
 */
export class OpenedCredentials<Value extends WithSecret> {
  readonly #openings = new Recent<Opening<Value>>(capacity, ({ value }) => void overwrite(value));

  /** @returns with the vault's receipt if this very request made the vault open it */
  of(
    key: string,
    open: () => Promise<{ readonly value: Value; readonly receipt: VaultReceipt }>,
  ): Soon<Opened<Value>> {
    return this.#openings.find(key)?.opened ?? this.#open(key, open);
  }

  async #open(
    key: string,
    open: () => Promise<{ readonly value: Value; readonly receipt: VaultReceipt }>,
  ): Promise<Opened<Value>> {
    let receipt: VaultReceipt | undefined;
    const once = async (): Promise<Value> => {
      const opened = await open();
      ({ receipt } = opened);
      return opened.value;
    };
    const opening = this.#openings.get(key, () => ({ value: once() }));
    try {
      const value = await opening.value;
      opening.opened ??= { value };
      return { value, receipt };
    } catch (error) {
      this.#openings.delete(key);
      throw error;
    }
  }
}

async function overwrite(opening: Promise<WithSecret>): Promise<void> {
  const opened = await opening.catch(() => undefined);
  setImmediate(() => {
    opened?.secretAccessKey[Symbol.dispose]();
  });
}

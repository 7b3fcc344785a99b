import type { Secret } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { SealedSecrets, SealedWebhookSecret } from './sealed-secrets.ts';
import type { TargetTable } from './schema.ts';

interface Opened {
  readonly sealed: readonly SealedWebhookSecret[];
  readonly secrets: readonly Secret[];
}

/** Puts on record that the vault opened something. */
export type Record = (receipts: readonly VaultReceipt[]) => Promise<void>;

/** Secrets of webhooks that were needed, until they are others or the target is gone. Disposing overwrites them. */
export class OpenedSecrets implements Disposable {
  readonly #sealed: SealedSecrets;
  readonly #opened = new Map<string, Opened>();

  constructor(sealed: SealedSecrets) {
    this.#sealed = sealed;
  }

  /** The present one first. They stay this object's. */
  async of(target: TargetTable, record: Record): Promise<readonly Secret[]> {
    const sealed = [target.secret, target.previous_secret].filter((each) => each !== null);
    const known = this.#opened.get(target.id);
    if (known !== undefined && isSame(known.sealed, sealed)) return known.secrets;
    this.#forget(target.id);
    const opened = await Promise.all(sealed.map((each) => this.#sealed.open(target, each)));
    const secrets = opened.map(({ secret }) => secret);
    try {
      await record(opened.map(({ receipt }) => receipt));
    } catch (error) {
      for (const secret of secrets) secret[Symbol.dispose]();
      throw error;
    }
    this.#opened.set(target.id, { sealed, secrets });
    return secrets;
  }

  /** All but those of these targets. */
  keepOnly(targets: readonly TargetTable[]): void {
    const ids = new Set(targets.map(({ id }) => id));
    for (const id of this.#opened.keys()) if (!ids.has(id)) this.#forget(id);
  }

  [Symbol.dispose](): void {
    for (const id of this.#opened.keys()) this.#forget(id);
  }

  #forget(id: string): void {
    for (const secret of this.#opened.get(id)?.secrets ?? []) secret[Symbol.dispose]();
    this.#opened.delete(id);
  }
}

function isSame(some: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
  return (
    some.length === others.length &&
    some.every((each, index) => Buffer.compare(each, others[index] ?? new Uint8Array()) === 0)
  );
}

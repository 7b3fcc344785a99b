import type { Call } from '../../aws/call.ts';
import { principalName } from '../../aws/principal.ts';
import { Secret, type Sealed } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { BackingKey, EncryptionContext } from '../../vault-client/vault.ts';
import type { EventsVault } from './ports.ts';
import type { SealingKeyTable } from './schema.ts';
import type { Targets } from './targets.ts';

export type SealedWebhookSecret = Sealed<'webhook-secret'>;

/** A secret opens for this target at this URL only. */
interface Owner {
  readonly id: string;
  readonly url: string;
}

const purpose = 'webhooks';
/** No customer's: the vault keeps the root key of this account and Region for holdfast's own keys. */
const ownName = {
  account: '000000000000',
  region: 'us-east-1',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'encrypt-decrypt',
} as const;

/** Encrypts secrets of webhooks under a backing key that holdfast makes for itself with the first of them. */
export class SealedSecrets {
  readonly #vault: EventsVault;
  readonly #targets: Targets;

  constructor(vault: EventsVault, targets: Targets) {
    this.#vault = vault;
    this.#targets = targets;
  }

  /** The caller overwrites `plaintext`. */
  async seal(call: Call, owner: Owner, plaintext: Uint8Array): Promise<SealedWebhookSecret> {
    const key = (await this.#key()) ?? (await this.#make(call));
    const claim = { principal: principalName(call.principal) };
    const sealed = await this.#vault.encrypt(key, plaintext, contextOf(owner), claim);
    call.audit.receipt(sealed.receipt);
    return sealed.ciphertext as SealedWebhookSecret;
  }

  /** The caller disposes the secret, and sees to the receipt. */
  async open(
    owner: Owner,
    sealed: SealedWebhookSecret,
  ): Promise<{ readonly secret: Secret; readonly receipt: VaultReceipt }> {
    const key = await this.#key();
    if (key === undefined) throw new TypeError('secrets are there, but not their key');
    const claim = { principal: 'events.holdfast.internal' };
    const opened = await this.#vault.decrypt(key, sealed, contextOf(owner), claim);
    return { secret: new Secret(opened.plaintext), receipt: opened.receipt };
  }

  async #key(): Promise<BackingKey | undefined> {
    const row = await this.#targets.sealingKey();
    return row && toKey(row);
  }

  async #make(call: Call): Promise<BackingKey> {
    const name = { ...ownName, keyId: call.random.uuid(), backingKeyId: call.random.uuid() };
    const claim = { principal: principalName(call.principal) };
    const { wrapped, receipt } = await this.#vault.createBackingKey(name, claim);
    call.audit.receipt(receipt);
    const { keyId: key_id, backingKeyId: backing_key_id } = name;
    this.#targets.keepSealingKey(call.change, { purpose, key_id, backing_key_id, wrapped });
    return { ...name, wrapped };
  }
}

function toKey({ key_id: keyId, backing_key_id: backingKeyId, wrapped }: SealingKeyTable) {
  return { ...ownName, keyId, backingKeyId, wrapped };
}

function contextOf({ id, url }: Owner): EncryptionContext {
  return { 'holdfast:events:target': id, 'holdfast:events:url': url };
}

import type { Call } from '../../aws/call.ts';
import { principalName } from '../../aws/principal.ts';
import type { Sealed } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import type { Change } from '../../store/change.ts';
import type { BackingKey, EncryptionContext } from '../../vault-client/vault.ts';
import type { IamVault } from './ports.ts';
import type { AccountStore } from './store/account.ts';

const purpose = 'credentials';
const service = 'iam.amazonaws.com';
/** No customer's: the vault keeps the root key of this account and Region for holdfast's own keys. */
const ownName = {
  account: '000000000000',
  region: 'us-east-1',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'encrypt-decrypt',
} as const;

/** What only the vault can make of a credential. */
export type SealedCredential = Sealed<'credential'>;

/** To whom a credential belongs: a ciphertext opens for this key id and this user or role only. */
export interface CredentialOwner {
  readonly accessKeyId: string;
  /** `AIDA…` or `AROA…`. */
  readonly ownerId: string;
}

/** Encrypts credentials under a backing key that holdfast makes for itself with the first of them. */
export class SealedCredentials {
  readonly #ports: {
    readonly accounts: AccountStore;
    readonly vault: IamVault;
  };
  #kept: BackingKey | undefined;
  readonly #madeIn = new WeakMap<Change, BackingKey>();

  constructor(ports: { accounts: AccountStore; vault: IamVault }) {
    this.#ports = ports;
  }

  /** The caller overwrites `plaintext`. */
  async seal(call: Call, owner: CredentialOwner, plaintext: Uint8Array): Promise<SealedCredential> {
    const key = (await this.#read()) ?? this.#madeIn.get(call.change) ?? (await this.#make(call));
    const { ciphertext, receipt } = await this.#ports.vault.encrypt(
      key,
      plaintext,
      contextOf(owner),
      { principal: principalName(call.principal) },
    );
    call.audit.receipt(receipt);
    return ciphertext as SealedCredential;
  }

  /** The caller overwrites the plaintext, and sees to the receipt. */
  async open(
    owner: CredentialOwner,
    ciphertext: SealedCredential,
  ): Promise<{ plaintext: Uint8Array; receipt: VaultReceipt }> {
    const key = await this.#read();
    if (key === undefined) throw new TypeError('credentials are there, but not their key');
    return this.#ports.vault.decrypt(key, ciphertext, contextOf(owner), { principal: service });
  }

  async #read(): Promise<BackingKey | undefined> {
    if (this.#kept !== undefined) return this.#kept;
    const row = await this.#ports.accounts.backingKey(purpose);
    if (row === undefined) return undefined;
    const { key_id: keyId, backing_key_id: backingKeyId, wrapped } = row;
    this.#kept = { ...ownName, keyId, backingKeyId, wrapped };
    return this.#kept;
  }

  /** Two at once make two keys, of which one finds its place taken and is forgotten with its Change. */
  async #make(call: Call): Promise<BackingKey> {
    const name = { ...ownName, keyId: call.random.uuid(), backingKeyId: call.random.uuid() };
    const claim = { principal: principalName(call.principal) };
    const { wrapped, receipt } = await this.#ports.vault.createBackingKey(name, claim);
    call.audit.receipt(receipt);
    this.#ports.accounts.insertBackingKey(call.change, {
      purpose,
      key_id: name.keyId,
      backing_key_id: name.backingKeyId,
      wrapped,
    });
    const key = { ...name, wrapped };
    this.#madeIn.set(call.change, key);
    return key;
  }
}

function contextOf({ accessKeyId, ownerId }: CredentialOwner): EncryptionContext {
  return { 'holdfast:iam:access-key-id': accessKeyId, 'holdfast:iam:owner-id': ownerId };
}

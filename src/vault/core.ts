import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { FieldReader, OperationName } from '../lib/vault-protocol.ts';
import { Holders } from './holders.ts';
import { Keyring, usages, type BackingKeyName, type WrappedBackingKey } from './keyring.ts';
import { Receipts } from './receipts.ts';
import { Refusal } from './refusal.ts';
import { isSerializedContext } from './serialized-context.ts';

/** One life of the vault: its keys, its receipts and the holders that are enrolled. */
export class VaultCore {
  readonly keyring: Keyring;
  readonly receipts: Receipts;
  /** Lent: MACs of rows that confer authority. */
  readonly authorityKey: Uint8Array;
  readonly holders: Holders;
  readonly random: Random;
  readonly clock: Clock;

  /** @param rootKey 32 bytes, owned by the vault from here on */
  constructor(rootKey: Uint8Array, clock: Clock, random: Random) {
    this.keyring = new Keyring(rootKey, random);
    this.receipts = new Receipts(this.keyring.derive('receipts'), random);
    this.authorityKey = this.keyring.derive('authority rows');
    this.holders = new Holders(clock);
    this.random = random;
    this.clock = clock;
  }
}

const maxNameBytes = 1024;

/** A request to use a key: who asks, and its fields. Its answer begins with a receipt. */
export class KeyRequest {
  readonly operation: OperationName;
  readonly fields: FieldReader;
  readonly #receipts: Receipts;
  readonly #asker: object;
  readonly #principal: string;

  /** @param asker stands for the channel that will get the answer */
  constructor(operation: OperationName, fields: FieldReader, receipts: Receipts, asker: object) {
    receipts.checkRoom();
    this.operation = operation;
    this.fields = fields;
    this.#receipts = receipts;
    this.#asker = asker;
    this.#principal = this.name();
  }

  /** Text of bounded length. */
  name(): string {
    const text = this.fields.text();
    // No code unit takes more than three bytes.
    if (text.length * 3 > maxNameBytes && Buffer.byteLength(text) > maxNameBytes)
      throw new Refusal('malformed-request', 'a name is too long');
    return text;
  }

  keyName(): BackingKeyName {
    const [account, region, keyId] = [this.name(), this.name(), this.name()];
    const [backingKeyId, spec, usageText] = [this.name(), this.name(), this.name()];
    const usage = usages.find((known) => known === usageText);
    if (spec !== 'SYMMETRIC_DEFAULT' || usage === undefined) {
      throw new Refusal('malformed-request', 'the spec or usage of the key is not known');
    }
    return { account, region, keyId, backingKeyId, spec, usage };
  }

  key(): WrappedBackingKey {
    return { ...this.keyName(), wrapped: this.fields.bytes() };
  }

  /** A key, which must be of this usage, and what its ciphertext is bound to. */
  keyInContext(usage: BackingKeyName['usage']): { key: WrappedBackingKey; context: Uint8Array } {
    const key = this.key();
    if (key.usage !== usage)
      throw new Refusal('not-allowed', 'the usage of the key does not allow it');
    return { key, context: this.context() };
  }

  context(): Uint8Array {
    const context = this.fields.bytes();
    if (isSerializedContext(context)) return context;
    throw new Refusal('malformed-request', 'the encryption context is not canonical');
  }

  /**
   * The first two fields of the answer: the receipt's statement, and its MAC.
   * @param context the encryption context, or what was signed
   */
  receipt(keyId: string, context: Uint8Array, recipient?: Uint8Array): [Uint8Array, Uint8Array] {
    const { operation } = this;
    const use = { operation, keyId, context, recipient, principal: this.#principal };
    const { statement, mac } = this.#receipts.issue(use, this.#asker);
    // Copies: what is sent is overwritten.
    return [new Uint8Array(statement), new Uint8Array(mac)];
  }
}

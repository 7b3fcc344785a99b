import { createHmac, hash } from 'node:crypto';
import type { Random } from '../lib/random.ts';
import { joinedFields, longField, textField } from '../lib/vault-protocol.ts';
import { Busy } from './refusal.ts';

/** Receipts that wait for their confirmation: more, and keys are not used until some are confirmed. */
const maxUnconfirmed = 65_536;

/** What a key was used for. */
export interface KeyUse {
  readonly operation: string;
  readonly keyId: string;
  /** The encryption context, or what was signed. */
  readonly context: Uint8Array;
  readonly recipient: Uint8Array | undefined;
  readonly principal: string;
}

/** A receipt as it is sent and chained; the client reads it into a VaultReceipt. */
export interface IssuedReceipt {
  readonly statement: Uint8Array;
  readonly mac: Uint8Array;
}

/**
 * The receipts of one life of the vault. Each MAC covers the one before, so that none can be left out of the
 * records unseen; each is kept until its asker confirms that the record which holds it is durable.
 */
export class Receipts {
  readonly epoch: Uint8Array;
  readonly #key: Uint8Array;
  readonly #unconfirmed = new Map<number, IssuedReceipt & { readonly asker: object }>();
  /** In the place of askers that gave theirs up. */
  readonly #nobody = {};
  readonly #gone = new WeakSet<object>([this.#nobody]);
  #n = 0;
  #mac: Uint8Array = new Uint8Array(32);

  /** @param key owned by the receipts from here on */
  constructor(key: Uint8Array, random: Random) {
    this.#key = key;
    this.epoch = random.bytes(16);
  }

  /** Called before a key is used. @throws Busy */
  checkRoom(): void {
    if (this.#unconfirmed.size >= maxUnconfirmed) {
      throw new Busy('too many receipts wait for confirmation');
    }
  }

  /** @param asker stands for the channel that will get the answer */
  issue({ operation, keyId, context, recipient, principal }: KeyUse, asker: object): IssuedReceipt {
    const n = this.#n + 1;
    // What the MAC is made over, after the MAC of the receipt before it: src/lib/vault-receipt.ts reads it.
    const statement = joinedFields([
      this.epoch,
      longField(n),
      textField(operation),
      textField(keyId),
      sha256(context),
      recipient === undefined ? new Uint8Array(0) : sha256(recipient),
      textField(principal),
    ]);
    const mac = createHmac('sha256', this.#key).update(this.#mac).update(statement).digest();
    this.#n = n;
    this.#mac = mac;
    this.#unconfirmed.set(n, { statement, mac, asker });
    return { statement, mac };
  }

  /** Others than the asker may confirm: those who recorded what it could not. */
  confirm(epoch: Uint8Array, n: number): void {
    if (Buffer.compare(epoch, this.epoch) === 0) this.#unconfirmed.delete(n);
  }

  /** The asker could not record it, and will not: somebody else is to. */
  abandon(epoch: Uint8Array, n: number): void {
    const receipt = this.#unconfirmed.get(n);
    if (receipt === undefined || Buffer.compare(epoch, this.epoch) !== 0) return;
    this.#unconfirmed.set(n, { ...receipt, asker: this.#nobody });
  }

  /** From now on nobody but another process can record the asker's receipts. */
  askerIsGone(asker: object): void {
    this.#gone.add(asker);
  }

  /** Up to `count` receipts after the n-th that their askers confirm no more, oldest first. */
  abandoned(after: number, count: number): IssuedReceipt[] {
    const receipts: IssuedReceipt[] = [];
    for (const [n, receipt] of this.#unconfirmed) {
      if (n > after && this.#gone.has(receipt.asker) && receipts.push(receipt) === count) break;
    }
    return receipts;
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

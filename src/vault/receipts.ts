import { createHash, createHmac } from 'node:crypto';
import type { Random } from '../lib/random.ts';
import { randomHex } from '../lib/random.ts';
import { receiptStatement, type VaultReceipt } from '../lib/vault-receipt.ts';
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

/**
 * The receipts of one life of the vault. Each MAC covers the one before, so that none can be left out of the
 * records unseen; each is kept until its asker confirms that the record which holds it is durable.
 */
export class Receipts {
  readonly epoch: string;
  readonly #key: Uint8Array;
  readonly #unconfirmed = new Map<number, { receipt: VaultReceipt; asker: object }>();
  readonly #gone = new WeakSet<object>();
  #n = 0;
  #mac: Uint8Array = new Uint8Array(32);

  /** @param key owned by the receipts from here on */
  constructor(key: Uint8Array, random: Random) {
    this.#key = key;
    this.epoch = randomHex(random, 16);
  }

  /** Called before a key is used. @throws Busy */
  checkRoom(): void {
    if (this.#unconfirmed.size >= maxUnconfirmed)
      throw new Busy('too many receipts wait for confirmation');
  }

  /** @param asker stands for the channel that will get the answer */
  issue({ operation, keyId, context, recipient, principal }: KeyUse, asker: object): VaultReceipt {
    const statement = {
      epoch: this.epoch,
      n: this.#n + 1,
      operation,
      keyId,
      contextHash: sha256(context),
      recipientHash: recipient && sha256(recipient),
      principal,
    };
    this.#mac = createHmac('sha256', this.#key)
      .update(this.#mac)
      .update(receiptStatement(statement))
      .digest();
    this.#n += 1;
    const receipt = { ...statement, mac: Buffer.from(this.#mac).toString('hex') };
    this.#unconfirmed.set(receipt.n, { receipt, asker });
    return receipt;
  }

  /** Others than the asker may confirm: those who recorded what it could not. */
  confirm(epoch: string, n: number): void {
    if (epoch === this.epoch) this.#unconfirmed.delete(n);
  }

  /** From now on nobody but another process can record the asker's receipts. */
  askerIsGone(asker: object): void {
    this.#gone.add(asker);
  }

  /** Up to `count` receipts after the n-th that their askers can confirm no more, oldest first. */
  abandoned(after: number, count: number): VaultReceipt[] {
    const receipts: VaultReceipt[] = [];
    for (const [n, { receipt, asker }] of this.#unconfirmed) {
      if (n > after && this.#gone.has(asker) && receipts.push(receipt) === count) break;
    }
    return receipts;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

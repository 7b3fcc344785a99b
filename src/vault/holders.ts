import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import {
  isSignedBy,
  readRecipientDocument,
  type RecipientDocument,
} from '../lib/recipient-document.ts';
import { bufferOver } from './private-key.ts';
import { Busy, Refusal } from './refusal.ts';

const maxAgeMilliseconds = 5 * 60_000;
/** How far the holder's clock may be ahead of ours. */
const maxAheadMilliseconds = 60_000;
const maxHolders = 1024;
/** Documents are remembered as long as they would be believed. */
const maxNonces = 65_536;

/** Who may be a recipient of plaintext: the holders that the supervisor has enrolled in this life of the vault. */
export class Holders {
  readonly #clock: Clock;
  readonly #keys = new Map<string, KeyObject>();
  /** The last millisecond at which the document with this nonce would be believed. */
  readonly #nonces = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param spki DER SubjectPublicKeyInfo of an Ed25519 key */
  enrol(holderId: string, spki: Uint8Array): void {
    if (this.#keys.size >= maxHolders) throw new Busy('too many holders are enrolled');
    try {
      const key = createPublicKey({ key: bufferOver(spki), format: 'der', type: 'spki' });
      if (key.asymmetricKeyType === 'ed25519') return void this.#keys.set(holderId, key);
    } catch {
      // Refused like a key of another kind.
    }
    throw new Refusal('malformed-request', 'a holder enrols with an Ed25519 key');
  }

  remove(holderId: string): void {
    this.#keys.delete(holderId);
  }

  /** Believes a document once. @throws Refusal `recipient-refused` */
  check(signed: Uint8Array): RecipientDocument {
    const document = readRecipientDocument(signed);
    const key = document && this.#keys.get(document.holderId);
    if (document === undefined || key === undefined || !isSignedBy(key, signed)) {
      throw new Refusal('recipient-refused', 'the document is not signed by an enrolled holder');
    }
    const now = this.#clock.now().epochMilliseconds;
    const age = now - document.time.epochMilliseconds;
    if (age > maxAgeMilliseconds || age < -maxAheadMilliseconds) {
      throw new Refusal('recipient-refused', 'the document is too old, or from the future');
    }
    this.#spend(document, now);
    return document;
  }

  #spend({ holderId, nonce, time }: RecipientDocument, now: number): void {
    for (const [spent, until] of this.#nonces) {
      if (until >= now) break;
      this.#nonces.delete(spent);
    }
    const id = `${Buffer.from(nonce).toString('hex')} ${holderId}`;
    if (this.#nonces.has(id))
      throw new Refusal('recipient-refused', 'the document was used before');
    if (this.#nonces.size >= maxNonces) throw new Busy('too many documents in five minutes');
    this.#nonces.set(id, time.epochMilliseconds + maxAgeMilliseconds);
  }
}

import type { Duplex } from 'node:stream';
import { serializeEncryptionContext } from '../lib/encryption-context.ts';
import { systemRandom, type Random } from '../lib/random.ts';
import { reveal, type Sealed, type Secret } from '../lib/secret.ts';
import {
  longField,
  numberField,
  textField,
  type FieldReader,
  type OperationName,
} from '../lib/vault-protocol.ts';
import { readReceipt, type VaultReceipt } from '../lib/vault-receipt.ts';
import { VaultChannel } from './channel.ts';
import { joseSignature } from './jose-signature.ts';
import {
  VaultRefusal,
  type BackingKey,
  type BackingKeyName,
  type CaKey,
  type Claim,
  type EncryptionContext,
  type PrivateKeySpec,
  type ReadyKey,
  type RowSet,
  type Vault,
  type VaultControl,
} from './vault.ts';

/** A vault behind a pipe that may break and be replaced. */
export interface VaultClient extends Vault {
  /** There is a pipe to it, which was not closed. */
  readonly isConnected: boolean;
  /** The vault was started again, or this is another pipe to it: what is in flight is given up. */
  replace(channel: Duplex): void;
  /**
   * Has every life of the vault begun by `begin` before a key is used in it: uses wait, and fail when it rejects. It must
   * use no key itself.
   */
  beforeUse(begin: (epoch: string) => Promise<void>): void;
  /** Tells `listener` of each use of a key. */
  onUse(listener: (operation: OperationName) => void): void;
}

/** @param channel a pipe to the vault, of which nothing was read yet */
export function connectVault(channel: Duplex, random: Random = systemRandom): VaultClient {
  return new PipedVault(channel, random);
}

/** The supervisor's own pipe: it can say who is a holder, and nothing else. */
export function connectVaultControl(channel: Duplex, random: Random = systemRandom): VaultControl {
  const vault = new VaultChannel(channel, random);
  return {
    async enrolHolder({ holderId, publicKey }) {
      (await vault.ask('enrolHolder', [textField(holderId), publicKey])).end();
    },
    async removeHolder(holderId) {
      (await vault.ask('removeHolder', [textField(holderId)])).end();
    },
  };
}

const confirmationsPerFrame = 1000;

class PipedVault implements VaultClient {
  readonly #random: Random;
  #channel: VaultChannel;
  #epoch = '';
  #hello: Promise<string> = Promise.resolve('');
  #begin: ((epoch: string) => Promise<void>) | undefined;
  #onUse: ((operation: OperationName) => void) | undefined;
  #isBegun = true;
  #beginning: Promise<void> | undefined;
  /** What became of receipts, which the vault does not know yet: whose records are durable, and those that have none. */
  readonly #untold = { confirm: [] as VaultReceipt[], abandon: [] as VaultReceipt[] };

  constructor(channel: Duplex, random: Random) {
    this.#random = random;
    this.#channel = this.#open(channel);
  }

  get epoch(): string {
    return this.#epoch;
  }

  get isConnected(): boolean {
    return this.#channel.isOpen;
  }

  replace(channel: Duplex): void {
    this.#channel.close();
    this.#channel = this.#open(channel);
    this.#isBegun = this.#begin === undefined;
  }

  onUse(listener: (operation: OperationName) => void): void {
    this.#onUse = listener;
  }

  beforeUse(begin: (epoch: string) => Promise<void>): void {
    this.#begin = begin;
    this.#isBegun = false;
  }

  async createBackingKey(name: BackingKeyName, claim: Claim) {
    return this.#use('createBackingKey', claim, keyNameFields(name), (fields) => ({
      wrapped: fields.copy() as Sealed<'backing-key'>,
    }));
  }

  async encrypt(key: BackingKey, plaintext: Uint8Array, context: EncryptionContext, claim: Claim) {
    return this.#use('encrypt', claim, [...keyFields(key, context), plaintext], (fields) => ({
      ciphertext: fields.copy(),
    }));
  }

  async decrypt(key: BackingKey, ciphertext: Uint8Array, context: EncryptionContext, claim: Claim) {
    return this.#use('decrypt', claim, [...keyFields(key, context), ciphertext], (fields) => ({
      plaintext: fields.copy(),
    }));
  }

  async reEncrypt(
    from: { key: BackingKey; ciphertext: Uint8Array; context: EncryptionContext },
    to: { key: BackingKey; context: EncryptionContext },
    claim: Claim,
  ) {
    const fields = [
      ...keyFields(from.key, from.context),
      from.ciphertext,
      ...keyFields(to.key, to.context),
    ];
    return this.#use('reEncrypt', claim, fields, (answer) => ({ ciphertext: answer.copy() }));
  }

  async generateDataKey(
    key: BackingKey,
    byteCount: number,
    context: EncryptionContext,
    claim: Claim,
  ) {
    const fields = [...keyFields(key, context), numberField(byteCount)];
    return this.#use('generateDataKey', claim, fields, (answer) => ({
      plaintext: answer.copy(),
      ciphertext: answer.copy(),
    }));
  }

  async generateRandom(byteCount: number) {
    return this.#ask('generateRandom', [numberField(byteCount)], (answer) => answer.copy());
  }

  async decryptToRecipient(
    key: BackingKey,
    ciphertext: Uint8Array,
    context: EncryptionContext,
    recipientDocument: Uint8Array,
    claim: Claim,
  ) {
    const fields = [...keyFields(key, context), ciphertext, recipientDocument];
    return this.#use('decryptToRecipient', claim, fields, (answer) => ({
      ciphertextForRecipient: answer.copy(),
      holderId: answer.text(),
    }));
  }

  async verifyHolder(recipientDocument: Uint8Array) {
    return this.#ask('verifyHolder', [recipientDocument], (answer) => ({
      holderId: answer.text(),
    }));
  }

  async generatePrivateKey(
    key: BackingKey,
    spec: PrivateKeySpec,
    context: EncryptionContext,
    { isExportable, ready }: { isExportable: boolean; ready?: ReadyKey | undefined },
    claim: Claim,
  ) {
    const fields = [...keyFields(key, context), textField(spec), numberField(isExportable ? 1 : 0)];
    if (ready !== undefined) fields.push(ready.publicKey, ready.wrapped);
    return this.#use('generatePrivateKey', claim, fields, (answer) => ({
      ciphertext: answer.copy() as Sealed<'private-key'>,
      publicKey: answer.copy(),
    }));
  }

  async generateReadyKey(spec: PrivateKeySpec) {
    return this.#ask('generateReadyKey', [textField(spec)], (answer) => ({
      spec,
      wrapped: answer.copy() as Sealed<'ready-key'>,
      publicKey: answer.copy(),
    }));
  }

  async importPrivateKey(
    key: BackingKey,
    pem: Secret,
    publicKey: Uint8Array,
    context: EncryptionContext,
    claim: Claim,
  ) {
    using disposed = pem;
    await this.#lifeBegun();
    const fields = [...keyFields(key, context), reveal(disposed), publicKey];
    return this.#use('importPrivateKey', claim, fields, (answer) => ({
      ciphertext: answer.copy() as Sealed<'private-key'>,
      spec: answer.text() as PrivateKeySpec | 'RSA_1024',
    }));
  }

  async signCsr(
    key: BackingKey,
    ciphertext: Sealed<'private-key'>,
    context: EncryptionContext,
    requestInfo: Uint8Array,
    claim: Claim,
  ) {
    const fields = [...keyFields(key, context), ciphertext, requestInfo];
    return this.#use('signCsr', claim, fields, (answer) => ({ csr: answer.copy() }));
  }

  async exportPrivateKey(
    key: BackingKey,
    ciphertext: Sealed<'private-key'>,
    context: EncryptionContext,
    passphrase: Secret,
    claim: Claim,
  ) {
    using disposed = passphrase;
    await this.#lifeBegun();
    const fields = [...keyFields(key, context), ciphertext, reveal(disposed)];
    return this.#use('exportPrivateKey', claim, fields, (answer) => ({ pem: answer.text() }));
  }

  async generateCaKey(name: Pick<CaKey, 'caId' | 'role' | 'spec'>, claim: Claim) {
    return this.#use('generateCaKey', claim, caFields(name), (answer) => ({
      ...name,
      wrapped: answer.copy() as Sealed<'ca-key'>,
      publicKey: answer.copy(),
    }));
  }

  async signCertificate(key: CaKey, tbsCertificate: Uint8Array, claim: Claim, subject?: CaKey) {
    const shown = subject === undefined ? [] : [...caFields(subject), subject.wrapped];
    const fields = [...caFields(key), key.publicKey, key.wrapped, tbsCertificate, ...shown];
    return this.#use('signCertificate', claim, fields, (answer) => ({
      certificate: answer.copy(),
    }));
  }

  async signCrl(key: CaKey, tbsCertList: Uint8Array, claim: Claim) {
    const fields = [...caFields(key), key.publicKey, key.wrapped, tbsCertList];
    return this.#use('signCrl', claim, fields, (answer) => ({ crl: answer.copy() }));
  }

  async signJws(key: CaKey, input: string, claim: Claim) {
    const toBeSigned = textField(input);
    const fields = [...caFields(key), key.publicKey, key.wrapped, toBeSigned];
    return this.#use('signJws', claim, fields, (answer) => ({
      signature: joseSignature(answer.bytes(), toBeSigned.length),
    }));
  }

  async authenticateRows({ kind, account, region, owner, generation, rowCount, digest }: RowSet) {
    const names = [kind, account, region, owner].map(textField);
    const fields = [...names, longField(generation), longField(rowCount), digest];
    return this.#ask('authenticateRows', fields, (answer) => answer.copy());
  }

  /** Many commits end in one turn of the event loop, and are said in one frame. */
  confirm(receipts: readonly VaultReceipt[]): void {
    this.#tellSoon('confirm', receipts);
  }

  abandon(receipts: readonly VaultReceipt[]): void {
    this.#tellSoon('abandon', receipts);
  }

  async unconfirmed(): Promise<readonly VaultReceipt[]> {
    this.#tell('confirm');
    this.#tell('abandon');
    const all: VaultReceipt[] = [];
    for (;;) {
      const after = longField(all.at(-1)?.n ?? 0);
      const page = await this.#ask('unconfirmed', [after], readReceipts);
      if (page.length === 0) return all;
      all.push(...page);
    }
  }

  #tellSoon(outcome: 'confirm' | 'abandon', receipts: readonly VaultReceipt[]): void {
    for (const receipt of receipts) {
      if (this.#untold[outcome].push(receipt) === 1) setImmediate(() => this.#tell(outcome));
    }
  }

  #tell(outcome: 'confirm' | 'abandon'): void {
    const receipts = this.#untold[outcome].filter(({ epoch }) => epoch === this.#epoch);
    this.#untold[outcome] = [];
    const head = [Uint8Array.fromHex(this.#epoch), longField(outcome === 'confirm' ? 1 : 0)];
    for (let at = 0; at < receipts.length; at += confirmationsPerFrame) {
      const some = receipts.slice(at, at + confirmationsPerFrame);
      this.#channel.tell('confirm', [...head, ...some.map(({ n }) => longField(n))]);
    }
  }

  #open(pipe: Duplex): VaultChannel {
    const channel = new VaultChannel(pipe, this.#random);
    // The first frame on the pipe: any answer to a later one finds the epoch already known.
    this.#hello = channel.ask('hello', []).then((answer) => answer.bytes().toHex());
    this.#hello.then(
      (epoch) => {
        if (channel === this.#channel) this.#epoch = epoch;
      },
      () => {},
    );
    return channel;
  }

  async #ask<T>(
    operation: OperationName,
    fields: readonly Uint8Array[],
    read: (answer: FieldReader) => T,
  ): Promise<T> {
    const answer = await this.#channel.ask(operation, fields);
    try {
      return read(answer);
    } finally {
      answer.wipe();
    }
  }

  /** Returns in the turn in which it is true. */
  async #lifeBegun(): Promise<void> {
    while (!this.#isBegun) {
      this.#beginning ??= this.#beginLife(this.#channel).finally(() => {
        this.#beginning = undefined;
      });
      await this.#beginning;
    }
  }

  async #beginLife(channel: VaultChannel): Promise<void> {
    await this.#begin?.(await this.#hello);
    if (channel === this.#channel) this.#isBegun = true;
  }

  /** What is to be sent is copied before this returns, once the vault's life is begun. */
  #use<T>(
    operation: OperationName,
    claim: Claim,
    fields: readonly Uint8Array[],
    read: (answer: FieldReader) => T,
  ): Promise<T & { receipt: VaultReceipt }> {
    if (!this.#isBegun)
      return this.#lifeBegun().then(() => this.#use(operation, claim, fields, read));
    this.#onUse?.(operation);
    const { principal } = claim;
    return this.#ask(operation, [textField(principal), ...fields], (answer) => {
      const receipt = readReceipt(answer.bytes(), answer.bytes());
      return { ...read(answer), receipt };
    });
  }
}

function keyNameFields({
  account,
  region,
  keyId,
  backingKeyId,
  spec,
  usage,
}: BackingKeyName): Uint8Array[] {
  return [account, region, keyId, backingKeyId, spec, usage].map(textField);
}

/** Of keys in use: they are the same objects for as long as their rooms keep them in memory. */
const writtenKeys = new WeakMap<BackingKey, readonly Uint8Array[]>();

function keyFields(key: BackingKey, context: EncryptionContext): Uint8Array[] {
  let written = writtenKeys.get(key);
  if (written === undefined) {
    written = [...keyNameFields(key), key.wrapped];
    writtenKeys.set(key, written);
  }
  return [...written, contextField(context)];
}

function caFields({ caId, role, spec }: Pick<CaKey, 'caId' | 'role' | 'spec'>): Uint8Array[] {
  return [caId, role, spec].map(textField);
}

function contextField(context: EncryptionContext): Uint8Array {
  try {
    return serializeEncryptionContext(context);
  } catch {
    throw new VaultRefusal('malformed-request', 'the encryption context is not Unicode text');
  }
}

function readReceipts(answer: FieldReader): VaultReceipt[] {
  const receipts: VaultReceipt[] = [];
  while (!answer.isAtEnd) receipts.push(readReceipt(answer.bytes(), answer.bytes()));
  return receipts;
}

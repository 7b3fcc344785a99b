import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { uuidBytes } from '../../lib/ciphertext-layout.ts';
import type { Sealed } from '../../lib/secret.ts';
import { reveal } from '../../lib/secret.ts';
import type { VaultReceipt } from '../../lib/vault-receipt.ts';
import {
  VaultRefusal,
  type BackingKey,
  type BackingKeyName,
  type Claim,
  type EncryptionContext,
  type RowSet,
} from '../../vault-client/vault.ts';
import { canonicalContext } from './domain/encryption-context.ts';
import type { KmsPorts } from './ports.ts';

/** A vault in memory for tests: it encrypts and refuses as the real one does, and keeps its receipts. */
export class TestVault implements AsRoomKnowsIt {
  readonly receipts: VaultReceipt[] = [];
  readonly #keys = new Map<string, { bytes: Buffer; name: string }>();

  async createBackingKey(name: BackingKeyName, claim: Claim) {
    const wrapped = randomBytes(16);
    this.#keys.set(wrapped.toString('hex'), { bytes: randomBytes(32), name: nameOf(name) });
    return {
      wrapped: wrapped as unknown as Sealed<'backing-key'>,
      receipt: this.#receipt('createBackingKey', name, claim),
    };
  }

  async encrypt(key: BackingKey, plain: Uint8Array, context: EncryptionContext, claim: Claim) {
    refuseUnless(key.usage === 'encrypt-decrypt');
    const ciphertext = this.#seal(key, plain, context);
    return { ciphertext, receipt: this.#receipt('encrypt', key, claim) };
  }

  async decrypt(key: BackingKey, blob: Uint8Array, context: EncryptionContext, claim: Claim) {
    refuseUnless(key.usage === 'encrypt-decrypt');
    const plaintext = this.#open(key, blob, context);
    return { plaintext, receipt: this.#receipt('decrypt', key, claim) };
  }

  async reEncrypt(
    from: { key: BackingKey; ciphertext: Uint8Array; context: EncryptionContext },
    to: { key: BackingKey; context: EncryptionContext },
    claim: Claim,
  ) {
    refuseUnless(from.key.usage === 'encrypt-decrypt' || from.key.keyId === to.key.keyId);
    const plaintext = this.#open(from.key, from.ciphertext, from.context);
    const ciphertext = this.#seal(to.key, plaintext, to.context);
    return { ciphertext, receipt: this.#receipt('reEncrypt', from.key, claim) };
  }

  async generateDataKey(
    key: BackingKey,
    byteCount: number,
    context: EncryptionContext,
    claim: Claim,
  ) {
    const plaintext = new Uint8Array(randomBytes(byteCount));
    return { plaintext, ...(await this.encrypt(key, plaintext, context, claim)) };
  }

  async generateRandom(byteCount: number) {
    return new Uint8Array(randomBytes(byteCount));
  }

  /** Believes documents that begin with `holder`. */
  async decryptToRecipient(
    key: BackingKey,
    blob: Uint8Array,
    context: EncryptionContext,
    document: Uint8Array,
    claim: Claim,
  ) {
    const holderId = Buffer.from(document).toString();
    if (!holderId.startsWith('holder')) throw new VaultRefusal('recipient-refused', 'unknown');
    const plaintext = Buffer.from(this.#open(key, blob, context)).toString();
    return {
      ciphertextForRecipient: Buffer.from(`for ${holderId}: ${plaintext}`),
      holderId,
      receipt: this.#receipt('decryptToRecipient', key, claim),
    };
  }

  async generatePrivateKey(
    key: BackingKey,
    spec: string,
    context: EncryptionContext,
    { isExportable }: { isExportable: boolean },
    claim: Claim,
  ) {
    const plaintext = Buffer.from(`${isExportable ? 'exportable' : 'kept'} ${spec}`);
    return {
      ciphertext: this.#sealPrivateKey(key, plaintext, context),
      publicKey: new Uint8Array(randomBytes(8)),
      receipt: this.#receipt('generatePrivateKey', key, claim),
    };
  }

  async importPrivateKey(
    key: BackingKey,
    pem: Parameters<AsRoomKnowsIt['importPrivateKey']>[1],
    _publicKey: Uint8Array,
    context: EncryptionContext,
    claim: Claim,
  ) {
    const plaintext = Buffer.from(reveal(pem));
    pem[Symbol.dispose]();
    if (plaintext.includes('other'))
      throw new VaultRefusal('private-key-mismatch', 'another public key');
    const ciphertext = this.#sealPrivateKey(key, plaintext, context);
    const receipt = this.#receipt('importPrivateKey', key, claim);
    return { ciphertext, spec: 'RSA_2048' as const, receipt };
  }

  async signCsr(
    key: BackingKey,
    ciphertext: Uint8Array,
    context: EncryptionContext,
    requestInfo: Uint8Array,
    claim: Claim,
  ) {
    this.#open(key, ciphertext, context);
    const csr = Buffer.concat([Buffer.from('signed '), requestInfo]);
    return { csr, receipt: this.#receipt('signCsr', key, claim) };
  }

  async exportPrivateKey(
    key: BackingKey,
    ciphertext: Uint8Array,
    context: EncryptionContext,
    passphrase: Parameters<AsRoomKnowsIt['exportPrivateKey']>[3],
    claim: Claim,
  ) {
    passphrase[Symbol.dispose]();
    refuseUnless(Buffer.from(this.#open(key, ciphertext, context)).includes('exportable'));
    return { pem: 'ENCRYPTED PRIVATE KEY', receipt: this.#receipt('exportPrivateKey', key, claim) };
  }

  readonly #authorityKey = randomBytes(32);

  async authenticateRows(set: RowSet) {
    const { digest, ...names } = set;
    const mac = createHmac('sha256', this.#authorityKey).update(JSON.stringify(names));
    return new Uint8Array(mac.update(digest).digest());
  }

  #sealPrivateKey(key: BackingKey, plaintext: Uint8Array, context: EncryptionContext) {
    refuseUnless(key.usage === 'acm-private-key');
    return this.#seal(key, plaintext, context) as Sealed<'private-key'>;
  }

  #seal(key: BackingKey, plaintext: Uint8Array, context: EncryptionContext): Uint8Array {
    const header = Buffer.concat([
      Buffer.of(1),
      uuidBytes(key.keyId) ?? Buffer.of(),
      uuidBytes(key.backingKeyId) ?? Buffer.of(),
      randomBytes(16),
    ]);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#unwrap(key), iv);
    cipher.setAAD(Buffer.concat([header, Buffer.from(canonicalContext(context))]));
    const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return new Uint8Array(Buffer.concat([header, iv, body, cipher.getAuthTag()]));
  }

  #open(key: BackingKey, blob: Uint8Array, context: EncryptionContext): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.#unwrap(key), blob.subarray(49, 61));
    const header = blob.subarray(0, 49);
    decipher.setAAD(Buffer.concat([header, Buffer.from(canonicalContext(context))]));
    decipher.setAuthTag(blob.subarray(-16));
    try {
      return new Uint8Array(
        Buffer.concat([decipher.update(blob.subarray(61, -16)), decipher.final()]),
      );
    } catch {
      throw new VaultRefusal('invalid-ciphertext', 'not authentic');
    }
  }

  #unwrap(key: BackingKey): Buffer {
    const kept = this.#keys.get(Buffer.from(key.wrapped).toString('hex'));
    if (kept?.name !== nameOf(key)) throw new VaultRefusal('invalid-ciphertext', 'another key');
    return kept.bytes;
  }

  #receipt(operation: string, key: BackingKeyName, claim: Claim): VaultReceipt {
    const receipt = {
      epoch: 'test',
      n: this.receipts.length + 1,
      operation,
      keyId: key.keyId,
      contextHash: '',
      recipientHash: undefined,
      principal: claim.principal,
      mac: '',
    };
    this.receipts.push(receipt);
    return receipt;
  }
}

type AsRoomKnowsIt = KmsPorts['vault'];

function nameOf(key: BackingKeyName): string {
  const { account, region, keyId, backingKeyId, spec, usage } = key;
  return JSON.stringify([account, region, keyId, backingKeyId, spec, usage]);
}

function refuseUnless(isAllowed: boolean): void {
  if (!isAllowed) throw new VaultRefusal('not-allowed', 'the usage of the key forbids it');
}

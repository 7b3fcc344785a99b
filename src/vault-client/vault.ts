import type { Sealed, Secret } from '../lib/secret.ts';
import type { RefusalReason } from '../lib/vault-protocol.ts';
import type { VaultReceipt } from '../lib/vault-receipt.ts';

/** What a backing key may be used for. The wrapping binds it: a key can never be used as another. */
export type BackingKeyUsage =
  /** Customers' KMS keys, and holdfast's own for stored credentials. */
  | 'encrypt-decrypt'
  /** `aws/acm`: yields plaintext only to a recipient, or as a passphrase-encrypted export. */
  | 'acm-private-key';

/** A wrapped backing key and everything that its wrapping is bound to. */
export interface BackingKey {
  readonly account: string;
  readonly region: string;
  /** UUID of the KMS key. */
  readonly keyId: string;
  /** UUID of this generation of the KMS key's material. */
  readonly backingKeyId: string;
  readonly spec: 'SYMMETRIC_DEFAULT';
  readonly usage: BackingKeyUsage;
  readonly wrapped: Sealed<'backing-key'>;
}

/** Where to put a new backing key: all of `BackingKey` but the wrapped bytes. */
export type BackingKeyName = Omit<BackingKey, 'wrapped'>;

export type EncryptionContext = Readonly<Record<string, string>>;

export type PrivateKeySpec =
  | 'RSA_2048'
  | 'RSA_3072'
  | 'RSA_4096'
  | 'EC_prime256v1'
  | 'EC_secp384r1'
  | 'EC_secp521r1';

/** A key pair that the vault made before anybody asked, its private half wrapped. It is used once. */
export interface ReadyKey {
  readonly spec: PrivateKeySpec;
  readonly wrapped: Sealed<'ready-key'>;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/** The key pair of a certification authority, or of an account with one, its private half wrapped under the installation's own root key. */
export interface CaKey {
  readonly caId: string;
  /**
   * A `root` signs its own certificate, intermediates (pathLen 0) and CRLs; an `intermediate` leaves and CRLs; an
   * `acme-account` requests to its CA and nothing else.
   */
  readonly role: 'root' | 'intermediate' | 'acme-account';
  readonly spec: PrivateKeySpec;
  readonly wrapped: Sealed<'ca-key'>;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

/** What names a set of rows, and stands for their contents: see docs/formats.md. */
export interface RowSet {
  /** What sort of set, for example `kms-key`. */
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  readonly owner: string;
  /** Counts the set's changes. */
  readonly generation: number;
  readonly rowCount: number;
  /** SHA-256 of the rows. */
  readonly digest: Uint8Array;
}

/** On whose behalf the vault is asked: an ARN or a service name, written into the receipt as claimed. */
export interface Claim {
  readonly principal: string;
}

interface Used {
  readonly receipt: VaultReceipt;
}

/** Why the vault said no. The message is for people and holds no input. */
export class VaultRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'VaultRefusal';
    this.reason = reason;
  }
}

/** The vault is gone or being restarted; nothing is known of the request. The caller answers AWS's retryable error. */
export class VaultUnavailable extends Error {
  constructor(message = 'the vault is being restarted') {
    super(message);
    this.name = 'VaultUnavailable';
  }
}

/**
 * What the vault does, for every process but itself. Every method throws VaultRefusal or VaultUnavailable.
 * Every use of a key returns a receipt, which goes into the audit record of the call (`call.audit.receipt`).
 */
export interface Vault {
  createBackingKey(
    name: BackingKeyName,
    claim: Claim,
  ): Promise<Used & { wrapped: Sealed<'backing-key'> }>;

  /** @param plaintext 1 to 4096 bytes; the caller overwrites it */
  encrypt(
    key: BackingKey,
    plaintext: Uint8Array,
    context: EncryptionContext,
    claim: Claim,
  ): Promise<Used & { ciphertext: Uint8Array }>;
  /** Refused for keys of usage `acm-private-key`. The caller overwrites the plaintext after use. */
  decrypt(
    key: BackingKey,
    ciphertext: Uint8Array,
    context: EncryptionContext,
    claim: Claim,
  ): Promise<Used & { plaintext: Uint8Array }>;
  /** An `acm-private-key` ciphertext can only be re-encrypted under the same KMS key. */
  reEncrypt(
    from: { key: BackingKey; ciphertext: Uint8Array; context: EncryptionContext },
    to: { key: BackingKey; context: EncryptionContext },
    claim: Claim,
  ): Promise<Used & { ciphertext: Uint8Array }>;
  /** A fresh data key of `byteCount` bytes (1 to 1024), in plain and under `key`. */
  generateDataKey(
    key: BackingKey,
    byteCount: number,
    context: EncryptionContext,
    claim: Claim,
  ): Promise<Used & { plaintext: Uint8Array; ciphertext: Uint8Array }>;
  /** Random bytes (1 to 1024) from the vault's generator; no receipt, as no key is used. */
  generateRandom(byteCount: number): Promise<Uint8Array>;
  /** Decrypts for an enrolled holder only: CMS EnvelopedData (RSAES_OAEP_SHA_256, AES-256-CBC) to its ephemeral key. */
  decryptToRecipient(
    key: BackingKey,
    ciphertext: Uint8Array,
    context: EncryptionContext,
    recipientDocument: Uint8Array,
    claim: Claim,
  ): Promise<Used & { ciphertextForRecipient: Uint8Array; holderId: string }>;

  /** Who signed this document, if the holder is enrolled and the document fresh and not used before; refused otherwise. */
  verifyHolder(recipientDocument: Uint8Array): Promise<{ holderId: string }>;

  /**
   * A key pair made inside the vault; the private half leaves it only as ciphertext under `key` (usage `acm-private-key`).
   * @param options.ready of the same spec: it becomes the key, which takes no time. Whoever hands it in sees to it that it
   * serves nobody else
   */
  generatePrivateKey(
    key: BackingKey,
    spec: PrivateKeySpec,
    context: EncryptionContext,
    options: { isExportable: boolean; ready?: ReadyKey | undefined },
    claim: Claim,
  ): Promise<Used & { ciphertext: Sealed<'private-key'>; publicKey: Uint8Array }>;
  /** No receipt: its use has one. Unavailable while key pairs are made for those who wait. */
  generateReadyKey(spec: PrivateKeySpec): Promise<ReadyKey>;
  /**
   * Takes in a PEM private key (PKCS#1, SEC1 or PKCS#8, unencrypted), checks that it belongs to `publicKey`
   * (DER SubjectPublicKeyInfo), and returns it as ciphertext. It can never be exported. The client disposes
   * `pem` as soon as it has been handed to the pipe.
   */
  importPrivateKey(
    key: BackingKey,
    pem: Secret,
    publicKey: Uint8Array,
    context: EncryptionContext,
    claim: Claim,
  ): Promise<Used & { ciphertext: Sealed<'private-key'>; spec: PrivateKeySpec | 'RSA_1024' }>;
  /** Signs a DER CertificationRequestInfo that the vault has parsed and whose public key is the ciphertext's own. Returns the whole DER CSR. */
  signCsr(
    key: BackingKey,
    ciphertext: Sealed<'private-key'>,
    context: EncryptionContext,
    requestInfo: Uint8Array,
    claim: Claim,
  ): Promise<Used & { csr: Uint8Array }>;
  /**
   * The private key as PEM `ENCRYPTED PRIVATE KEY` (PBES2). Refused unless the key was made exportable.
   * The client disposes `passphrase`.
   */
  exportPrivateKey(
    key: BackingKey,
    ciphertext: Sealed<'private-key'>,
    context: EncryptionContext,
    passphrase: Secret,
    claim: Claim,
  ): Promise<Used & { pem: string }>;

  generateCaKey(name: Pick<CaKey, 'caId' | 'role' | 'spec'>, claim: Claim): Promise<Used & CaKey>;
  /**
   * Signs a DER TBSCertificate that the vault has parsed and that `key` may sign (see `CaKey.role`). Returns the whole DER certificate.
   * @param subject the certified key, which a root must be shown of an intermediate: it certifies none that was not made in the vault
   */
  signCertificate(
    key: CaKey,
    tbsCertificate: Uint8Array,
    claim: Claim,
    subject?: CaKey,
  ): Promise<Used & { certificate: Uint8Array }>;
  /** Signs a DER TBSCertList. Returns the whole DER CRL. */
  signCrl(key: CaKey, tbsCertList: Uint8Array, claim: Claim): Promise<Used & { crl: Uint8Array }>;
  /**
   * Signs header and payload of a JWS by ES256 (RFC 7515 §5.1, RFC 7518 §3.4) with the key of an ACME account.
   * @param input `BASE64URL(header).BASE64URL(payload)`
   */
  signJws(key: CaKey, input: string, claim: Claim): Promise<Used & { signature: Uint8Array }>;

  /**
   * The MAC (HMAC-SHA-256, 32 bytes) of a set of rows that confer authority, bound to all that names the set. The vault
   * takes the asker's word for the rows; to check a set is to compare. No receipt: it uses nobody's key.
   */
  authenticateRows(set: RowSet): Promise<Uint8Array>;

  /** Says that the records which hold these receipts are durable: the vault forgets them. */
  confirm(receipts: readonly VaultReceipt[]): void;
  /** Says that this process has no record which holds these receipts, and will have none: another one is to record them. */
  abandon(receipts: readonly VaultReceipt[]): void;
  /**
   * The receipts that were abandoned, or never confirmed by processes which are gone now, oldest first; the caller records them as
   * `outcome unknown`, then confirms.
   */
  unconfirmed(): Promise<readonly VaultReceipt[]>;
  /** The present life of the vault; empty until the vault has answered for the first time. */
  readonly epoch: string;
}

/** What the supervisor alone may ask of the vault, over a channel of its own. */
export interface VaultControl {
  /**
   * Records a holder of the local gateway: until `removeHolder`, documents signed by this key are believed.
   * @param holder.publicKey DER SubjectPublicKeyInfo of an Ed25519 key
   */
  enrolHolder(holder: { readonly holderId: string; readonly publicKey: Uint8Array }): Promise<void>;
  removeHolder(holderId: string): Promise<void>;
}

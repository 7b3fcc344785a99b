import { textField, type OperationName } from '../lib/vault-protocol.ts';
import { decryptUnder, encryptUnder } from './ciphertext.ts';
import type { KeyRequest, VaultCore } from './core.ts';
import { envelopedData } from './enveloped-data.ts';
import { generatableSpec, generateKey, type KeyPair, type SpecName } from './key-specs.ts';
import { Gate } from './gate.ts';
import { caRoles, type CaKeyName, type WrappedBackingKey } from './keyring.ts';
import { privateKeyPlaintext, readPrivateKey, type PrivateKey } from './private-key.ts';
import { encryptedPem } from './private-key-export.ts';
import { importPrivateKey } from './private-key-import.ts';
import { Refusal } from './refusal.ts';
import { checkCertificate, checkCertList, checkJwsInput, checkRequestInfo } from './signable.ts';
import { signed } from './signing.ts';

const maxPlaintextBytes = 4096;
export const maxRandomBytes = 1024;

/**
 * What uses a key. Each reads its fields in the order in which src/vault-client writes them, and answers with a receipt first.
 * The fields of an answer are memory of their own: whoever sends them overwrites them.
 */
type KeyOperation = (
  vault: VaultCore,
  request: KeyRequest,
) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

export const keyOperations = {
  createBackingKey(vault, request) {
    const name = request.keyName();
    request.fields.end();
    const wrapped = vault.keyring.createBackingKey(name);
    return [...request.receipt(name.keyId, nothing), wrapped];
  },

  encrypt(vault, request) {
    const { key, context } = request.keyInContext('encrypt-decrypt');
    const plaintext = request.fields.bytes();
    request.fields.end();
    boundedCount(plaintext.length, maxPlaintextBytes);
    const ciphertext = encryptUnder(vault, key, plaintext, context);
    return [...request.receipt(key.keyId, context), ciphertext];
  },

  decrypt(vault, request) {
    const { key, context } = request.keyInContext('encrypt-decrypt');
    const ciphertext = request.fields.bytes();
    request.fields.end();
    const plaintext = decryptUnder(vault, key, ciphertext, context);
    return [...request.receipt(key.keyId, context), plaintext];
  },

  reEncrypt(vault, request) {
    const from = request.key();
    const fromContext = request.context();
    const ciphertext = request.fields.bytes();
    const to = request.key();
    const toContext = request.context();
    request.fields.end();
    const parts = ['account', 'region', 'keyId'] as const;
    const isSameKey = parts.every((part) => from[part] === to[part]);
    if (from.usage !== to.usage || (from.usage === 'acm-private-key' && !isSameKey)) {
      throw new Refusal('not-allowed', 'a private key stays alone under its KMS key');
    }
    const plaintext = decryptUnder(vault, from, ciphertext, fromContext);
    try {
      const again = encryptUnder(vault, to, plaintext, toContext);
      return [...request.receipt(to.keyId, toContext), again];
    } finally {
      plaintext.fill(0);
    }
  },

  generateDataKey(vault, request) {
    const { key, context } = request.keyInContext('encrypt-decrypt');
    const byteCount = boundedCount(request.fields.number(), maxRandomBytes);
    request.fields.end();
    const plaintext = vault.random.bytes(byteCount);
    const ciphertext = encryptUnder(vault, key, plaintext, context);
    return [...request.receipt(key.keyId, context), plaintext, ciphertext];
  },

  decryptToRecipient(vault, request) {
    const key = request.key();
    const context = request.context();
    const ciphertext = request.fields.bytes();
    const document = request.fields.bytes();
    request.fields.end();
    const { holderId, publicKey } = vault.holders.check(document);
    const plaintext = decryptUnder(vault, key, ciphertext, context);
    try {
      const content = key.usage === 'acm-private-key' ? readPrivateKey(plaintext).pkcs8 : plaintext;
      const envelope = envelopedData(content, publicKey, vault.random);
      return [...request.receipt(key.keyId, context, document), envelope, textField(holderId)];
    } finally {
      plaintext.fill(0);
    }
  },

  async generatePrivateKey(vault, request) {
    const { key, context } = request.keyInContext('acm-private-key');
    const spec = generatableSpec(request.name());
    const isExportable = request.fields.number() === 1;
    const { privateKey: pkcs8, publicKey } = request.fields.isAtEnd
      ? await generateKey(spec)
      : readyKey(vault, spec, request);
    const ciphertext = keepPrivateKey(vault, key, context, { spec, isExportable, pkcs8 });
    return [...request.receipt(key.keyId, context), ciphertext, publicKey];
  },

  async importPrivateKey(vault, request) {
    const { key, context } = request.keyInContext('acm-private-key');
    const pem = request.fields.bytes();
    const publicKey = request.fields.bytes();
    request.fields.end();
    const imported = await inUse.pass(async () => importPrivateKey(pem, publicKey));
    const ciphertext = keepPrivateKey(vault, key, context, imported);
    return [...request.receipt(key.keyId, context), ciphertext, textField(imported.spec)];
  },

  signCsr(vault, request) {
    return usePrivateKey(vault, request, async ({ spec, pkcs8 }, requestInfo) => {
      checkRequestInfo(requestInfo, pkcs8);
      return signed(requestInfo, spec, pkcs8);
    });
  },

  exportPrivateKey(vault, request) {
    return usePrivateKey(vault, request, async ({ isExportable, pkcs8 }, passphrase) => {
      if (!isExportable) throw new Refusal('not-allowed', 'the private key is not exportable');
      return textField(await encryptedPem(pkcs8, passphrase, vault.random));
    });
  },

  async generateCaKey(vault, request) {
    const { caId, role, spec } = caKeyName(request);
    request.fields.end();
    const { privateKey, publicKey } = await generateKey(spec);
    const wrapped = vault.keyring.wrapCaKey({ caId, role, spec, publicKey }, privateKey);
    privateKey.fill(0);
    return [...request.receipt(caId, publicKey), wrapped, publicKey];
  },

  /** A root certifies no key but those that were made here: that of an intermediate comes along. */
  signCertificate(vault, request) {
    return useCaKey(vault, request, (tbsCertificate, ca) => {
      const publicKey = checkCertificate(tbsCertificate, ca, vault.clock.now());
      const subject = request.fields.isAtEnd ? undefined : { ...caKeyName(request), publicKey };
      if (subject !== undefined) vault.keyring.unwrapCaKey(subject, request.fields.bytes()).fill(0);
      const isOwn = Buffer.compare(publicKey, ca.publicKey) === 0;
      if (ca.role === 'intermediate' || isOwn || subject?.role === 'intermediate') return;
      throw new Refusal('unsignable', 'the key of the intermediate was not made here');
    });
  },

  signCrl: (vault, request) => useCaKey(vault, request, checkCertList),

  signJws: (vault, request) => useCaKey(vault, request, checkJwsInput),
} as const satisfies Partial<Record<OperationName, KeyOperation>>;

const nothing = new Uint8Array(0);

/** So many private keys are in the clear at once, and in OpenSSL's secure heap, whatever is asked of the vault. */
const inUse = new Gate(16);

/** Fields: the public key, and the wrapped one. */
function readyKey({ keyring }: VaultCore, spec: SpecName, { fields }: KeyRequest): KeyPair {
  const publicKey = fields.copy();
  const wrapped = fields.bytes();
  fields.end();
  return { privateKey: keyring.unwrapReadyKey(spec, publicKey, wrapped), publicKey };
}

/** Encrypts a private key under a key of usage `acm-private-key`, and overwrites it. */
function keepPrivateKey(
  vault: VaultCore,
  key: WrappedBackingKey,
  context: Uint8Array,
  privateKey: PrivateKey,
): Uint8Array {
  const plaintext = privateKeyPlaintext(privateKey);
  privateKey.pkcs8.fill(0);
  try {
    return encryptUnder(vault, key, plaintext, context);
  } finally {
    plaintext.fill(0);
  }
}

/** Fields: key, context, ciphertext, and what it is used with. Answers with what `use` makes. */
async function usePrivateKey(
  vault: VaultCore,
  request: KeyRequest,
  use: (privateKey: PrivateKey, input: Uint8Array) => Promise<Uint8Array>,
): Promise<readonly Uint8Array[]> {
  const { key, context } = request.keyInContext('acm-private-key');
  const ciphertext = request.fields.bytes();
  const input = request.fields.bytes();
  request.fields.end();
  return inUse.pass(async () => {
    const plaintext = decryptUnder(vault, key, ciphertext, context);
    try {
      const result = await use(readPrivateKey(plaintext), input);
      return [...request.receipt(key.keyId, context), result];
    } finally {
      plaintext.fill(0);
    }
  });
}

/** Fields: the key's name, its public key, itself, and what it is to sign. An account's key signs requests to its CA only. */
async function useCaKey(
  vault: VaultCore,
  request: KeyRequest,
  check: (toBeSigned: Uint8Array, ca: CaKeyName) => void,
): Promise<readonly Uint8Array[]> {
  const name = { ...caKeyName(request), publicKey: request.fields.bytes() };
  const wrapped = request.fields.bytes();
  const toBeSigned = request.fields.bytes();
  if ((name.role === 'acme-account') !== (request.operation === 'signJws'))
    throw new Refusal('not-allowed', 'the role of the key does not allow it');
  check(toBeSigned, name);
  request.fields.end();
  return inUse.pass(async () => {
    const privateKey = vault.keyring.unwrapCaKey(name, wrapped);
    try {
      const result = await signed(toBeSigned, name.spec, privateKey);
      return [...request.receipt(name.caId, toBeSigned), result];
    } finally {
      privateKey.fill(0);
    }
  });
}

function caKeyName(request: KeyRequest): Omit<CaKeyName, 'publicKey'> {
  const [caId, roleText, spec] = [request.name(), request.name(), generatableSpec(request.name())];
  const role = caRoles.find((known) => known === roleText);
  if (role !== undefined) return { caId, role, spec };
  throw new Refusal('malformed-request', 'the role of the key is not known');
}

/** Of bytes that are to be encrypted, or made. @throws Refusal */
export function boundedCount(count: number, max: number): number {
  if (count >= 1 && count <= max) return count;
  throw new Refusal('malformed-request', `1 to ${max} bytes are taken`);
}

import { hkdfSync } from 'node:crypto';
import { tagBytes, uuidBytes } from '../lib/ciphertext-layout.ts';
import { joined } from '../lib/der-writer.ts';
import type { Random } from '../lib/random.ts';
import { joinedFields, textField } from '../lib/vault-protocol.ts';
import { ivBytes, openBytes, sealBytes } from './aes-gcm.ts';
import type { KeyPair, SpecName } from './key-specs.ts';
import { Refusal } from './refusal.ts';

export const usages = ['encrypt-decrypt', 'acm-private-key'] as const;
export const caRoles = ['root', 'intermediate', 'acme-account'] as const;

/** What the wrapping of a backing key is bound to. */
export interface BackingKeyName {
  readonly account: string;
  readonly region: string;
  readonly keyId: string;
  readonly backingKeyId: string;
  readonly spec: 'SYMMETRIC_DEFAULT';
  readonly usage: (typeof usages)[number];
}

export interface WrappedBackingKey extends BackingKeyName {
  readonly wrapped: Uint8Array;
}

/** What the wrapping of the private key of an authority, or of our account with a foreign one, is bound to. */
export interface CaKeyName {
  readonly caId: string;
  readonly role: (typeof caRoles)[number];
  readonly spec: SpecName;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

const wrappingVersion = 1;
const keyBytes = 32;
/** Unwrapped backing keys that are kept, the least recently used of which goes first. */
const maxUnwrappedKeys = 4096;

/**
 * The root key, and every key that is derived from it or wrapped under one that is: docs/formats.md draws the tree.
 * Keys that it lends are overwritten when it forgets them, so a borrower uses them at once.
 */
export class Keyring {
  readonly #rootKey: Uint8Array;
  readonly #random: Random;
  readonly #unwrapped = new Map<string, { name: WrappedBackingKey; key: Uint8Array }>();

  /** @param rootKey 32 bytes, owned by the keyring from here on */
  constructor(rootKey: Uint8Array, random: Random) {
    if (rootKey.length !== keyBytes) throw new TypeError('the root key has 32 bytes');
    this.#rootKey = rootKey;
    this.#random = random;
  }

  /** A key for one purpose: HKDF-SHA-256 (RFC 5869) without salt. The caller overwrites it. */
  derive(purpose: string, ...names: readonly string[]): Uint8Array {
    const info = joinedFields([`holdfast ${purpose} 1`, ...names].map(textField));
    return new Uint8Array(hkdfSync('sha256', this.#rootKey, new Uint8Array(0), info, keyBytes));
  }

  createBackingKey(name: BackingKeyName): Uint8Array {
    const key = this.#random.bytes(keyBytes);
    try {
      return this.#wrap(this.#domainKey(name), backingKeyBinding(name), key);
    } finally {
      key.fill(0);
    }
  }

  /** Lends the key until the caller returns to the event loop. */
  backingKey(name: WrappedBackingKey): Uint8Array {
    const id = `${name.keyId} ${name.backingKeyId}`;
    const known = this.#unwrapped.get(id);
    this.#unwrapped.delete(id);
    if (known !== undefined && isSameKey(known.name, name)) {
      this.#unwrapped.set(id, known);
      return known.key;
    }
    known?.key.fill(0);
    const key = this.#unwrap(this.#domainKey(name), backingKeyBinding(name), name.wrapped);
    this.#unwrapped.set(id, { name: { ...name, wrapped: new Uint8Array(name.wrapped) }, key });
    for (const [oldest, { key: forgotten }] of this.#unwrapped) {
      if (this.#unwrapped.size <= maxUnwrappedKeys) break;
      forgotten.fill(0);
      this.#unwrapped.delete(oldest);
    }
    return key;
  }

  /** @param privateKey DER of PKCS#8; the caller overwrites it */
  wrapCaKey(name: CaKeyName, privateKey: Uint8Array): Uint8Array {
    return this.#wrap(this.derive('ca keys'), caKeyBinding(name), privateKey);
  }

  /** DER of PKCS#8, which the caller overwrites. */
  unwrapCaKey(name: CaKeyName, wrapped: Uint8Array): Uint8Array {
    return this.#unwrap(this.derive('ca keys'), caKeyBinding(name), wrapped);
  }

  /** A key pair that waits for its certificate. @param privateKey DER of PKCS#8; the caller overwrites it */
  wrapReadyKey(spec: SpecName, { privateKey, publicKey }: KeyPair): Uint8Array {
    return this.#wrap(this.derive('ready keys'), readyKeyBinding(spec, publicKey), privateKey);
  }

  /** DER of PKCS#8, which the caller overwrites. */
  unwrapReadyKey(spec: SpecName, publicKey: Uint8Array, wrapped: Uint8Array): Uint8Array {
    return this.#unwrap(this.derive('ready keys'), readyKeyBinding(spec, publicKey), wrapped);
  }

  [Symbol.dispose](): void {
    this.#rootKey.fill(0);
    for (const { key } of this.#unwrapped.values()) key.fill(0);
    this.#unwrapped.clear();
  }

  /** The root key of one account and Region. */
  #domainKey({ account, region }: BackingKeyName): Uint8Array {
    return this.derive('domain', account, region);
  }

  #wrap(wrappingKey: Uint8Array, binding: Uint8Array, key: Uint8Array): Uint8Array {
    const iv = this.#random.bytes(ivBytes);
    const sealed = sealBytes(wrappingKey, iv, binding, key);
    wrappingKey.fill(0);
    return joined([Uint8Array.of(wrappingVersion), iv, sealed]);
  }

  #unwrap(wrappingKey: Uint8Array, binding: Uint8Array, wrapped: Uint8Array): Uint8Array {
    try {
      if (wrapped[0] !== wrappingVersion || wrapped.length < 1 + ivBytes + tagBytes) {
        throw new Refusal('invalid-ciphertext', 'the wrapped key is of no known version');
      }
      const iv = wrapped.subarray(1, 1 + ivBytes);
      return openBytes(wrappingKey, iv, binding, wrapped.subarray(1 + ivBytes));
    } finally {
      wrappingKey.fill(0);
    }
  }
}

const names = ['account', 'region', 'keyId', 'backingKeyId', 'spec', 'usage'] as const;

/** What was checked for one key holds for no other, whichever member differs. */
function isSameKey(a: WrappedBackingKey, b: WrappedBackingKey): boolean {
  return names.every((name) => a[name] === b[name]) && Buffer.compare(a.wrapped, b.wrapped) === 0;
}

function backingKeyBinding(name: BackingKeyName): Uint8Array {
  const keyId = uuidBytes(name.keyId);
  const backingKeyId = uuidBytes(name.backingKeyId);
  if (keyId === undefined || backingKeyId === undefined) {
    throw new Refusal('malformed-request', 'a key id is not a UUID');
  }
  const { account, region, spec, usage } = name;
  const texts = ['backing key', account, region, spec, usage].map(textField);
  return joinedFields([...texts, keyId, backingKeyId]);
}

function caKeyBinding({ caId, role, spec, publicKey }: CaKeyName): Uint8Array {
  return joinedFields([...['ca key', caId, role, spec].map(textField), publicKey]);
}

function readyKeyBinding(spec: SpecName, publicKey: Uint8Array): Uint8Array {
  return joinedFields([textField('ready key'), textField(spec), publicKey]);
}

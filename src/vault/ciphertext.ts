import { createHmac } from 'node:crypto';
import { ciphertextVersion, offsets, tagBytes, uuidBytes } from '../lib/ciphertext-layout.ts';
import { joined } from '../lib/der-writer.ts';
import type { Random } from '../lib/random.ts';
import { numberField, textField } from '../lib/vault-protocol.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';
import type { Keyring, WrappedBackingKey } from './keyring.ts';
import { Refusal } from './refusal.ts';

/** @param context serialized; the plaintext stays the caller's to overwrite */
export function encryptUnder(
  { keyring, random }: { keyring: Keyring; random: Random },
  key: WrappedBackingKey,
  plaintext: Uint8Array,
  context: Uint8Array,
): Uint8Array {
  const header = new Uint8Array(offsets.ciphertext);
  header[0] = ciphertextVersion;
  header.set(uuidBytes(key.keyId) ?? [], offsets.keyId);
  header.set(uuidBytes(key.backingKeyId) ?? [], offsets.backingKeyId);
  header.set(random.bytes(offsets.ciphertext - offsets.nonce), offsets.nonce);
  const messageKey = deriveMessageKey(keyring.backingKey(key), header);
  const iv = header.subarray(offsets.iv);
  const sealed = sealBytes(messageKey, iv, joined([header, context]), plaintext);
  messageKey.fill(0);
  return joined([header, sealed]);
}

/**
 * @param context serialized
 * @returns the plaintext, which the caller overwrites
 * @throws Refusal `invalid-ciphertext`
 */
export function decryptUnder(
  { keyring }: { keyring: Keyring },
  key: WrappedBackingKey,
  blob: Uint8Array,
  context: Uint8Array,
): Uint8Array {
  const header = blob.subarray(0, offsets.ciphertext);
  if (blob.length < offsets.ciphertext + tagBytes || blob[0] !== ciphertextVersion) {
    throw new Refusal('invalid-ciphertext', 'the ciphertext is of no known version');
  }
  const messageKey = deriveMessageKey(keyring.backingKey(key), header);
  try {
    const iv = header.subarray(offsets.iv);
    const sealed = blob.subarray(offsets.ciphertext);
    return openBytes(messageKey, iv, joined([header, context]), sealed);
  } finally {
    messageKey.fill(0);
  }
}

const label = textField('holdfast message key 1');
const one = numberField(1);
const bits = numberField(256);

/**
 * A key for one message, so that no count of messages wears out the backing key: counter mode with HMAC-SHA-256,
 * one block (NIST SP 800-108r1 §4.1), Context = the ids of the key and a random nonce.
 */
function deriveMessageKey(backingKey: Uint8Array, header: Uint8Array): Uint8Array {
  const context = header.subarray(offsets.keyId, offsets.iv);
  return createHmac('sha256', backingKey)
    .update(joined([one, label, Uint8Array.of(0), context, bits]))
    .digest();
}

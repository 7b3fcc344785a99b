import { DerReader } from '../lib/der-reader.ts';
import { bitString, derTag, joined, sequence } from '../lib/der-writer.ts';
import { keySpecs, specOfCode, type SpecName } from './key-specs.ts';
import { Refusal } from './refusal.ts';

const version = 1;
const headerBytes = 3;
const exportable = 1;

/**
 * What is encrypted under a backing key of usage `acm-private-key`: version, flags (1 = exportable), code of the
 * spec, then DER of PKCS#8. Only the functions of this file make it, so nothing else is ever read as one.
 */
export interface PrivateKey {
  readonly spec: SpecName;
  readonly isExportable: boolean;
  /** DER of PKCS#8. */
  readonly pkcs8: Uint8Array;
}

/** The caller overwrites the result, and `key.pkcs8`. */
export function privateKeyPlaintext({ spec, isExportable, pkcs8 }: PrivateKey): Uint8Array {
  const flags = isExportable ? exportable : 0;
  return joined([Uint8Array.of(version, flags, keySpecs[spec].code), pkcs8]);
}

/** A view of `plaintext`, good until that is overwritten. */
export function readPrivateKey(plaintext: Uint8Array): PrivateKey {
  const [readVersion, flags = 0, code = 0] = plaintext;
  const spec = specOfCode(code);
  if (readVersion !== version || flags > exportable || spec === undefined) {
    throw new Refusal('invalid-ciphertext', 'the private key is of no known version');
  }
  return { spec, isExportable: flags === exportable, pkcs8: plaintext.subarray(headerBytes) };
}

/**
 * DER SubjectPublicKeyInfo of a private key (RFC 5958 §2, RFC 8017 §A.1.2, RFC 5915 §3). Read, not computed: a KeyObject
 * would keep its room in the secure heap until it is collected.
 * @param otherwise what is taken for that of an EC key without its public half
 * @throws DerError
 */
export function publicKeyOf(pkcs8: Uint8Array, otherwise?: Uint8Array): Uint8Array {
  const info = new DerReader(pkcs8).readSequence();
  info.readSmallInteger();
  const algorithm = info.next().raw;
  const key = new DerReader(info.readOctetString()).readSequence();
  key.readSmallInteger();
  if (key.peekTag() === derTag.integer) {
    const publicKey = sequence(key.next().raw, key.next().raw);
    return sequence(algorithm, bitString(publicKey));
  }
  key.readOctetString();
  key.readOptional(0xa0);
  if (key.peekTag() !== 0xa1 && otherwise !== undefined) return otherwise;
  return sequence(algorithm, key.readConstructed(0xa1).next().raw);
}

/** The same bytes, as node:crypto's types want them. */
export function bufferOver({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

import { createPublicKey, verify } from 'node:crypto';
import { whole } from '../lib/der-reader.ts';
import * as der from '../lib/der-writer.ts';
import { isAlone } from '../lib/pem-lines.ts';
import { keySpecs, specOfKey } from './key-specs.ts';
import { bufferOver, isSame, publicKeyOf, type PrivateKey } from './private-key.ts';
import { Refusal } from './refusal.ts';
import { signature } from './signing.ts';

/** Their names at Node. */
const types = {
  'PRIVATE KEY': 'pkcs8',
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
} as const;

/**
 * Reads a private key that a customer brings: one PEM block (RFC 7468) of PKCS#8, PKCS#1 or SEC 1. No KeyObject is made
 * of it: that would hold its numbers until it is collected.
 * @param spki DER SubjectPublicKeyInfo to which it must belong
 * @returns the key as PKCS#8, whatever its form was; the caller overwrites it
 * @throws Refusal `private-key-…`
 */
export async function importPrivateKey(pem: Uint8Array, spki: Uint8Array): Promise<PrivateKey> {
  const { label, body } = onlyBlock(pem);
  if (label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type:')) {
    throw new Refusal('private-key-encrypted', 'the private key is encrypted');
  }
  if (!Object.hasOwn(types, label)) throw malformed();
  const type = types[label as keyof typeof types];
  const given = decodeBase64(body);
  let pkcs8: Uint8Array = new Uint8Array(0);
  try {
    pkcs8 = asPkcs8(given, type);
    const publicKey = publicKeyOf(pkcs8, spki);
    const own = createPublicKey({ key: bufferOver(publicKey), format: 'der', type: 'spki' });
    const spec = specOfKey(own);
    if (spec === undefined) throw unsupported();
    // Equal public halves do not suffice: the key must work too, or what it serves would fail later.
    const probe = new Uint8Array(32);
    const signed = await signature(probe, spec, { key: bufferOver(given), format: 'der', type });
    if (!isSame(publicKey, spki) || !verify(keySpecs[spec].hash, probe, own, signed))
      throw new Refusal('private-key-mismatch', 'the private key belongs to another public key');
    return { spec, isExportable: false, pkcs8 };
  } catch (error) {
    pkcs8.fill(0);
    throw error instanceof Refusal ? error : malformed();
  } finally {
    given.fill(0);
  }
}

const rsa = der.objectIdentifier('1.2.840.113549.1.1.1');
const ec = der.objectIdentifier('1.2.840.10045.2.1');

/** Reads what has to be known. What else is wrong with a key OpenSSL finds when the key is tried. */
function asPkcs8(given: Uint8Array, type: (typeof types)[keyof typeof types]): Uint8Array {
  const fields = whole(given);
  if (type === 'pkcs1') return pkcs8Of(der.sequence(rsa, der.nullValue()), given);
  fields.readInteger();
  if (type === 'sec1') {
    fields.readOctetString();
    return pkcs8Of(der.sequence(ec, fields.read(0xa0)), given);
  }
  const algorithm = fields.readSequence().next().raw;
  if (isSame(algorithm, rsa) || isSame(algorithm, ec)) return given.slice();
  throw unsupported();
}

/** OneAsymmetricKey of version 1 (RFC 5958 §2). Nothing but the result holds a copy of the key. */
function pkcs8Of(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  const { octetString, sequence } = der.derTag;
  const before = der.joined([der.integer(0), algorithm, der.header(octetString, key.length)]);
  return der.joined([der.header(sequence, before.length + key.length), before, key]);
}

/** The label and what stands between the two lines. Text around the only block is let pass, as others do. */
function onlyBlock(pem: Uint8Array): { label: string; body: Buffer } {
  const text = bufferOver(pem);
  const begin = text.indexOf('-----BEGIN ');
  const labelStart = begin + 11;
  const labelEnd = text.indexOf('-----', labelStart);
  if (begin < 0 || labelEnd < 0 || labelEnd - labelStart > 32) throw malformed();
  // What stands there is no secret: anything but a label of RFC 7468 is refused below.
  const label = text.toString('latin1', labelStart, labelEnd);
  const bodyStart = labelEnd + 5;
  const end = text.indexOf(`-----END ${label}-----`, bodyStart);
  const isOnLines = isAlone(text, begin, bodyStart) && isAlone(text, end, end + label.length + 14);
  if (end < 0 || !isOnLines || text.indexOf('-----BEGIN ', labelEnd) >= 0) throw malformed();
  return { label, body: text.subarray(bodyStart, end) };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const noDigit = 64;
const sextets = new Uint8Array(256).fill(noDigit);
for (const [value, digit] of Buffer.from(alphabet).entries()) sextets[digit] = value;

/** Base64 from bytes to bytes: Node's own decoders take a string, which nobody can overwrite. */
function decodeBase64(text: Buffer): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let [length, digits, padding, bits, last] = [0, 0, 0, 0, 0];
  // OpenSSL takes what stands before a blank line for something else.
  let isBase64 = true;
  for (const byte of text) {
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d) continue;
    if (byte === 0x0a) isBase64 &&= last !== 0x0a;
    else if (byte === 0x3d) padding += 1;
    else {
      isBase64 &&= sextets[byte] !== noDigit && padding === 0;
      bits = ((bits << 6) | sextets[byte]!) & 0xffff;
      if (digits % 4 > 0) bytes[length++] = bits >> (6 - 2 * (digits % 4));
      digits += 1;
    }
    last = byte;
  }
  if (isBase64 && padding <= 2 && (digits + padding) % 4 === 0) return bytes.subarray(0, length);
  bytes.fill(0);
  throw malformed();
}

function malformed(): Refusal {
  return new Refusal('private-key-malformed', 'this is not one PEM block of a private key');
}

function unsupported(): Refusal {
  return new Refusal('private-key-unsupported', 'the kind or size of the private key is not taken');
}

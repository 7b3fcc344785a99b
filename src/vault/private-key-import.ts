import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { whole } from '../lib/der-reader.ts';
import * as der from '../lib/der-writer.ts';
import { isAlone } from '../lib/pem-lines.ts';
import { keySpecs, specOfKey, type SpecName } from './key-specs.ts';
import { bufferOver, isSame, publicKeyOf, type PrivateKey } from './private-key.ts';
import { Refusal } from './refusal.ts';
import { signature } from './signing.ts';

/** PKCS#8, PKCS#1, SEC 1. */
const labels = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'];

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
  if (!labels.includes(label)) throw malformed();
  const given = decodeBase64(body);
  let pkcs8: Uint8Array = new Uint8Array(0);
  try {
    pkcs8 = asPkcs8(given, label);
    const publicKey = publicKeyOf(pkcs8, spki);
    const own = createPublicKey({ key: bufferOver(publicKey), format: 'der', type: 'spki' });
    const spec = specOfKey(own);
    if (spec === undefined) throw unsupported();
    if (!isSame(publicKey, spki) || !(await signsFor(own, pkcs8, spec)))
      throw new Refusal('private-key-mismatch', 'the private key belongs to another public key');
    return { spec, isExportable: false, pkcs8 };
  } catch (error) {
    pkcs8.fill(0);
    throw error instanceof Refusal ? error : malformed();
  } finally {
    given.fill(0);
  }
}

/** Equal public halves do not suffice: the key must work too, or what it serves would fail later. */
async function signsFor(own: KeyObject, pkcs8: Uint8Array, spec: SpecName): Promise<boolean> {
  const toBeSigned = new Uint8Array(32);
  const isRsa = spec.startsWith('RSA');
  let works = true;
  for (const [type, probe] of probes(pkcs8, isRsa)) {
    const key = { key: bufferOver(probe), format: 'der', type } as const;
    const signed = await signature(toBeSigned, spec, key).finally(() => probe.fill(0));
    works &&= verify(keySpecs[spec].hash, toBeSigned, own, signed);
  }
  return works;
}

/**
 * The key itself, so that OpenSSL judges all of it; of RSA also RSAPrivateKeys (RFC 8017 §A.1.2) that sign for it only if
 * all its numbers are right. OpenSSL uses the exponents for p and q, and d where the outcome is wrong: here d is 1, which
 * saves nothing, and in the second it stands for both.
 */
function* probes(pkcs8: Uint8Array, isRsa: boolean): Generator<['pkcs1' | 'pkcs8', Uint8Array]> {
  yield ['pkcs8', pkcs8.slice()];
  if (!isRsa) return;
  const info = whole(pkcs8);
  info.readInteger();
  info.next();
  const key = whole(info.readOctetString());
  const before = [key.next().raw, key.next().raw, key.next().raw, der.integer(1)];
  const d = key.next().raw;
  before.push(key.next().raw, key.next().raw);
  const [dP, dQ, qInv] = [key.next().raw, key.next().raw, key.next().raw];
  key.end();
  yield ['pkcs1', der.sequence(...before, dP, dQ, qInv)];
  yield ['pkcs1', der.sequence(...before, d, d, qInv)];
}

const rsa = der.objectIdentifier('1.2.840.113549.1.1.1');
const ec = der.objectIdentifier('1.2.840.10045.2.1');

/** Reads what has to be known. What else is wrong with a key OpenSSL finds when the key is tried. */
function asPkcs8(given: Uint8Array, label: string): Uint8Array {
  const fields = whole(given);
  if (label === 'RSA PRIVATE KEY') return pkcs8Of(der.sequence(rsa, der.nullValue()), given);
  fields.readInteger();
  if (label === 'EC PRIVATE KEY') {
    fields.readOctetString();
    return pkcs8Of(der.sequence(ec, fields.read(0xa0)), given);
  }
  const algorithm = fields.readSequence().next().raw;
  if (isSame(algorithm, rsa) || isSame(algorithm, ec)) return given.slice();
  throw unsupported();
}

/** OneAsymmetricKey of version 1 (RFC 5958 §2). Nothing but the result holds a copy of the key. */
function pkcs8Of(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return der.sequence(
    der.integer(0),
    algorithm,
    der.header(der.derTag.octetString, key.length),
    key,
  );
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

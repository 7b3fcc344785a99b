import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { keySpecs, specOfKey } from './key-specs.ts';
import { bufferOver, type PrivateKey } from './private-key.ts';
import { Refusal } from './refusal.ts';

const types = {
  'PRIVATE KEY': 'pkcs8',
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
} as const;

/**
 * Reads a private key that a customer brings: one PEM block (RFC 7468) of PKCS#8, PKCS#1 or SEC 1.
 * @param spki DER SubjectPublicKeyInfo to which it must belong
 * @returns the key as PKCS#8, whatever its form was; the caller overwrites it
 * @throws Refusal `private-key-…`
 */
export function importPrivateKey(pem: Uint8Array, spki: Uint8Array): PrivateKey {
  const { label, body } = onlyBlock(pem);
  if (label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type:')) {
    throw new Refusal('private-key-encrypted', 'the private key is encrypted');
  }
  if (!(label in types)) throw malformed();
  const der = decodeBase64(body);
  try {
    const key = parse(der, types[label as keyof typeof types]);
    const spec = specOfKey(key);
    if (spec === undefined) {
      throw new Refusal(
        'private-key-unsupported',
        'the kind or size of the private key is not taken',
      );
    }
    if (!belongsTo(key, spki, keySpecs[spec].hash)) {
      throw new Refusal(
        'private-key-mismatch',
        'the private key does not belong to the public key',
      );
    }
    return { spec, isExportable: false, pkcs8: key.export({ type: 'pkcs8', format: 'der' }) };
  } finally {
    der.fill(0);
  }
}

function parse(der: Uint8Array, type: 'pkcs8' | 'pkcs1' | 'sec1'): KeyObject {
  try {
    return createPrivateKey({ key: bufferOver(der), format: 'der', type });
  } catch {
    throw malformed();
  }
}

/** Equal halves do not suffice: the key must work too, or what it serves would fail later. */
function belongsTo(key: KeyObject, spki: Uint8Array, hash: string): boolean {
  try {
    const publicKey = createPublicKey({ key: bufferOver(spki), format: 'der', type: 'spki' });
    // Not `equals`: for keys of two kinds it leaves an error behind, for which OpenSSL's next caller is blamed.
    const [own, given] = [createPublicKey(key), publicKey].map((each) =>
      each.export({ type: 'spki', format: 'der' }),
    );
    if (own === undefined || given === undefined || !own.equals(given)) return false;
    const probe = new Uint8Array(32);
    return verify(hash, probe, publicKey, sign(hash, probe, key));
  } catch {
    return false;
  }
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
  if (end < 0 || text.indexOf('-----BEGIN ', labelEnd) >= 0) throw malformed();
  return { label, body: text.subarray(bodyStart, end) };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Int8Array(256).fill(-1);
for (let value = 0; value < alphabet.length; value += 1)
  sextets[alphabet.charCodeAt(value)] = value;

/** Base64 from bytes to bytes: Node's own decoders take a string, which nobody can overwrite. */
function decodeBase64(text: Uint8Array): Uint8Array {
  const digits = text.filter((byte) => !isSpace(byte));
  const padding = digits.at(-1) !== 0x3d ? 0 : digits.at(-2) !== 0x3d ? 1 : 2;
  const bytes = new Uint8Array(Math.max(0, Math.floor(digits.length / 4) * 3 - padding));
  let bits = 0;
  let isBase64 = digits.length % 4 === 0;
  for (const [place, digit] of digits.entries()) {
    const value = place < digits.length - padding ? (sextets[digit] ?? -1) : 0;
    isBase64 &&= value >= 0;
    bits = ((bits << 6) | value) & 0xffffff;
    if (place % 4 !== 3) continue;
    const at = ((place - 3) / 4) * 3;
    // An array of bytes keeps the low eight bits, and nothing behind its end: the padding.
    bytes[at] = bits >> 16;
    bytes[at + 1] = bits >> 8;
    bytes[at + 2] = bits;
  }
  digits.fill(0);
  if (isBase64) return bytes;
  bytes.fill(0);
  throw malformed();
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function malformed(): Refusal {
  return new Refusal(
    'private-key-malformed',
    'the private key is not one PEM block of a private key',
  );
}

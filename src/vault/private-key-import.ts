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
  if (label === 'ENCRYPTED PRIVATE KEY' || startsWith(body, 'Proc-Type:')) {
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
function onlyBlock(pem: Uint8Array): { label: string; body: Uint8Array } {
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

function startsWith(body: Uint8Array, prefix: string): boolean {
  let start = 0;
  while (isSpace(body[start])) start += 1;
  return bufferOver(body.subarray(start, start + prefix.length)).equals(Buffer.from(prefix));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Int8Array(256).fill(-1);
for (let value = 0; value < alphabet.length; value += 1)
  sextets[alphabet.charCodeAt(value)] = value;

/** Base64 from bytes to bytes: Node's own decoder would take a string, which nobody can overwrite. */
function decodeBase64(text: Uint8Array): Uint8Array {
  const room = new Uint8Array(Math.ceil(text.length / 4) * 3);
  let length = 0;
  let group = 0;
  let digits = 0;
  let padding = 0;
  for (const byte of text) {
    if (isSpace(byte)) continue;
    const value = sextets[byte] ?? -1;
    const isPadding = byte === 0x3d;
    if (isPadding ? (digits + padding) % 4 < 2 : value < 0 || padding > 0) throw malformed();
    if (isPadding) {
      padding += 1;
      continue;
    }
    group = ((group << 6) | value) & 0xffffff;
    digits += 1;
    if (digits % 4 === 0) {
      room.set([group >> 16, (group >> 8) & 255, group & 255], length);
      length += 3;
    }
  }
  if ((digits + padding) % 4 !== 0 || padding > 2) throw malformed();
  if (padding === 1) room.set([group >> 10, (group >> 2) & 255], length);
  if (padding === 2) room[length] = group >> 4;
  length += padding === 0 ? 0 : 3 - padding;
  const decoded = room.slice(0, length);
  room.fill(0);
  return decoded;
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

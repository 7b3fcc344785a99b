import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { DerReader } from '../lib/der-reader.ts';
import { derTag } from '../lib/der-writer.ts';
import { isAlone } from '../lib/pem-lines.ts';
import { keySpecs, specOfKey } from './key-specs.ts';
import { bufferOver, type PrivateKey } from './private-key.ts';
import { Refusal } from './refusal.ts';

/** Their names at Node, and what stands after the version: an algorithm, the modulus, the key. */
const forms = {
  'PRIVATE KEY': { type: 'pkcs8', second: derTag.sequence },
  'RSA PRIVATE KEY': { type: 'pkcs1', second: derTag.integer },
  'EC PRIVATE KEY': { type: 'sec1', second: derTag.octetString },
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
  if (!Object.hasOwn(forms, label)) throw malformed();
  const der = decodeBase64(body);
  try {
    const key = parse(der, forms[label as keyof typeof forms]);
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

/** Node takes each form for each other: only what its label says is let pass. */
function parse(der: Uint8Array, form: (typeof forms)[keyof typeof forms]): KeyObject {
  try {
    const whole = new DerReader(der);
    const fields = whole.readSequence();
    whole.end();
    fields.readInteger();
    if (fields.peekTag() === form.second)
      return createPrivateKey({ key: bufferOver(der), format: 'der', type: form.type });
  } catch {
    // Refused like another form.
  }
  throw malformed();
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
  const lines = text.filter((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
  const digits = lines.filter((byte) => byte !== 0x0a);
  const padding = digits.at(-1) !== 0x3d ? 0 : digits.at(-2) !== 0x3d ? 1 : 2;
  const values = digits.subarray(0, digits.length - padding).map((digit) => sextets[digit]!);
  const bytes = new Uint8Array(Math.floor((values.length * 3) / 4));
  for (const at of bytes.keys()) {
    const [place, used] = [at + Math.floor(at / 3), 2 * (at % 3)];
    bytes[at] = (values[place]! << (2 + used)) | (values[place + 1]! >> (4 - used));
  }
  // OpenSSL takes what stands before a blank line for something else.
  const hasBlankLine = Buffer.from(lines.buffer).includes('\n\n');
  const isBase64 = digits.length % 4 === 0 && !values.includes(noDigit) && !hasBlankLine;
  for (const each of [lines, digits, values]) each.fill(0);
  if (isBase64) return bytes;
  bytes.fill(0);
  throw malformed();
}

function malformed(): Refusal {
  return new Refusal('private-key-malformed', 'this is not one PEM block of a private key');
}

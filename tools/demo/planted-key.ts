import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bitString,
  explicit,
  integer,
  objectIdentifier,
  nullValue,
  sequence,
  set,
  time,
  utf8String,
} from '../../src/lib/der.ts';

/** A key of which every form is known, with a certificate that it signed for itself. */
export interface PlantedKey {
  readonly certificatePem: Buffer;
  readonly keyPem: Buffer;
  /** By name. */
  readonly forms: ReadonlyMap<string, Buffer>;
}

export function plantedKey(): PlantedKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    certificatePem: Buffer.from(pem('CERTIFICATE', selfSigned(privateKey, publicKey))),
    keyPem: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    forms: formsOf(privateKey),
  };
}

function selfSigned(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const now = Temporal.Now.instant();
  const name = sequence(
    set(sequence(objectIdentifier('2.5.4.3'), utf8String('planted.demo.test'))),
  );
  const algorithm = sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue());
  const validity = sequence(time(now.subtract({ hours: 1 })), time(now.add({ hours: 24 })));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(
    explicit(0, integer(2)),
    integer(4711),
    algorithm,
    name,
    validity,
    name,
    spki,
  );
  return Buffer.from(sequence(body, algorithm, bitString(sign('sha256', body, privateKey))));
}

/** PEM, DER, and the secret numbers: raw in both byte orders, hex, base64 at each of the three alignments. */
function formsOf(key: KeyObject): Map<string, Buffer> {
  const forms = new Map<string, Buffer>();
  for (const type of ['pkcs8', 'pkcs1'] as const) {
    const der = key.export({ type, format: 'der' });
    // What the two encodings begin with is no secret: look for the part behind the modulus.
    addForms(forms, type, der.subarray(der.length >> 1, (der.length >> 1) + 96));
  }
  const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
  for (const [name, text] of Object.entries({ d, p, q, dp, dq, qi })) {
    addForms(forms, name, Buffer.from(text ?? '', 'base64url').subarray(0, 96));
  }
  return forms;
}

function addForms(forms: Map<string, Buffer>, name: string, secret: Buffer): void {
  forms.set(`${name} raw`, secret.subarray(0, 24));
  forms.set(`${name} reversed`, Buffer.from(secret).reverse().subarray(0, 24));
  forms.set(`${name} hex`, Buffer.from(secret.toString('hex').slice(0, 48)));
  forms.set(`${name} HEX`, Buffer.from(secret.toString('hex').toUpperCase().slice(0, 48)));
  // Three alignments; and three windows, since the line ends of PEM may cut two of them.
  for (const start of [0, 1, 2].flatMap((alignment) => [
    alignment,
    alignment + 12,
    alignment + 24,
  ])) {
    // Whole groups of three only: their digits do not depend on what follows.
    const group = secret.subarray(start, start + 24);
    forms.set(`${name} base64 +${start}`, Buffer.from(group.toString('base64')));
    forms.set(`${name} base64url +${start}`, Buffer.from(group.toString('base64url')));
  }
}

/** Looks into every file under `folder`. */
export function searchForms(
  folder: string,
  forms: ReadonlyMap<string, Buffer>,
): { readonly files: number; readonly bytes: number; readonly found: readonly string[] } {
  let files = 0;
  let bytes = 0;
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    files += 1;
    bytes += content.length;
    for (const [name, form] of forms) if (content.includes(form)) found.push(`${name} in ${path}`);
  }
  return { files, bytes, found };
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

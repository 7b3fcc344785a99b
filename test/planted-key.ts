import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bitString,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
  set,
  time,
  utf8String,
} from '../src/lib/der.ts';
import { writePem } from '../src/lib/pem-writer.ts';

/** A key of which every form is known, with a certificate that it signed for itself. */
export interface PlantedKey {
  readonly certificatePem: Buffer;
  readonly keyPem: Buffer;
  readonly forms: SecretForms;
}

/** What may not be found, by name. */
export type SecretForms = ReadonlyMap<string, Buffer>;

/** @param type an RSA key of 2048 bits as PKCS#8, or a P-256 key as SEC1 */
export function plantedKey(type: 'rsa' | 'ec' = 'rsa'): PlantedKey {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyPem = privateKey.export({ type: type === 'rsa' ? 'pkcs8' : 'sec1', format: 'pem' });
  return {
    certificatePem: Buffer.from(writePem('CERTIFICATE', selfSigned(privateKey))),
    keyPem: Buffer.from(keyPem),
    forms: new Map([...keyForms(privateKey), ...pemForms(String(keyPem), privateKey)]),
  };
}

/** The lines of PEM that hold secret numbers, as bodies of requests hold them: encoded once more. */
function pemForms(pem: string, privateKey: KeyObject): SecretForms {
  const text = pem.replace(/^.*\n/, '');
  const der = Buffer.from(text.split('-')[0] ?? '', 'base64');
  return new Map(
    secretNumbers(privateKey).flatMap(([name, number]) => {
      const start = der.indexOf(number);
      const [from, to] = [Math.ceil(start / 3) * 4, Math.floor((start + number.length) / 3) * 4];
      const [first, last] = [from, to].map((digit) => digit + Math.floor(digit / 64));
      return [...secretForms(`${name} in PEM`, Buffer.from(text.slice(first, last)))];
    }),
  );
}

function selfSigned(privateKey: KeyObject): Uint8Array {
  const now = Temporal.Now.instant();
  const name = sequence(
    set(sequence(objectIdentifier('2.5.4.3'), utf8String('planted.demo.test'))),
  );
  const algorithm =
    privateKey.asymmetricKeyType === 'rsa'
      ? sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue())
      : sequence(objectIdentifier('1.2.840.10045.4.3.2'));
  const validity = sequence(time(now.subtract({ hours: 1 })), time(now.add({ hours: 24 })));
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const version = explicit(0, integer(2));
  const body = sequence(version, integer(4711), algorithm, name, validity, name, spki);
  return sequence(body, algorithm, bitString(sign('sha256', body, privateKey)));
}

/**
 * The secret numbers of a key, and thereby every encoding that holds them: PKCS#8, PKCS#1 and SEC1 hold them raw,
 * PEM holds them in base64.
 */
export function keyForms(privateKey: KeyObject): SecretForms {
  return new Map(
    secretNumbers(privateKey).flatMap(([name, number]) => [...secretForms(name, number)]),
  );
}

function secretNumbers(privateKey: KeyObject): [name: string, number: Buffer][] {
  const { d, p, q, dp, dq, qi } = privateKey.export({ format: 'jwk' });
  const numbers = Object.entries({ d, p, q, dp, dq, qi }).filter(([, text]) => text !== undefined);
  return numbers.map(([name, text = '']) => [name, Buffer.from(text, 'base64url')]);
}

const blockBytes = 12;

/**
 * A secret in blocks of 12 bytes, each raw, backwards, and as text. Whatever holds 23 consecutive bytes of the secret
 * holds a whole block, so that nothing of that length is overlooked.
 */
export function secretForms(name: string, secret: Buffer): SecretForms {
  const forms = new Map<string, Buffer>();
  for (let at = 0; at + blockBytes <= secret.length; at += blockBytes) {
    const block = secret.subarray(at, at + blockBytes);
    for (const [form, content] of Object.entries(blockForms(block)))
      forms.set(`${name}[${at}] ${form}`, Buffer.from(content));
  }
  return forms;
}

function blockForms(block: Buffer): Record<string, string | Buffer> {
  const hex = block.toString('hex');
  // Whole groups of three bytes: their four digits depend neither on what precedes nor on what follows. The line
  // ends of PEM cut through some blocks, not through those beside them.
  const base64 = [0, 1, 2].flatMap((alignment) => {
    const groups = block.subarray(alignment, alignment + (alignment === 0 ? 12 : 9));
    return (['base64', 'base64url'] as const).map((encoding) => [
      `${encoding}+${alignment}`,
      groups.toString(encoding),
    ]);
  });
  return {
    raw: block,
    reversed: Buffer.from(block).reverse(),
    hex,
    HEX: hex.toUpperCase(),
    decimal: block.join(','),
    ...Object.fromEntries(base64),
  };
}

/** The names of the forms that are in there. One pass, however many they are. */
export function formsIn(content: Buffer, forms: SecretForms): string[] {
  const { begins, byFirstBytes } = indexOf(forms);
  const found = new Set<string>();
  for (let at = 0; at + 4 <= content.length; at++) {
    if (begins[(content[at] ?? 0) | ((content[at + 1] ?? 0) << 8)] === 0) continue;
    for (const [name, form] of byFirstBytes.get(content.readUInt32LE(at)) ?? [])
      if (form.equals(content.subarray(at, at + form.length))) found.add(name);
  }
  return [...found];
}

interface FormIndex {
  readonly byFirstBytes: ReadonlyMap<number, readonly (readonly [string, Buffer])[]>;
  /** Nearly everything is passed over by its first two bytes: dumps of processes are large. */
  readonly begins: Uint8Array;
}

const indexes = new WeakMap<SecretForms, FormIndex & { readonly size: number }>();

function indexOf(forms: SecretForms): FormIndex {
  const known = indexes.get(forms);
  if (known?.size === forms.size) return known;
  const begins = new Uint8Array(65_536);
  for (const [, form] of forms) begins[form.readUInt16LE(0)] = 1;
  const byFirstBytes = Map.groupBy(forms, ([, form]) => form.readUInt32LE(0));
  const index = { begins, byFirstBytes, size: forms.size };
  indexes.set(forms, index);
  return index;
}

/** Looks into every file under `folder` that does not go away meanwhile. */
export function searchForms(
  folder: string,
  forms: SecretForms,
): { readonly files: number; readonly bytes: number; readonly found: readonly string[] } {
  let files = 0;
  let bytes = 0;
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readIfThere(path);
    if (content === undefined) continue;
    files += 1;
    bytes += content.length;
    found.push(...formsIn(content, forms).map((name) => `${name} in ${path}`));
  }
  return { files, bytes, found };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

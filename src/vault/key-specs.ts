import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { nullValue, objectIdentifier, sequence } from '../lib/der-writer.ts';
import { Gate } from './gate.ts';
import { Busy, Refusal } from './refusal.ts';

interface KeySpec {
  /** Stands for the spec in what is stored; never reused. */
  readonly code: number;
  readonly kind: { readonly modulusLength: number } | { readonly namedCurve: string };
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  /** DER AlgorithmIdentifier of the signatures it makes (RFC 4055 §5, RFC 5758 §3.2). */
  readonly signatureAlgorithm: Uint8Array;
}

const sha256WithRsa = sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue());

function rsa(code: number, modulusLength: number): KeySpec {
  return { code, kind: { modulusLength }, hash: 'sha256', signatureAlgorithm: sha256WithRsa };
}

/** @param last arc of the identifier of ECDSA with that hash */
function ec(code: number, namedCurve: string, hash: KeySpec['hash'], last: number): KeySpec {
  const signatureAlgorithm = sequence(objectIdentifier(`1.2.840.10045.4.3.${last}`));
  return { code, kind: { namedCurve }, hash, signatureAlgorithm };
}

export const keySpecs = {
  RSA_1024: rsa(1, 1024),
  RSA_2048: rsa(2, 2048),
  RSA_3072: rsa(3, 3072),
  RSA_4096: rsa(4, 4096),
  EC_prime256v1: ec(5, 'prime256v1', 'sha256', 2),
  EC_secp384r1: ec(6, 'secp384r1', 'sha384', 3),
  EC_secp521r1: ec(7, 'secp521r1', 'sha512', 4),
} as const satisfies Record<string, KeySpec>;

export type SpecName = keyof typeof keySpecs;
const specNames = Object.keys(keySpecs) as SpecName[];

/** @throws Refusal for a spec that is not known, or (RSA_1024) only imported */
export function generatableSpec(text: string): SpecName {
  if (text in keySpecs && text !== 'RSA_1024') return text as SpecName;
  throw new Refusal('malformed-request', 'the key spec is not known');
}

export function specOfCode(code: number): SpecName | undefined {
  return specNames.find((name) => keySpecs[name].code === code);
}

/** The spec of a key that was not made here; undefined for those that are not taken. */
export function specOfKey(key: KeyObject): SpecName | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  return specNames.find((name) => {
    const { kind } = keySpecs[name];
    return 'modulusLength' in kind
      ? key.asymmetricKeyType === 'rsa' && modulusLength === kind.modulusLength
      : key.asymmetricKeyType === 'ec' && namedCurve === kind.namedCurve;
  });
}

export interface KeyPair {
  /** DER of PKCS#8: whoever holds it overwrites it. */
  readonly privateKey: Uint8Array;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

const generate = promisify(generateKeyPair);
/** Of RSA, which takes up to seconds: the rest of the pool of threads stays free for others. */
const generating = new Gate(2);

/** Makes a key pair on another thread: other requests go on meanwhile, and nothing of Node's holds it afterwards. */
export async function generateKey(spec: SpecName): Promise<KeyPair> {
  const { kind } = keySpecs[spec];
  const encoding = {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  } as const;
  if ('namedCurve' in kind) return generate('ec', { ...kind, ...encoding });
  return generating.pass<KeyPair>(() => generate('rsa', { ...kind, ...encoding }));
}

/** For later: only while nobody waits for a key pair. @throws Busy */
export async function generateSpareKey(spec: SpecName): Promise<KeyPair> {
  if (!generating.isIdle) throw new Busy('key pairs are made for those who wait');
  return generateKey(spec);
}

import { createSign, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { bitString, sequence } from '../lib/der-writer.ts';
import { isQuick, keySpecs, type SpecName } from './key-specs.ts';
import { bufferOver } from './private-key.ts';

/** DER, as node:crypto's types want it. */
interface KeyInput {
  readonly key: Buffer;
  readonly format: 'der';
  readonly type: 'pkcs8' | 'pkcs1' | 'sec1';
}

/**
 * @returns SEQUENCE { what was signed, signatureAlgorithm, signature }: a certificate, a CRL, a CSR
 * @param pkcs8 DER; the caller overwrites it
 */
export async function signed(
  toBeSigned: Uint8Array,
  spec: SpecName,
  pkcs8: Uint8Array,
): Promise<Uint8Array> {
  const key = { key: bufferOver(pkcs8), format: 'der', type: 'pkcs8' } as const;
  const made = await signature(toBeSigned, spec, key);
  return sequence(toBeSigned, keySpecs[spec].signatureAlgorithm, bitString(made));
}

const signElsewhere = promisify(sign);

/**
 * Signs, where that takes time on another thread. Neither way leaves the key behind; `sign` without a callback would,
 * until its task is collected.
 */
export async function signature(
  toBeSigned: Uint8Array,
  spec: SpecName,
  key: KeyInput,
): Promise<Uint8Array> {
  const { hash } = keySpecs[spec];
  if (isQuick(spec)) return createSign(hash).update(toBeSigned).sign(key);
  return signElsewhere(hash, toBeSigned, key);
}

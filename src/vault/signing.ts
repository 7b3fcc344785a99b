import { createSign, sign, type PrivateKeyInput } from 'node:crypto';
import { promisify } from 'node:util';
import { bitString, sequence } from '../lib/der-writer.ts';
import { keySpecs, type SpecName } from './key-specs.ts';
import { bufferOver } from './private-key.ts';

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

/** Neither way of it leaves the key behind. `sign` without a callback would, until its task is collected. */
export async function signature(
  toBeSigned: Uint8Array,
  spec: SpecName,
  key: PrivateKeyInput,
): Promise<Uint8Array> {
  const { hash } = keySpecs[spec];
  // In less time than it takes to have another thread do it; and the answer goes out with others.
  if (spec === 'EC_prime256v1') return createSign(hash).update(toBeSigned).sign(key);
  return signElsewhere(hash, toBeSigned, key);
}

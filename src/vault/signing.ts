import { sign } from 'node:crypto';
import { bitString, sequence } from '../lib/der-writer.ts';
import { isQuick, keySpecs, type SpecName } from './key-specs.ts';
import { bufferOver } from './private-key.ts';

/**
 * Signs, where that takes time on another thread. @returns SEQUENCE { what was signed, signatureAlgorithm, signature }: a certificate, a CRL, a CSR
 * @param pkcs8 DER; the caller overwrites it
 */
export async function signed(
  toBeSigned: Uint8Array,
  spec: SpecName,
  pkcs8: Uint8Array,
): Promise<Uint8Array> {
  const { hash, signatureAlgorithm } = keySpecs[spec];
  const key = { key: bufferOver(pkcs8), format: 'der', type: 'pkcs8' } as const;
  const signature = isQuick(spec)
    ? sign(hash, toBeSigned, key)
    : await new Promise<Buffer>((resolve, reject) => {
        sign(hash, toBeSigned, key, (error, result) =>
          error === null ? resolve(result) : reject(error),
        );
      });
  return sequence(toBeSigned, signatureAlgorithm, bitString(signature));
}

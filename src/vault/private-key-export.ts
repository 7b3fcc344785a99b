import { createCipheriv, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { integer, nullValue, objectIdentifier, octetString, sequence } from '../lib/der-writer.ts';
import { writePem } from '../lib/pem-writer.ts';
import type { Random } from '../lib/random.ts';

/** OWASP's figure for PBKDF2 with HMAC-SHA-256; some 75 ms of a thread on a machine of 2024. */
const iterations = 600_000;

const derive = promisify(pbkdf2);

/**
 * PEM `ENCRYPTED PRIVATE KEY`: PKCS#8 under PBES2 with PBKDF2 (HMAC-SHA-256) and AES-256-CBC (RFC 5958 §3, RFC 8018 §6.2).
 * @param pkcs8 DER; the caller overwrites it and the passphrase
 */
export async function encryptedPem(
  pkcs8: Uint8Array,
  passphrase: Uint8Array,
  random: Random,
): Promise<string> {
  const salt = random.bytes(16);
  const iv = random.bytes(16);
  const key = await derive(passphrase, salt, iterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  key.fill(0);
  const der = sequence(encryptionAlgorithm(salt, iv), octetString(ciphertext));
  return writePem('ENCRYPTED PRIVATE KEY', der);
}

function encryptionAlgorithm(salt: Uint8Array, iv: Uint8Array): Uint8Array {
  const hmacWithSha256 = sequence(objectIdentifier('1.2.840.113549.2.9'), nullValue());
  const pbkdf2Parameters = sequence(octetString(salt), integer(iterations), hmacWithSha256);
  const keyDerivation = sequence(objectIdentifier('1.2.840.113549.1.5.12'), pbkdf2Parameters);
  const aes256Cbc = sequence(objectIdentifier('2.16.840.1.101.3.4.1.42'), octetString(iv));
  return sequence(objectIdentifier('1.2.840.113549.1.5.13'), sequence(keyDerivation, aes256Cbc));
}

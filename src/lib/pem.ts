import { isAlone } from './pem-lines.ts';

/**
 * The textual encoding of certificates. Blocks are found in the bytes, and only the body of a CERTIFICATE
 * ever becomes a string: what a caller pastes by mistake may be a private key.
 * @see RFC 7468
 */

/** What was read is not a row of PEM certificates. Holds no input. */
export class PemError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PemError';
  }
}

const begin = Buffer.from('-----BEGIN ');
const beginCertificate = Buffer.from('-----BEGIN CERTIFICATE-----');
const endCertificate = Buffer.from('-----END CERTIFICATE-----');

/**
 * The DER of every CERTIFICATE block, in order; at least one. Text outside of the blocks is passed over
 * (RFC 7468 §5.2), blocks of another kind are not.
 * @param most how many blocks are read at the utmost
 * @throws PemError
 */
export function readPemCertificates(text: Uint8Array, most: number): Uint8Array[] {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const found: Uint8Array[] = [];
  for (let at = bytes.indexOf(begin); at !== -1; at = bytes.indexOf(begin, at)) {
    const bodyStart = at + beginCertificate.length;
    if (!bytes.subarray(at, bodyStart).equals(beginCertificate) || !isAlone(bytes, at, bodyStart))
      throw new PemError('a block that is no certificate');
    const bodyEnd = bytes.indexOf(endCertificate, bodyStart);
    const blockEnd = bodyEnd + endCertificate.length;
    if (bodyEnd === -1 || !isAlone(bytes, bodyEnd, blockEnd))
      throw new PemError('a certificate without its end');
    if (found.length === most) throw new PemError('too many certificates');
    found.push(fromBase64(bytes.subarray(bodyStart, bodyEnd)));
    at = blockEnd;
  }
  if (found.length === 0) throw new PemError('no certificate');
  return found;
}

function fromBase64(body: Buffer): Uint8Array {
  const text = body.toString('latin1');
  // OpenSSL takes what stands before a blank line for something else.
  if (/\n[ \t\r]*\n/.test(text)) throw new PemError('a certificate with a blank line in it');
  const digits = text.replace(/[ \t\r\n]+/g, '');
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits))
    throw new PemError('a certificate that is not base64');
  return Uint8Array.from(Buffer.from(digits, 'base64'));
}

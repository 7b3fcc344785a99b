import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import {
  DerError,
  DerReader,
  explicit,
  integer,
  objectIdentifier,
  sequence,
  set,
} from '../lib/der.ts';
import { extensionId, signatureAlgorithm } from '../lib/oids.ts';
import { extension, subjectAltName } from './extensions.ts';
import { IssuerRefusal, type Order } from './issuer.ts';

/** PKCS#9 `extensionRequest`. @see RFC 2985 §5.4.2 */
const extensionRequest = '1.2.840.113549.1.9.14';

/**
 * The part of a certificate signing request that the subject signs: an empty subject, and the names as SAN.
 * @param request.publicKey DER SubjectPublicKeyInfo
 * @see RFC 2986 §4.1
 */
export function certificationRequestInfo(request: {
  readonly names: readonly string[];
  readonly publicKey: Uint8Array;
}): Uint8Array {
  const { names, publicKey } = request;
  const altName = extension(extensionId.subjectAltName, subjectAltName({ dnsNames: names }));
  const attribute = sequence(objectIdentifier(extensionRequest), set(sequence(altName)));
  return sequence(integer(0), sequence(), publicKey, explicit(0, attribute));
}

/**
 * The whole DER CertificationRequest for an order, which shows that its private key is there.
 * @throws IssuerRefusal
 */
export async function signedRequest({
  names,
  publicKey,
  signRequest,
}: Pick<Order, 'names' | 'publicKey' | 'signRequest'>): Promise<Uint8Array> {
  const requestInfo = certificationRequestInfo({ names, publicKey });
  const csr = await signRequest(requestInfo);
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  if (isSignedRequest(csr, requestInfo, key)) return csr;
  throw new IssuerRefusal('OTHER', 'the request is not signed by the key that it names');
}

/**
 * Whether `csr` is this request, signed by the private key that belongs to its public key.
 * @param csr DER CertificationRequest
 * @param publicKey the one in `requestInfo`
 */
export function isSignedRequest(
  csr: Uint8Array,
  requestInfo: Uint8Array,
  publicKey: KeyObject,
): boolean {
  try {
    const outer = new DerReader(csr);
    const request = outer.readSequence();
    outer.end();
    const info = request.next().raw;
    const algorithm = signatureAlgorithm(request.readSequence().readObjectIdentifier());
    const signature = request.readBitString().bytes;
    request.end();
    if (algorithm === undefined || Buffer.compare(info, requestInfo) !== 0) return false;
    return verify(algorithm.hash, info, publicKey, signature);
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

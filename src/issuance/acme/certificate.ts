import { X509Certificate } from 'node:crypto';
import { attributeOf } from '../../lib/distinguished-name.ts';
import { writePem } from '../../lib/pem-writer.ts';
import { readPemCertificates } from '../../lib/pem.ts';
import { parseCertificate, type CertificateFields } from '../../lib/x509.ts';
import type { IssuedCertificate } from '../issuer.ts';
import { AcmeProtocolError } from './protocol-error.ts';

/** CAs give the same order to who orders the same names again: another certificate of ours was faster. */
export class AnotherKey extends AcmeProtocolError {}

export interface Wanted {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly names: readonly string[];
}

const mostCertificates = 8;

/** A chain as the CA gave it. @see RFC 8555 §7.4.2 */
export interface Chain {
  readonly leaf: CertificateFields;
  /** From the one that signed the leaf upwards. */
  readonly authorities: readonly CertificateFields[];
}

/**
 * Reads a chain, and believes it only if it is what was ordered: our key, exactly our names, valid now, each certificate
 * signed by the next one.
 * @param pem `application/pem-certificate-chain`
 * @throws AcmeProtocolError
 */
export function readChain(pem: Uint8Array, wanted: Wanted, now: Temporal.Instant): Chain {
  const [leaf, ...authorities] = parsed(pem);
  if (leaf === undefined) throw new AcmeProtocolError('the CA gave no certificate');
  if (Buffer.compare(leaf.publicKey, wanted.publicKey) !== 0)
    throw new AnotherKey('the certificate is for another key');
  if (!isSameNames(leaf, wanted.names))
    throw new AcmeProtocolError('the certificate is for other names');
  checkChain([leaf, ...authorities], now);
  return { leaf, authorities };
}

/** The CN of the issuer of the top of the chain: by it the operator tells alternate chains from each other. */
export function topIssuer({ leaf, authorities }: Chain): string | undefined {
  return attributeOf((authorities.at(-1) ?? leaf).issuer, 'commonName');
}

/** In our own PEM; a root that came along is left out. */
export function issuedCertificate({ leaf, authorities }: Chain): IssuedCertificate {
  const below = authorities.filter((each) => !isSelfIssued(each));
  return {
    certificatePem: writePem('CERTIFICATE', leaf.der),
    chainPem: below.map(({ der }) => writePem('CERTIFICATE', der)).join(''),
  };
}

function parsed(pem: Uint8Array): CertificateFields[] {
  try {
    return readPemCertificates(pem, mostCertificates).map(parseCertificate);
  } catch (cause) {
    throw new AcmeProtocolError('the CA gave no chain of certificates', { cause });
  }
}

function isSameNames({ dnsNames, ipAddresses }: CertificateFields, wanted: readonly string[]) {
  const got = new Set(dnsNames.map((name) => name.toLowerCase()));
  return ipAddresses.length === 0 && got.symmetricDifference(new Set(wanted)).size === 0;
}

/** @throws AcmeProtocolError */
function checkChain(chain: readonly CertificateFields[], now: Temporal.Instant): void {
  const known = chain.map(({ der }) => new X509Certificate(der));
  for (const [n, { notBefore, notAfter, basicConstraints }] of chain.entries()) {
    const [certificate, issuer] = [known[n], known[n + 1]];
    const isOver = Temporal.Instant.compare(notAfter, now) <= 0;
    // A CA's clock may be ahead of ours a little.
    const isEarly = Temporal.Instant.compare(notBefore, now.add({ minutes: 5 })) > 0;
    if (isOver || isEarly)
      throw new AcmeProtocolError('a certificate of the chain is not valid now');
    if (basicConstraints.isCa !== n > 0)
      throw new AcmeProtocolError('the chain is not a leaf with its authorities');
    const isSigned =
      issuer === undefined ||
      (certificate?.checkIssued(issuer) === true && certificate.verify(issuer.publicKey));
    if (!isSigned)
      throw new AcmeProtocolError('a certificate of the chain is not signed by the next');
  }
}

function isSelfIssued({ subject, issuer }: CertificateFields): boolean {
  return Buffer.compare(subject.der, issuer.der) === 0;
}

import { X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { DerError, DerReader, sequence } from '../../lib/der.ts';
import { attributeOf } from '../../lib/distinguished-name.ts';
import { extensionId, signatureAlgorithm } from '../../lib/oids.ts';
import { PemError, readPemCertificates } from '../../lib/pem.ts';
import { writePem } from '../../lib/pem-writer.ts';
import { parseCertificate, type CertificateFields } from '../../lib/x509.ts';
import { ValidationException } from './errors.ts';
import type { ImportedCertificate, X509Port } from './ports.ts';
import type { KeyAlgorithm } from './model.ts';
import { familyOf, keyAlgorithmOf, leafOf, publicKeyOf } from './leaf.ts';

/** Each takes a signature to verify. */
const mostInChain = 20;
/** What clients with OpenSSL take of a server (SSL_CTX_set_max_cert_list): more could be kept, but not served. */
const mostServedBytes = 100 * 1024;
/** @see ACM User Guide, "Prerequisites for importing certificates" */
const longestOcspUrl = 1000;

/**
 * What ACM asks of a certificate from outside, as far as it needs no private key. Nothing is fetched: a URL in a
 * certificate is only measured.
 * @see ACM User Guide, "Prerequisites for importing certificates"
 */
export const checkImport: X509Port['checkImport'] = ({ certificate, chain, now }) => {
  const leaf = readLeaf(certificate);
  const authorities = chain === undefined ? [] : readChain(chain);
  checkLength([leaf, ...authorities]);
  const keyAlgorithm = checkFields(leaf, now);
  const names = namesOf(leaf);
  const [domainName] = names;
  if (domainName === undefined)
    refuse('The certificate must contain at least one fully qualified domain name or IP address.');
  if (chain === undefined) checkSelfSigned(leaf);
  else checkChain(leaf, authorities, now);
  checkFamily(leaf, authorities[0] ?? leaf, keyAlgorithm);
  return {
    certificatePem: writePem('CERTIFICATE', leaf.fields.der),
    chainPem:
      chain === undefined
        ? undefined
        : authorities.map(({ fields }) => writePem('CERTIFICATE', fields.der)).join(''),
    publicKey: leaf.fields.publicKey,
    keyAlgorithm,
    domainName,
    names,
    leaf: leafOf(leaf.fields),
  } satisfies ImportedCertificate;
};

const text = {
  malformedCertificate: 'The certificate is not PEM-encoded or is not valid.',
  malformedChain: 'The certificate chain is not PEM-encoded or is not valid.',
  several:
    'The certificate field contains more than one certificate. You can specify only one certificate in this field.',
  expired: 'The certificate has expired, is not valid.',
  tooEarly: 'The certificate is not in effect yet, is not valid.',
  notSelfSigned:
    'Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.',
  wrongChain: 'Could not validate the certificate with the certificate chain.',
} as const;

/** A certificate, read in two ways: by us, strictly, and by OpenSSL, which checks signatures. */
interface Certificate {
  readonly fields: CertificateFields;
  readonly openssl: X509Certificate;
  readonly publicKey: KeyObject;
}

function readLeaf(pem: Uint8Array): Certificate {
  const [der, ...more] = reading(text.malformedCertificate, () => readPemCertificates(pem, 100));
  if (more.length > 0) refuse(text.several);
  return reading(text.malformedCertificate, () => readCertificate(der ?? new Uint8Array(0)));
}

function readChain(pem: Uint8Array): Certificate[] {
  return reading(text.malformedChain, () =>
    readPemCertificates(pem, mostInChain).map(readCertificate),
  );
}

function readCertificate(der: Uint8Array): Certificate {
  const fields = parseCertificate(der);
  try {
    const openssl = new X509Certificate(der);
    const hasNames = fields.extensions.includes(extensionId.subjectAltName);
    if (!hasNames || openssl.subjectAltName !== undefined)
      return { fields, openssl, publicKey: publicKeyOf(fields) };
  } catch {
    // Refused like one whose names it cannot read.
  }
  throw new DerError('OpenSSL does not take it');
}

function checkLength(certificates: readonly Certificate[]): void {
  const bytes = certificates.reduce((sum, { fields }) => sum + fields.der.length, 0);
  if (bytes > mostServedBytes)
    refuse(`The certificate and its chain must not be longer than ${mostServedBytes} bytes.`);
}

/** What the certificate says by itself. */
function checkFields({ fields, publicKey }: Certificate, now: Temporal.Instant): KeyAlgorithm {
  if (fields.version !== 3) refuse('The certificate must be an X.509 version 3 certificate.');
  if (fields.issuer.attributes.length === 0)
    refuse('The issuer of the certificate must not be empty.');
  if (isBefore(now, fields.notBefore)) refuse(text.tooEarly);
  if (isBefore(fields.notAfter, now)) refuse(text.expired);
  if (fields.ocspUrls.some((url) => url.length > longestOcspUrl))
    refuse(`The OCSP URL of the certificate must not be longer than ${longestOcspUrl} characters.`);
  const keyAlgorithm = keyAlgorithmOf(publicKey);
  if (keyAlgorithm === undefined)
    refuse('The key type or size of the certificate is not supported.');
  return keyAlgorithm;
}

/** The common name first, where it is a name of a host at all; each once, in lower case. */
function namesOf({ fields }: Certificate): string[] {
  const commonName = attributeOf(fields.subject, 'commonName');
  const all = [
    ...(commonName === undefined ? [] : [commonName]),
    ...fields.dnsNames,
    ...fields.ipAddresses,
  ];
  return [...new Set(all.filter(isHostName).map((name) => name.toLowerCase()))];
}

/** A DNS name, perhaps with a wildcard as its first label, or an IP address. @see RFC 1123 §2.1, RFC 6125 §6.4.3 */
function isHostName(name: string): boolean {
  // What follows a `%` names a link of some machine.
  if (isIP(name) !== 0) return !name.includes('%');
  const labels = name.split('.');
  return (
    name.length <= 253 &&
    labels.every(
      (label, index) =>
        /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label) ||
        (label === '*' && index === 0 && labels.length > 1),
    )
  );
}

function checkSelfSigned(leaf: Certificate): void {
  // Where its key usage leaves certificates out, OpenSSL calls it the issuer of nothing, itself included.
  const maySign = leaf.fields.keyUsages?.includes('keyCertSign') ?? true;
  const issuer = maySign ? leaf.openssl : withoutExtensions(leaf);
  if (!isSelfIssued(leaf) || !leaf.openssl.checkIssued(issuer) || !isSignedBy(leaf, leaf))
    refuse(text.notSelfSigned);
}

/** The same certificate, but that nothing is said of what its key may do. Its signature is not right any more. */
function withoutExtensions({ fields }: Certificate): X509Certificate {
  const certificate = new DerReader(fields.der).readSequence();
  const tbs = certificate.readSequence();
  const kept: Uint8Array[] = [];
  while (tbs.peekTag() !== undefined && tbs.peekTag() !== extensionsTag) kept.push(tbs.next().raw);
  const [algorithm, signature] = [certificate.next().raw, certificate.next().raw];
  return new X509Certificate(sequence(sequence(...kept), algorithm, signature));
}

/** @see RFC 5280 §4.1 */
const extensionsTag = 0xa3;

/** Each certificate of the chain certifies the one before it, the first one the leaf; the root may be left out. */
function checkChain(leaf: Certificate, chain: readonly Certificate[], now: Temporal.Instant): void {
  const path = [leaf, ...chain];
  const isSound =
    !isSelfIssued(leaf) &&
    chain.every((authority, index) => {
      const subject = path[index];
      return (
        subject !== undefined &&
        isAuthority(authority, index) &&
        isCurrent(authority, now) &&
        isIssuedBy(subject, authority)
      );
    });
  if (!isSound) refuse(text.wrongChain);
}

/** @param below how many authorities stand between it and the leaf. @see RFC 5280 §6.1.4 (k) to (n) */
function isAuthority({ fields }: Certificate, below: number): boolean {
  const { isCa, pathLength = Infinity } = fields.basicConstraints;
  return isCa && below <= pathLength && (fields.keyUsages?.includes('keyCertSign') ?? true);
}

/** A root is trusted for what it is, not for what its certificate says of itself. @see RFC 5280 §6.1 */
function isCurrent(authority: Certificate, now: Temporal.Instant): boolean {
  const { notBefore, notAfter } = authority.fields;
  return isSelfIssued(authority) || !(isBefore(now, notBefore) || isBefore(notAfter, now));
}

/** OpenSSL looks at names, key identifiers and the usage of the key, and says no where an extension is malformed. */
function isIssuedBy(subject: Certificate, authority: Certificate): boolean {
  return subject.openssl.checkIssued(authority.openssl) && isSignedBy(subject, authority);
}

function isSignedBy(subject: Certificate, authority: Certificate): boolean {
  const hash = signatureAlgorithm(subject.fields.signatureAlgorithm)?.hash;
  // Who forges a SHA-1 signature gains nothing by one of a key under its own certificate.
  if (hash === undefined || (hash === 'sha1' && subject !== authority)) return false;
  return subject.openssl.verify(authority.publicKey);
}

function isSelfIssued({ fields }: Certificate): boolean {
  return Buffer.compare(fields.issuer.der, fields.subject.der) === 0;
}

function checkFamily(leaf: Certificate, signer: Certificate, algorithm: KeyAlgorithm): void {
  const signature = signatureAlgorithm(leaf.fields.signatureAlgorithm);
  if (
    signature?.family !== familyOf(algorithm) ||
    signer.publicKey.asymmetricKeyType !== signature.family.toLowerCase()
  )
    refuse(
      'The key of the certificate must be of the same family as the key of the authority that signed it.',
    );
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

function reading<T>(message: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof PemError || error instanceof DerError) refuse(message);
    throw error;
  }
}

function refuse(message: string): never {
  throw new ValidationException(message);
}

import { createPublicKey, type KeyObject } from 'node:crypto';
import { attributeOf, printName } from '../../lib/distinguished-name.ts';
import { signatureAlgorithm, type KeyFamily } from '../../lib/oids.ts';
import type { CertificateFields, KeyUsage } from '../../lib/x509.ts';
import type { Leaf } from './domain/certificate.ts';
import type { ExtendedKeyUsage, KeyAlgorithm, KeyUsageName } from './model.ts';

/** What DescribeCertificate shows of a certificate. */
export function leafOf(certificate: CertificateFields): Leaf {
  const { issuer } = certificate;
  return {
    serial: Buffer.from(certificate.serial)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
    subject: printName(certificate.subject),
    issuer:
      attributeOf(issuer, 'organizationName') ??
      attributeOf(issuer, 'commonName') ??
      printName(issuer),
    signatureAlgorithm: printedSignatureAlgorithm(certificate.signatureAlgorithm),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    keyUsages: certificate.keyUsages?.map((usage) => keyUsageNames[usage]) ?? ['ANY'],
    extendedKeyUsages: certificate.extendedKeyUsages?.map(extendedKeyUsage) ?? [{ Name: 'NONE' }],
  };
}

/** What ACM calls the key of a certificate, and undefined for one that it does not take. */
export function keyAlgorithmOf(key: KeyObject): KeyAlgorithm | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return keyAlgorithms[`RSA_${modulusLength}`];
    case 'ec':
      return keyAlgorithms[`EC_${namedCurve}`];
    default:
      return undefined;
  }
}

/** @throws Error if OpenSSL cannot read the key */
export function publicKeyOf({ publicKey }: CertificateFields): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
}

export function familyOf(algorithm: KeyAlgorithm): KeyFamily {
  return algorithm.startsWith('RSA') ? 'RSA' : 'EC';
}

const keyAlgorithms: Readonly<Record<string, KeyAlgorithm>> = {
  RSA_1024: 'RSA_1024',
  RSA_2048: 'RSA_2048',
  RSA_3072: 'RSA_3072',
  RSA_4096: 'RSA_4096',
  EC_prime256v1: 'EC_prime256v1',
  EC_secp384r1: 'EC_secp384r1',
  EC_secp521r1: 'EC_secp521r1',
};

const keyUsageNames: Readonly<Record<KeyUsage, KeyUsageName>> = {
  digitalSignature: 'DIGITAL_SIGNATURE',
  nonRepudiation: 'NON_REPUDIATION',
  keyEncipherment: 'KEY_ENCIPHERMENT',
  dataEncipherment: 'DATA_ENCIPHERMENT',
  keyAgreement: 'KEY_AGREEMENT',
  keyCertSign: 'CERTIFICATE_SIGNING',
  cRLSign: 'CRL_SIGNING',
  encipherOnly: 'ENCIPHER_ONLY',
  decipherOnly: 'DECIPHER_ONLY',
};

/** @see RFC 5280 §4.2.1.12; the IPsec purposes are those of RFC 4945 §5.1.3.12 */
const extendedKeyUsageNames: Readonly<Record<string, NonNullable<ExtendedKeyUsage['Name']>>> = {
  '1.3.6.1.5.5.7.3.1': 'TLS_WEB_SERVER_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.2': 'TLS_WEB_CLIENT_AUTHENTICATION',
  '1.3.6.1.5.5.7.3.3': 'CODE_SIGNING',
  '1.3.6.1.5.5.7.3.4': 'EMAIL_PROTECTION',
  '1.3.6.1.5.5.7.3.5': 'IPSEC_END_SYSTEM',
  '1.3.6.1.5.5.7.3.6': 'IPSEC_TUNNEL',
  '1.3.6.1.5.5.7.3.7': 'IPSEC_USER',
  '1.3.6.1.5.5.7.3.8': 'TIME_STAMPING',
  '1.3.6.1.5.5.7.3.9': 'OCSP_SIGNING',
  '2.5.29.37.0': 'ANY',
};

function extendedKeyUsage(oid: string): ExtendedKeyUsage {
  return { Name: extendedKeyUsageNames[oid] ?? 'CUSTOM', OID: oid };
}

/** For example `SHA256WITHRSA`. */
function printedSignatureAlgorithm(oid: string): string {
  const algorithm = signatureAlgorithm(oid);
  if (algorithm === undefined) return oid;
  return `${algorithm.hash.toUpperCase()}WITH${algorithm.family === 'EC' ? 'ECDSA' : 'RSA'}`;
}

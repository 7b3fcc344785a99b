import { X509Certificate } from 'node:crypto';
import type { GatewayCertificate } from '../../aws/gateway-feed.ts';

/**
 * A certificate that may be served, with its private key as CiphertextForRecipient: readable with the
 * ephemeral key of this process only, and so without the control plane. A renewal makes another object.
 */
export class ServedCertificate {
  readonly certificateArn: string;
  readonly grantId: string;
  readonly kmsKeyArn: string;
  readonly revision: number;
  /** Leaf, then chain. */
  readonly chainPem: string;
  /** CMS EnvelopedData. */
  readonly envelope: Uint8Array;
  readonly fingerprint: string;
  /** DNS names, lower case, wildcards among them. */
  readonly names: readonly string[];
  /** Sorts certificates that match the same name, best first. */
  readonly rank: readonly [isEcdsa: number, isSha2: number, keyBits: number, notAfter: number];

  /** @throws TypeError when the PEM is not a certificate */
  constructor(
    certificate: GatewayCertificate & { readonly GrantId: string },
    envelope: Uint8Array,
  ) {
    const leaf = new X509Certificate(certificate.CertificatePem);
    this.certificateArn = certificate.CertificateArn;
    this.grantId = certificate.GrantId;
    this.kmsKeyArn = certificate.KmsKeyArn;
    this.revision = certificate.Revision;
    this.chainPem = `${certificate.CertificatePem.trimEnd()}\n${certificate.ChainPem ?? ''}`;
    this.envelope = envelope;
    this.fingerprint = leaf.fingerprint256;
    this.names = dnsNames(leaf);
    const isEcdsa = leaf.publicKey.asymmetricKeyType === 'ec';
    this.rank = [
      isEcdsa ? 1 : 0,
      /md5|sha1/i.test(leaf.signatureAlgorithm ?? '') ? 0 : 1,
      leaf.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
      leaf.validToDate.getTime(),
    ];
  }
}

function dnsNames(leaf: X509Certificate): string[] {
  return [...(leaf.subjectAltName ?? '').matchAll(/(?:^|, )DNS:("[^"]*"|[^,]+)/g)].map(
    ([, name = '']) => name.toLowerCase(),
  );
}

/** A renewal goes on with the use of before; a grant that was revoked ends it, even if another came at once. */
export function isSameUse(a: ServedCertificate, b: ServedCertificate): boolean {
  return a.certificateArn === b.certificateArn && a.grantId === b.grantId;
}

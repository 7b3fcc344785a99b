import type { Filters, KeyAlgorithm, ListCertificatesRequest } from '../model.ts';
import type { Certificate } from './certificate.ts';
import { extendedKeyUsageNames, keyPairOrigin } from './description.ts';

/** ListCertificates shows only these unless it is asked for others. */
export const algorithmsByDefault: readonly KeyAlgorithm[] = ['RSA_1024', 'RSA_2048'];

/** Certificates on a page when the client names no number. */
export const pageByDefault = 100;

/** The filters that no index answers: several values of one mean any of them, several filters all. */
export function isListed(
  certificate: Certificate,
  request: Pick<ListCertificatesRequest, 'Includes' | 'CertificateKeyPairOrigins'>,
): boolean {
  const filters: Filters = request.Includes ?? {};
  const origins = request.CertificateKeyPairOrigins ?? [];
  return (
    hasAny(certificate.leaf?.keyUsages ?? [], filters.keyUsage) &&
    hasAny(extendedKeyUsageNames(certificate), filters.extendedKeyUsage) &&
    (filters.exportOption === undefined || filters.exportOption === certificate.exportOption) &&
    // Nothing here is managed by CloudFront.
    filters.managedBy === undefined &&
    (origins.length === 0 || origins.includes(keyPairOrigin(certificate)))
  );
}

function hasAny(present: readonly string[], wanted: readonly string[] | undefined): boolean {
  return (
    wanted === undefined || wanted.length === 0 || wanted.some((each) => present.includes(each))
  );
}

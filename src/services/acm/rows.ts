import type { Certificate, DomainControl, Leaf } from './domain/certificate.ts';
import type { Renewal } from './domain/renewal.ts';
import type { CertificateTable } from './schema.ts';

/** What of a certificate is kept as JSON: times as epoch milliseconds. */
interface CertificateDetail {
  domainName: string;
  names: readonly string[];
  transparency: Certificate['transparency'];
  issuer?: string;
  issuedAt?: number;
  importedAt?: number;
  failureReason?: Certificate['failureReason'];
  revocation?: Omit<NonNullable<Certificate['revocation']>, 'at'> & { at: number };
  validations: readonly DomainControl[];
  leaf?: Omit<Leaf, 'notBefore' | 'notAfter'> & { notBefore: number; notAfter: number };
  renewal?: Omit<Renewal, 'updatedAt'> & { updatedAt: number };
}

const instant = (milliseconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds);

export function fromRow(row: Omit<CertificateTable, 'association_version'>): Certificate {
  const { issuedAt, importedAt, failureReason, revocation, leaf, renewal, ...detail } = JSON.parse(
    row.detail,
  ) as CertificateDetail;
  return {
    ...detail,
    account: row.account,
    region: row.region,
    arn: row.arn,
    createdAt: instant(Number(row.created_at)),
    type: row.type as Certificate['type'],
    status: row.status as Certificate['status'],
    keyAlgorithm: row.key_algorithm as Certificate['keyAlgorithm'],
    exportOption: row.export_option as Certificate['exportOption'],
    associationCount: row.association_count,
    revision: row.revision,
    version: row.version,
    ...(row.exported_revision === null ? {} : { exportedRevision: row.exported_revision }),
    ...(issuedAt === undefined ? {} : { issuedAt: instant(issuedAt) }),
    ...(importedAt === undefined ? {} : { importedAt: instant(importedAt) }),
    ...(failureReason === undefined ? {} : { failureReason }),
    ...(revocation === undefined
      ? {}
      : { revocation: { ...revocation, at: instant(revocation.at) } }),
    ...(leaf === undefined
      ? {}
      : {
          leaf: { ...leaf, notBefore: instant(leaf.notBefore), notAfter: instant(leaf.notAfter) },
        }),
    ...(renewal === undefined
      ? {}
      : { renewal: { ...renewal, updatedAt: instant(renewal.updatedAt) } }),
  };
}

/** A row that is new: the versions of its associations begin at 0. */
export function toRow(certificate: Certificate): CertificateTable {
  const { leaf, renewal, revocation } = certificate;
  const detail = {
    domainName: certificate.domainName,
    names: certificate.names,
    transparency: certificate.transparency,
    issuer: certificate.issuer,
    issuedAt: certificate.issuedAt?.epochMilliseconds,
    importedAt: certificate.importedAt?.epochMilliseconds,
    failureReason: certificate.failureReason,
    revocation: revocation && { ...revocation, at: revocation.at.epochMilliseconds },
    validations: certificate.validations,
    leaf: leaf && {
      ...leaf,
      notBefore: leaf.notBefore.epochMilliseconds,
      notAfter: leaf.notAfter.epochMilliseconds,
    },
    renewal: renewal && { ...renewal, updatedAt: renewal.updatedAt.epochMilliseconds },
  };
  return {
    account: certificate.account,
    region: certificate.region,
    arn: certificate.arn,
    created_at: certificate.createdAt.epochMilliseconds,
    type: certificate.type,
    status: certificate.status,
    key_algorithm: certificate.keyAlgorithm,
    export_option: certificate.exportOption,
    association_count: certificate.associationCount,
    association_version: 0,
    revision: certificate.revision,
    exported_revision: certificate.exportedRevision ?? null,
    version: certificate.version,
    detail: JSON.stringify(detail),
  };
}

import type {
  CertificateDetail,
  CertificateSummary,
  DomainValidation,
  KeyAlgorithm,
} from '../model.ts';
import { renewalEligibility, type Certificate, type DomainControl } from './certificate.ts';

/** At most so many names stand in one entry of ListCertificates. */
const namesInSummary = 100;

/** Describe and List print `RSA-2048`; requests and filters say `RSA_2048`. */
function printedKeyAlgorithm(algorithm: KeyAlgorithm): KeyAlgorithm {
  return algorithm.replace('_', '-') as KeyAlgorithm;
}

export function describe(certificate: Certificate, inUseBy: readonly string[]): CertificateDetail {
  const { leaf, renewal } = certificate;
  const isImported = certificate.type === 'IMPORTED';
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    SubjectAlternativeNames: certificate.names,
    DomainValidationOptions: isImported
      ? certificate.names.map((DomainName) => ({ DomainName }))
      : certificate.validations.map(domainValidation),
    Serial: leaf?.serial,
    // The certification authority calls itself Amazon at AWS; before issuance AWS already says so.
    Subject: leaf?.subject ?? `CN=${certificate.domainName}`,
    Issuer: leaf?.issuer ?? 'Amazon',
    CreatedAt: certificate.createdAt,
    IssuedAt: certificate.issuedAt,
    ImportedAt: certificate.importedAt,
    Status: certificate.status,
    RevokedAt: certificate.revocation?.at,
    RevocationReason: certificate.revocation?.reason,
    NotBefore: leaf?.notBefore,
    NotAfter: leaf?.notAfter,
    KeyAlgorithm: printedKeyAlgorithm(certificate.keyAlgorithm),
    SignatureAlgorithm: leaf?.signatureAlgorithm ?? 'SHA256WITHRSA',
    InUseBy: inUseBy,
    FailureReason: certificate.failureReason,
    Type: certificate.type,
    RenewalSummary: renewal && {
      RenewalStatus: renewal.status,
      DomainValidationOptions: renewal.validations.map(domainValidation),
      RenewalStatusReason: renewal.reason,
      UpdatedAt: renewal.updatedAt,
    },
    KeyUsages: (leaf?.keyUsages ?? []).map((Name) => ({ Name })),
    ExtendedKeyUsages: leaf?.extendedKeyUsages ?? [],
    RenewalEligibility: renewalEligibility(certificate),
    Options: {
      CertificateTransparencyLoggingPreference: certificate.transparency,
      Export: certificate.exportOption,
    },
    CertificateKeyPairOrigin: keyPairOrigin(certificate),
  };
}

export function summarize(certificate: Certificate): CertificateSummary {
  const { leaf } = certificate;
  return {
    CertificateArn: certificate.arn,
    DomainName: certificate.domainName,
    SubjectAlternativeNameSummaries: certificate.names.slice(0, namesInSummary),
    HasAdditionalSubjectAlternativeNames: certificate.names.length > namesInSummary,
    Status: certificate.status,
    Type: certificate.type,
    KeyAlgorithm: printedKeyAlgorithm(certificate.keyAlgorithm),
    KeyUsages: leaf?.keyUsages ?? [],
    ExtendedKeyUsages: extendedKeyUsageNames(certificate),
    ExportOption: certificate.exportOption,
    InUse: certificate.associationCount > 0,
    Exported:
      certificate.type === 'IMPORTED' ? undefined : certificate.exportedRevision !== undefined,
    RenewalEligibility: renewalEligibility(certificate),
    NotBefore: leaf?.notBefore,
    NotAfter: leaf?.notAfter,
    CreatedAt: certificate.createdAt,
    IssuedAt: certificate.issuedAt,
    ImportedAt: certificate.importedAt,
    RevokedAt: certificate.revocation?.at,
    CertificateKeyPairOrigin: keyPairOrigin(certificate),
  };
}

export function keyPairOrigin(certificate: Certificate): 'AWS_MANAGED' | 'CUSTOMER_PROVIDED' {
  return certificate.type === 'IMPORTED' ? 'CUSTOMER_PROVIDED' : 'AWS_MANAGED';
}

export function extendedKeyUsageNames(certificate: Certificate) {
  return (certificate.leaf?.extendedKeyUsages ?? []).flatMap(({ Name }) =>
    Name === undefined ? [] : [Name],
  );
}

function domainValidation(control: DomainControl): DomainValidation {
  return {
    DomainName: control.domainName,
    ValidationDomain: control.domainName,
    ValidationStatus: control.status,
    ResourceRecord: { Name: control.recordName, Type: 'CNAME', Value: control.recordValue },
    ValidationMethod: 'DNS',
  };
}

// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'AddTagsToCertificate' | 'DeleteCertificate' | 'DescribeCertificate' | 'ExportCertificate' | 'GetAccountConfiguration' | 'GetCertificate' | 'ImportCertificate' | 'ListCertificates' | 'ListTagsForCertificate' | 'PutAccountConfiguration' | 'RemoveTagsFromCertificate' | 'RenewCertificate' | 'RequestCertificate' | 'RevokeCertificate';

export type AcmeAccountId = string;
export interface AddTagsToCertificateRequest {
  readonly CertificateArn: Arn;
  readonly Tags: TagList;
}
export type Arn = string;
export type AvailabilityErrorMessage = string;
export type CertificateBody = string;
export type CertificateBodyBlob = Uint8Array;
export type CertificateChain = string;
export type CertificateChainBlob = Uint8Array;
export interface CertificateDetail {
  readonly AcmeAccountId?: AcmeAccountId | undefined;
  readonly AcmeEndpointArn?: Arn | undefined;
  readonly CertificateArn?: Arn | undefined;
  readonly CertificateAuthorityArn?: Arn | undefined;
  readonly CertificateKeyPairOrigin?: CertificateKeyPairOrigin | undefined;
  readonly CreatedAt?: TStamp | undefined;
  readonly DomainName?: DomainNameString | undefined;
  readonly DomainValidationOptions?: DomainValidationList | undefined;
  readonly ExtendedKeyUsages?: ExtendedKeyUsageList | undefined;
  readonly FailureReason?: FailureReason | undefined;
  readonly ImportedAt?: TStamp | undefined;
  readonly InUseBy?: InUseList | undefined;
  readonly IssuedAt?: TStamp | undefined;
  readonly Issuer?: StringValue | undefined;
  readonly KeyAlgorithm?: KeyAlgorithm | undefined;
  readonly KeyUsages?: KeyUsageList | undefined;
  readonly ManagedBy?: CertificateManagedBy | undefined;
  readonly NotAfter?: TStamp | undefined;
  readonly NotBefore?: TStamp | undefined;
  readonly Options?: CertificateOptions | undefined;
  readonly RenewalEligibility?: RenewalEligibility | undefined;
  readonly RenewalSummary?: RenewalSummary | undefined;
  readonly RevocationReason?: RevocationReason | undefined;
  readonly RevokedAt?: TStamp | undefined;
  readonly Serial?: StringValue | undefined;
  readonly SignatureAlgorithm?: StringValue | undefined;
  readonly Status?: CertificateStatus | undefined;
  readonly Subject?: StringValue | undefined;
  readonly SubjectAlternativeNames?: DomainList | undefined;
  readonly Type?: CertificateType | undefined;
  readonly UpdateSummary?: UpdateSummary | undefined;
}
export type CertificateExport = 'ENABLED' | 'DISABLED';
export type CertificateKeyPairOrigin = 'AWS_MANAGED' | 'ACME' | 'CUSTOMER_PROVIDED';
export type CertificateKeyPairOrigins = readonly CertificateKeyPairOrigin[];
export type CertificateManagedBy = 'CLOUDFRONT';
export interface CertificateOptions {
  readonly CertificateTransparencyLoggingPreference?: CertificateTransparencyLoggingPreference | undefined;
  readonly Export?: CertificateExport | undefined;
  readonly ValidationMethod?: ValidationMethod | undefined;
}
export type CertificateStatus = 'PENDING_VALIDATION' | 'ISSUED' | 'INACTIVE' | 'EXPIRED' | 'VALIDATION_TIMED_OUT' | 'REVOKED' | 'FAILED';
export type CertificateStatuses = readonly CertificateStatus[];
export interface CertificateSummary {
  readonly CertificateArn?: Arn | undefined;
  readonly CertificateKeyPairOrigin?: CertificateKeyPairOrigin | undefined;
  readonly CreatedAt?: TStamp | undefined;
  readonly DomainName?: DomainNameString | undefined;
  readonly ExportOption?: CertificateExport | undefined;
  readonly Exported?: NullableBoolean | undefined;
  readonly ExtendedKeyUsages?: ExtendedKeyUsageNames | undefined;
  readonly HasAdditionalSubjectAlternativeNames?: NullableBoolean | undefined;
  readonly ImportedAt?: TStamp | undefined;
  readonly InUse?: NullableBoolean | undefined;
  readonly IssuedAt?: TStamp | undefined;
  readonly KeyAlgorithm?: KeyAlgorithm | undefined;
  readonly KeyUsages?: KeyUsageNames | undefined;
  readonly ManagedBy?: CertificateManagedBy | undefined;
  readonly NotAfter?: TStamp | undefined;
  readonly NotBefore?: TStamp | undefined;
  readonly RenewalEligibility?: RenewalEligibility | undefined;
  readonly RevokedAt?: TStamp | undefined;
  readonly Status?: CertificateStatus | undefined;
  readonly SubjectAlternativeNameSummaries?: DomainList | undefined;
  readonly Type?: CertificateType | undefined;
}
export type CertificateSummaryList = readonly CertificateSummary[];
export type CertificateTransparencyLoggingPreference = 'ENABLED' | 'DISABLED';
export type CertificateType = 'IMPORTED' | 'AMAZON_ISSUED' | 'PRIVATE';
export type CoralAvailabilityThrottledResource = string;
export type CoralAvailabilityThrottlingReason = string;
export interface DeleteCertificateRequest {
  readonly CertificateArn: Arn;
}
export interface DescribeCertificateRequest {
  readonly CertificateArn: Arn;
}
export interface DescribeCertificateResponse {
  readonly Certificate?: CertificateDetail | undefined;
}
export type DomainList = readonly DomainNameString[];
export type DomainNameString = string;
export type DomainStatus = 'PENDING_VALIDATION' | 'SUCCESS' | 'FAILED';
export interface DomainValidation {
  readonly DomainName: DomainNameString;
  readonly HttpRedirect?: HttpRedirect | undefined;
  readonly ResourceRecord?: ResourceRecord | undefined;
  readonly ValidationDomain?: DomainNameString | undefined;
  readonly ValidationEmails?: ValidationEmailList | undefined;
  readonly ValidationMethod?: ValidationMethod | undefined;
  readonly ValidationStatus?: DomainStatus | undefined;
}
export type DomainValidationList = readonly DomainValidation[];
export interface DomainValidationMethodUpdateSummary {
  readonly From?: ValidationMethod | undefined;
  readonly To?: ValidationMethod | undefined;
}
export interface DomainValidationOption {
  readonly DomainName: DomainNameString;
  readonly ValidationDomain: DomainNameString;
}
export type DomainValidationOptionList = readonly DomainValidationOption[];
export interface ExpiryEventsConfiguration {
  readonly DaysBeforeExpiry?: PositiveInteger | undefined;
}
export interface ExportCertificateRequest {
  readonly CertificateArn: Arn;
  readonly Passphrase: PassphraseBlob;
}
export interface ExportCertificateResponse {
  readonly Certificate?: CertificateBody | undefined;
  readonly CertificateChain?: CertificateChain | undefined;
  readonly PrivateKey?: PrivateKey | undefined;
}
export interface ExtendedKeyUsage {
  readonly Name?: ExtendedKeyUsageName | undefined;
  readonly OID?: StringValue | undefined;
}
export type ExtendedKeyUsageFilterList = readonly ExtendedKeyUsageName[];
export type ExtendedKeyUsageList = readonly ExtendedKeyUsage[];
export type ExtendedKeyUsageName = 'TLS_WEB_SERVER_AUTHENTICATION' | 'TLS_WEB_CLIENT_AUTHENTICATION' | 'CODE_SIGNING' | 'EMAIL_PROTECTION' | 'TIME_STAMPING' | 'OCSP_SIGNING' | 'IPSEC_END_SYSTEM' | 'IPSEC_TUNNEL' | 'IPSEC_USER' | 'ANY' | 'NONE' | 'CUSTOM';
export type ExtendedKeyUsageNames = readonly ExtendedKeyUsageName[];
export type FailureReason = 'NO_AVAILABLE_CONTACTS' | 'ADDITIONAL_VERIFICATION_REQUIRED' | 'DOMAIN_NOT_ALLOWED' | 'INVALID_PUBLIC_DOMAIN' | 'DOMAIN_VALIDATION_DENIED' | 'CAA_ERROR' | 'PCA_LIMIT_EXCEEDED' | 'PCA_INVALID_ARN' | 'PCA_INVALID_STATE' | 'PCA_REQUEST_FAILED' | 'PCA_NAME_CONSTRAINTS_VALIDATION' | 'PCA_RESOURCE_NOT_FOUND' | 'PCA_INVALID_ARGS' | 'PCA_INVALID_DURATION' | 'PCA_ACCESS_DENIED' | 'SLR_NOT_FOUND' | 'OTHER';
export interface Filters {
  readonly exportOption?: CertificateExport | undefined;
  readonly extendedKeyUsage?: ExtendedKeyUsageFilterList | undefined;
  readonly keyTypes?: KeyAlgorithmList | undefined;
  readonly keyUsage?: KeyUsageFilterList | undefined;
  readonly managedBy?: CertificateManagedBy | undefined;
}
export interface GetAccountConfigurationResponse {
  readonly ExpiryEvents?: ExpiryEventsConfiguration | undefined;
}
export interface GetCertificateRequest {
  readonly CertificateArn: Arn;
}
export interface GetCertificateResponse {
  readonly Certificate?: CertificateBody | undefined;
  readonly CertificateChain?: CertificateChain | undefined;
}
export interface HttpRedirect {
  readonly RedirectFrom?: StringValue | undefined;
  readonly RedirectTo?: StringValue | undefined;
}
export type IdempotencyToken = string;
export interface ImportCertificateRequest {
  readonly Certificate: CertificateBodyBlob;
  readonly CertificateArn?: Arn | undefined;
  readonly CertificateChain?: CertificateChainBlob | undefined;
  readonly PrivateKey: PrivateKeyBlob;
  readonly Tags?: TagList | undefined;
}
export interface ImportCertificateResponse {
  readonly CertificateArn?: Arn | undefined;
}
export type InUseList = readonly StringValue[];
export type KeyAlgorithm = 'RSA_1024' | 'RSA_2048' | 'RSA_3072' | 'RSA_4096' | 'EC_prime256v1' | 'EC_secp384r1' | 'EC_secp521r1';
export type KeyAlgorithmList = readonly KeyAlgorithm[];
export interface KeyUsage {
  readonly Name?: KeyUsageName | undefined;
}
export type KeyUsageFilterList = readonly KeyUsageName[];
export type KeyUsageList = readonly KeyUsage[];
export type KeyUsageName = 'DIGITAL_SIGNATURE' | 'NON_REPUDIATION' | 'KEY_ENCIPHERMENT' | 'DATA_ENCIPHERMENT' | 'KEY_AGREEMENT' | 'CERTIFICATE_SIGNING' | 'CRL_SIGNING' | 'ENCIPHER_ONLY' | 'DECIPHER_ONLY' | 'ANY' | 'CUSTOM';
export type KeyUsageNames = readonly KeyUsageName[];
export interface ListCertificatesRequest {
  readonly CertificateKeyPairOrigins?: CertificateKeyPairOrigins | undefined;
  readonly CertificateStatuses?: CertificateStatuses | undefined;
  readonly Includes?: Filters | undefined;
  readonly MaxItems?: MaxItems | undefined;
  readonly NextToken?: NextToken | undefined;
  readonly SortBy?: SortBy | undefined;
  readonly SortOrder?: SortOrder | undefined;
}
export interface ListCertificatesResponse {
  readonly CertificateSummaryList?: CertificateSummaryList | undefined;
  readonly NextToken?: NextToken | undefined;
}
export interface ListTagsForCertificateRequest {
  readonly CertificateArn: Arn;
}
export interface ListTagsForCertificateResponse {
  readonly Tags?: TagList | undefined;
}
export type MaxItems = number;
export type NextToken = string;
export type NullableBoolean = boolean;
export type PassphraseBlob = Uint8Array;
export type PcaArn = string;
export type PositiveInteger = number;
export type PrivateKey = string;
export type PrivateKeyBlob = Uint8Array;
export interface PutAccountConfigurationRequest {
  readonly ExpiryEvents?: ExpiryEventsConfiguration | undefined;
  readonly IdempotencyToken: IdempotencyToken;
}
export type RecordType = 'CNAME';
export interface RemoveTagsFromCertificateRequest {
  readonly CertificateArn: Arn;
  readonly Tags: TagList;
}
export interface RenewCertificateRequest {
  readonly CertificateArn: Arn;
}
export type RenewalEligibility = 'ELIGIBLE' | 'INELIGIBLE';
export type RenewalStatus = 'PENDING_AUTO_RENEWAL' | 'PENDING_VALIDATION' | 'SUCCESS' | 'FAILED';
export interface RenewalSummary {
  readonly DomainValidationOptions: DomainValidationList;
  readonly RenewalStatus: RenewalStatus;
  readonly RenewalStatusReason?: FailureReason | undefined;
  readonly UpdatedAt: TStamp;
}
export interface RequestCertificateRequest {
  readonly CertificateAuthorityArn?: PcaArn | undefined;
  readonly DomainName: DomainNameString;
  readonly DomainValidationOptions?: DomainValidationOptionList | undefined;
  readonly IdempotencyToken?: IdempotencyToken | undefined;
  readonly KeyAlgorithm?: KeyAlgorithm | undefined;
  readonly ManagedBy?: CertificateManagedBy | undefined;
  readonly Options?: CertificateOptions | undefined;
  readonly SubjectAlternativeNames?: DomainList | undefined;
  readonly Tags?: TagList | undefined;
  readonly ValidationMethod?: ValidationMethod | undefined;
}
export interface RequestCertificateResponse {
  readonly CertificateArn?: Arn | undefined;
}
export interface ResourceRecord {
  readonly Name: StringValue;
  readonly Type: RecordType;
  readonly Value: StringValue;
}
export type RevocationReason = 'UNSPECIFIED' | 'KEY_COMPROMISE' | 'CA_COMPROMISE' | 'AFFILIATION_CHANGED' | 'SUPERCEDED' | 'SUPERSEDED' | 'CESSATION_OF_OPERATION' | 'CERTIFICATE_HOLD' | 'REMOVE_FROM_CRL' | 'PRIVILEGE_WITHDRAWN' | 'A_A_COMPROMISE';
export interface RevokeCertificateRequest {
  readonly CertificateArn: Arn;
  readonly RevocationReason: RevocationReason;
}
export interface RevokeCertificateResponse {
  readonly CertificateArn?: Arn | undefined;
}
export type ServiceErrorMessage = string;
export type SortBy = 'CREATED_AT';
export type SortOrder = 'ASCENDING' | 'DESCENDING';
export type StringValue = string;
export type TStamp = Temporal.Instant;
export interface Tag {
  readonly Key: TagKey;
  readonly Value?: TagValue | undefined;
}
export type TagKey = string;
export type TagList = readonly Tag[];
export type TagValue = string;
export interface ThrottlingReason {
  readonly reason?: CoralAvailabilityThrottlingReason | undefined;
  readonly resource?: CoralAvailabilityThrottledResource | undefined;
}
export type ThrottlingReasonList = readonly ThrottlingReason[];
export type UpdateStatus = 'PENDING_DOMAIN_VALIDATION' | 'SUCCESS' | 'FAILED';
export interface UpdateSummary {
  readonly DomainValidationMethodUpdateSummary?: DomainValidationMethodUpdateSummary | undefined;
  readonly RequestedAt?: TStamp | undefined;
  readonly Status?: UpdateStatus | undefined;
  readonly Type?: UpdateType | undefined;
  readonly UpdatedAt?: TStamp | undefined;
}
export type UpdateType = 'DOMAIN_VALIDATION_METHOD';
export type ValidationEmailList = readonly StringValue[];
export type ValidationExceptionMessage = string;
export type ValidationMethod = 'EMAIL' | 'DNS' | 'HTTP';

export const model = {
 "apiVersion": "2015-12-08",
 "protocol": "json",
 "targetPrefix": "CertificateManager",
 "operations": {
  "AddTagsToCertificate": {
   "input": "AddTagsToCertificateRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "InvalidParameterException",
    "InvalidTagException",
    "ResourceNotFoundException",
    "TagPolicyException",
    "ThrottlingException",
    "TooManyTagsException",
    "ValidationException"
   ]
  },
  "DeleteCertificate": {
   "input": "DeleteCertificateRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "AccessDeniedException",
    "ConflictException",
    "InvalidArnException",
    "ResourceInUseException",
    "ResourceNotFoundException",
    "ThrottlingException",
    "ValidationException"
   ]
  },
  "DescribeCertificate": {
   "input": "DescribeCertificateRequest",
   "output": "DescribeCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "ResourceNotFoundException",
    "ValidationException"
   ]
  },
  "ExportCertificate": {
   "input": "ExportCertificateRequest",
   "output": "ExportCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "RequestInProgressException",
    "ResourceNotFoundException",
    "ThrottlingException",
    "ValidationException"
   ]
  },
  "GetAccountConfiguration": {
   "output": "GetAccountConfigurationResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "AccessDeniedException",
    "ThrottlingException"
   ]
  },
  "GetCertificate": {
   "input": "GetCertificateRequest",
   "output": "GetCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "RequestInProgressException",
    "ResourceNotFoundException",
    "ValidationException"
   ]
  },
  "ImportCertificate": {
   "input": "ImportCertificateRequest",
   "output": "ImportCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConflictException",
    "InvalidArnException",
    "InvalidParameterException",
    "InvalidTagException",
    "LimitExceededException",
    "ResourceNotFoundException",
    "TagPolicyException",
    "TooManyTagsException",
    "ValidationException"
   ]
  },
  "ListCertificates": {
   "input": "ListCertificatesRequest",
   "output": "ListCertificatesResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArgsException",
    "ValidationException"
   ]
  },
  "ListTagsForCertificate": {
   "input": "ListTagsForCertificateRequest",
   "output": "ListTagsForCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "ResourceNotFoundException",
    "ValidationException"
   ]
  },
  "PutAccountConfiguration": {
   "input": "PutAccountConfigurationRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "AccessDeniedException",
    "ConflictException",
    "ThrottlingException",
    "ValidationException"
   ]
  },
  "RemoveTagsFromCertificate": {
   "input": "RemoveTagsFromCertificateRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "InvalidParameterException",
    "InvalidTagException",
    "ResourceNotFoundException",
    "TagPolicyException",
    "ThrottlingException",
    "ValidationException"
   ]
  },
  "RenewCertificate": {
   "input": "RenewCertificateRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "RequestInProgressException",
    "ResourceNotFoundException",
    "ValidationException"
   ]
  },
  "RequestCertificate": {
   "input": "RequestCertificateRequest",
   "output": "RequestCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidArnException",
    "InvalidDomainValidationOptionsException",
    "InvalidParameterException",
    "InvalidTagException",
    "LimitExceededException",
    "TagPolicyException",
    "TooManyTagsException"
   ]
  },
  "RevokeCertificate": {
   "input": "RevokeCertificateRequest",
   "output": "RevokeCertificateResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "AccessDeniedException",
    "ConflictException",
    "InvalidArnException",
    "ResourceInUseException",
    "ResourceNotFoundException",
    "ThrottlingException",
    "ValidationException"
   ]
  }
 },
 "shapes": {
  "AccessDeniedException": {
   "type": "structure",
   "members": {
    "Message": {
     "shape": "ServiceErrorMessage"
    }
   },
   "error": {
    "code": "AccessDeniedException",
    "status": 400
   }
  },
  "AcmeAccountId": {
   "type": "string",
   "min": 36,
   "max": 36
  },
  "AddTagsToCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    },
    "Tags": {
     "shape": "TagList"
    }
   },
   "required": [
    "CertificateArn",
    "Tags"
   ]
  },
  "Arn": {
   "type": "string",
   "pattern": "arn:[\\w+=/,.@-]+:acm:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*",
   "min": 20,
   "max": 2048
  },
  "AvailabilityErrorMessage": {
   "type": "string"
  },
  "CertificateBody": {
   "type": "string",
   "pattern": "-{5}BEGIN CERTIFICATE-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END CERTIFICATE-{5}(\\u000D?\\u000A)?",
   "min": 1,
   "max": 32768
  },
  "CertificateBodyBlob": {
   "type": "blob",
   "min": 1,
   "max": 32768
  },
  "CertificateChain": {
   "type": "string",
   "pattern": "(-{5}BEGIN CERTIFICATE-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END CERTIFICATE-{5}\\u000D?\\u000A)*-{5}BEGIN CERTIFICATE-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END CERTIFICATE-{5}(\\u000D?\\u000A)?",
   "min": 1,
   "max": 2097152
  },
  "CertificateChainBlob": {
   "type": "blob",
   "min": 1,
   "max": 2097152
  },
  "CertificateDetail": {
   "type": "structure",
   "members": {
    "AcmeAccountId": {
     "shape": "AcmeAccountId"
    },
    "AcmeEndpointArn": {
     "shape": "Arn"
    },
    "CertificateArn": {
     "shape": "Arn"
    },
    "CertificateAuthorityArn": {
     "shape": "Arn"
    },
    "CertificateKeyPairOrigin": {
     "shape": "CertificateKeyPairOrigin"
    },
    "CreatedAt": {
     "shape": "TStamp"
    },
    "DomainName": {
     "shape": "DomainNameString"
    },
    "DomainValidationOptions": {
     "shape": "DomainValidationList"
    },
    "ExtendedKeyUsages": {
     "shape": "ExtendedKeyUsageList"
    },
    "FailureReason": {
     "shape": "FailureReason"
    },
    "ImportedAt": {
     "shape": "TStamp"
    },
    "InUseBy": {
     "shape": "InUseList"
    },
    "IssuedAt": {
     "shape": "TStamp"
    },
    "Issuer": {
     "shape": "String"
    },
    "KeyAlgorithm": {
     "shape": "KeyAlgorithm"
    },
    "KeyUsages": {
     "shape": "KeyUsageList"
    },
    "ManagedBy": {
     "shape": "CertificateManagedBy"
    },
    "NotAfter": {
     "shape": "TStamp"
    },
    "NotBefore": {
     "shape": "TStamp"
    },
    "Options": {
     "shape": "CertificateOptions"
    },
    "RenewalEligibility": {
     "shape": "RenewalEligibility"
    },
    "RenewalSummary": {
     "shape": "RenewalSummary"
    },
    "RevocationReason": {
     "shape": "RevocationReason"
    },
    "RevokedAt": {
     "shape": "TStamp"
    },
    "Serial": {
     "shape": "String"
    },
    "SignatureAlgorithm": {
     "shape": "String"
    },
    "Status": {
     "shape": "CertificateStatus"
    },
    "Subject": {
     "shape": "String"
    },
    "SubjectAlternativeNames": {
     "shape": "DomainList"
    },
    "Type": {
     "shape": "CertificateType"
    },
    "UpdateSummary": {
     "shape": "UpdateSummary"
    }
   }
  },
  "CertificateExport": {
   "type": "string",
   "enum": [
    "ENABLED",
    "DISABLED"
   ]
  },
  "CertificateKeyPairOrigin": {
   "type": "string",
   "enum": [
    "AWS_MANAGED",
    "ACME",
    "CUSTOMER_PROVIDED"
   ]
  },
  "CertificateKeyPairOrigins": {
   "type": "list",
   "member": {
    "shape": "CertificateKeyPairOrigin"
   },
   "min": 1,
   "max": 3
  },
  "CertificateManagedBy": {
   "type": "string",
   "enum": [
    "CLOUDFRONT"
   ]
  },
  "CertificateOptions": {
   "type": "structure",
   "members": {
    "CertificateTransparencyLoggingPreference": {
     "shape": "CertificateTransparencyLoggingPreference"
    },
    "Export": {
     "shape": "CertificateExport"
    },
    "ValidationMethod": {
     "shape": "ValidationMethod"
    }
   }
  },
  "CertificateStatus": {
   "type": "string",
   "enum": [
    "PENDING_VALIDATION",
    "ISSUED",
    "INACTIVE",
    "EXPIRED",
    "VALIDATION_TIMED_OUT",
    "REVOKED",
    "FAILED"
   ]
  },
  "CertificateStatuses": {
   "type": "list",
   "member": {
    "shape": "CertificateStatus"
   }
  },
  "CertificateSummary": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    },
    "CertificateKeyPairOrigin": {
     "shape": "CertificateKeyPairOrigin"
    },
    "CreatedAt": {
     "shape": "TStamp"
    },
    "DomainName": {
     "shape": "DomainNameString"
    },
    "ExportOption": {
     "shape": "CertificateExport"
    },
    "Exported": {
     "shape": "NullableBoolean"
    },
    "ExtendedKeyUsages": {
     "shape": "ExtendedKeyUsageNames"
    },
    "HasAdditionalSubjectAlternativeNames": {
     "shape": "NullableBoolean"
    },
    "ImportedAt": {
     "shape": "TStamp"
    },
    "InUse": {
     "shape": "NullableBoolean"
    },
    "IssuedAt": {
     "shape": "TStamp"
    },
    "KeyAlgorithm": {
     "shape": "KeyAlgorithm"
    },
    "KeyUsages": {
     "shape": "KeyUsageNames"
    },
    "ManagedBy": {
     "shape": "CertificateManagedBy"
    },
    "NotAfter": {
     "shape": "TStamp"
    },
    "NotBefore": {
     "shape": "TStamp"
    },
    "RenewalEligibility": {
     "shape": "RenewalEligibility"
    },
    "RevokedAt": {
     "shape": "TStamp"
    },
    "Status": {
     "shape": "CertificateStatus"
    },
    "SubjectAlternativeNameSummaries": {
     "shape": "DomainList"
    },
    "Type": {
     "shape": "CertificateType"
    }
   }
  },
  "CertificateSummaryList": {
   "type": "list",
   "member": {
    "shape": "CertificateSummary"
   }
  },
  "CertificateTransparencyLoggingPreference": {
   "type": "string",
   "enum": [
    "ENABLED",
    "DISABLED"
   ]
  },
  "CertificateType": {
   "type": "string",
   "enum": [
    "IMPORTED",
    "AMAZON_ISSUED",
    "PRIVATE"
   ]
  },
  "ConflictException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "ConflictException",
    "status": 400
   }
  },
  "CoralAvailabilityThrottledResource": {
   "type": "string"
  },
  "CoralAvailabilityThrottlingReason": {
   "type": "string"
  },
  "DeleteCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   },
   "required": [
    "CertificateArn"
   ]
  },
  "DescribeCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   },
   "required": [
    "CertificateArn"
   ]
  },
  "DescribeCertificateResponse": {
   "type": "structure",
   "members": {
    "Certificate": {
     "shape": "CertificateDetail"
    }
   }
  },
  "DomainList": {
   "type": "list",
   "member": {
    "shape": "DomainNameString"
   },
   "min": 1,
   "max": 100
  },
  "DomainNameString": {
   "type": "string",
   "pattern": "(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])",
   "min": 1,
   "max": 253
  },
  "DomainStatus": {
   "type": "string",
   "enum": [
    "PENDING_VALIDATION",
    "SUCCESS",
    "FAILED"
   ]
  },
  "DomainValidation": {
   "type": "structure",
   "members": {
    "DomainName": {
     "shape": "DomainNameString"
    },
    "HttpRedirect": {
     "shape": "HttpRedirect"
    },
    "ResourceRecord": {
     "shape": "ResourceRecord"
    },
    "ValidationDomain": {
     "shape": "DomainNameString"
    },
    "ValidationEmails": {
     "shape": "ValidationEmailList"
    },
    "ValidationMethod": {
     "shape": "ValidationMethod"
    },
    "ValidationStatus": {
     "shape": "DomainStatus"
    }
   },
   "required": [
    "DomainName"
   ]
  },
  "DomainValidationList": {
   "type": "list",
   "member": {
    "shape": "DomainValidation"
   },
   "min": 1,
   "max": 1000
  },
  "DomainValidationMethodUpdateSummary": {
   "type": "structure",
   "members": {
    "From": {
     "shape": "ValidationMethod"
    },
    "To": {
     "shape": "ValidationMethod"
    }
   }
  },
  "DomainValidationOption": {
   "type": "structure",
   "members": {
    "DomainName": {
     "shape": "DomainNameString"
    },
    "ValidationDomain": {
     "shape": "DomainNameString"
    }
   },
   "required": [
    "DomainName",
    "ValidationDomain"
   ]
  },
  "DomainValidationOptionList": {
   "type": "list",
   "member": {
    "shape": "DomainValidationOption"
   },
   "min": 1,
   "max": 100
  },
  "ExpiryEventsConfiguration": {
   "type": "structure",
   "members": {
    "DaysBeforeExpiry": {
     "shape": "PositiveInteger"
    }
   }
  },
  "ExportCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    },
    "Passphrase": {
     "shape": "PassphraseBlob"
    }
   },
   "required": [
    "CertificateArn",
    "Passphrase"
   ]
  },
  "ExportCertificateResponse": {
   "type": "structure",
   "members": {
    "Certificate": {
     "shape": "CertificateBody"
    },
    "CertificateChain": {
     "shape": "CertificateChain"
    },
    "PrivateKey": {
     "shape": "PrivateKey"
    }
   }
  },
  "ExtendedKeyUsage": {
   "type": "structure",
   "members": {
    "Name": {
     "shape": "ExtendedKeyUsageName"
    },
    "OID": {
     "shape": "String"
    }
   }
  },
  "ExtendedKeyUsageFilterList": {
   "type": "list",
   "member": {
    "shape": "ExtendedKeyUsageName"
   }
  },
  "ExtendedKeyUsageList": {
   "type": "list",
   "member": {
    "shape": "ExtendedKeyUsage"
   }
  },
  "ExtendedKeyUsageName": {
   "type": "string",
   "enum": [
    "TLS_WEB_SERVER_AUTHENTICATION",
    "TLS_WEB_CLIENT_AUTHENTICATION",
    "CODE_SIGNING",
    "EMAIL_PROTECTION",
    "TIME_STAMPING",
    "OCSP_SIGNING",
    "IPSEC_END_SYSTEM",
    "IPSEC_TUNNEL",
    "IPSEC_USER",
    "ANY",
    "NONE",
    "CUSTOM"
   ]
  },
  "ExtendedKeyUsageNames": {
   "type": "list",
   "member": {
    "shape": "ExtendedKeyUsageName"
   }
  },
  "FailureReason": {
   "type": "string",
   "enum": [
    "NO_AVAILABLE_CONTACTS",
    "ADDITIONAL_VERIFICATION_REQUIRED",
    "DOMAIN_NOT_ALLOWED",
    "INVALID_PUBLIC_DOMAIN",
    "DOMAIN_VALIDATION_DENIED",
    "CAA_ERROR",
    "PCA_LIMIT_EXCEEDED",
    "PCA_INVALID_ARN",
    "PCA_INVALID_STATE",
    "PCA_REQUEST_FAILED",
    "PCA_NAME_CONSTRAINTS_VALIDATION",
    "PCA_RESOURCE_NOT_FOUND",
    "PCA_INVALID_ARGS",
    "PCA_INVALID_DURATION",
    "PCA_ACCESS_DENIED",
    "SLR_NOT_FOUND",
    "OTHER"
   ]
  },
  "Filters": {
   "type": "structure",
   "members": {
    "exportOption": {
     "shape": "CertificateExport"
    },
    "extendedKeyUsage": {
     "shape": "ExtendedKeyUsageFilterList"
    },
    "keyTypes": {
     "shape": "KeyAlgorithmList"
    },
    "keyUsage": {
     "shape": "KeyUsageFilterList"
    },
    "managedBy": {
     "shape": "CertificateManagedBy"
    }
   }
  },
  "GetAccountConfigurationResponse": {
   "type": "structure",
   "members": {
    "ExpiryEvents": {
     "shape": "ExpiryEventsConfiguration"
    }
   }
  },
  "GetCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   },
   "required": [
    "CertificateArn"
   ]
  },
  "GetCertificateResponse": {
   "type": "structure",
   "members": {
    "Certificate": {
     "shape": "CertificateBody"
    },
    "CertificateChain": {
     "shape": "CertificateChain"
    }
   }
  },
  "HttpRedirect": {
   "type": "structure",
   "members": {
    "RedirectFrom": {
     "shape": "String"
    },
    "RedirectTo": {
     "shape": "String"
    }
   }
  },
  "IdempotencyToken": {
   "type": "string",
   "pattern": "\\w+",
   "min": 1,
   "max": 32
  },
  "ImportCertificateRequest": {
   "type": "structure",
   "members": {
    "Certificate": {
     "shape": "CertificateBodyBlob"
    },
    "CertificateArn": {
     "shape": "Arn"
    },
    "CertificateChain": {
     "shape": "CertificateChainBlob"
    },
    "PrivateKey": {
     "shape": "PrivateKeyBlob"
    },
    "Tags": {
     "shape": "TagList"
    }
   },
   "required": [
    "Certificate",
    "PrivateKey"
   ]
  },
  "ImportCertificateResponse": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   }
  },
  "InUseList": {
   "type": "list",
   "member": {
    "shape": "String"
   }
  },
  "InvalidArgsException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "InvalidArgsException",
    "status": 400
   }
  },
  "InvalidArnException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "InvalidArnException",
    "status": 400
   }
  },
  "InvalidDomainValidationOptionsException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "InvalidDomainValidationOptionsException",
    "status": 400
   }
  },
  "InvalidParameterException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "InvalidParameterException",
    "status": 400
   }
  },
  "InvalidTagException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "InvalidTagException",
    "status": 400
   }
  },
  "KeyAlgorithm": {
   "type": "string",
   "enum": [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1"
   ]
  },
  "KeyAlgorithmList": {
   "type": "list",
   "member": {
    "shape": "KeyAlgorithm"
   }
  },
  "KeyUsage": {
   "type": "structure",
   "members": {
    "Name": {
     "shape": "KeyUsageName"
    }
   }
  },
  "KeyUsageFilterList": {
   "type": "list",
   "member": {
    "shape": "KeyUsageName"
   }
  },
  "KeyUsageList": {
   "type": "list",
   "member": {
    "shape": "KeyUsage"
   }
  },
  "KeyUsageName": {
   "type": "string",
   "enum": [
    "DIGITAL_SIGNATURE",
    "NON_REPUDIATION",
    "KEY_ENCIPHERMENT",
    "DATA_ENCIPHERMENT",
    "KEY_AGREEMENT",
    "CERTIFICATE_SIGNING",
    "CRL_SIGNING",
    "ENCIPHER_ONLY",
    "DECIPHER_ONLY",
    "ANY",
    "CUSTOM"
   ]
  },
  "KeyUsageNames": {
   "type": "list",
   "member": {
    "shape": "KeyUsageName"
   }
  },
  "LimitExceededException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "LimitExceededException",
    "status": 400
   }
  },
  "ListCertificatesRequest": {
   "type": "structure",
   "members": {
    "CertificateKeyPairOrigins": {
     "shape": "CertificateKeyPairOrigins"
    },
    "CertificateStatuses": {
     "shape": "CertificateStatuses"
    },
    "Includes": {
     "shape": "Filters"
    },
    "MaxItems": {
     "shape": "MaxItems"
    },
    "NextToken": {
     "shape": "NextToken"
    },
    "SortBy": {
     "shape": "SortBy"
    },
    "SortOrder": {
     "shape": "SortOrder"
    }
   }
  },
  "ListCertificatesResponse": {
   "type": "structure",
   "members": {
    "CertificateSummaryList": {
     "shape": "CertificateSummaryList"
    },
    "NextToken": {
     "shape": "NextToken"
    }
   }
  },
  "ListTagsForCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   },
   "required": [
    "CertificateArn"
   ]
  },
  "ListTagsForCertificateResponse": {
   "type": "structure",
   "members": {
    "Tags": {
     "shape": "TagList"
    }
   }
  },
  "MaxItems": {
   "type": "integer",
   "min": 1,
   "max": 1000
  },
  "NextToken": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*",
   "min": 1,
   "max": 10000
  },
  "NullableBoolean": {
   "type": "boolean"
  },
  "PassphraseBlob": {
   "type": "blob",
   "min": 4,
   "max": 128,
   "sensitive": true
  },
  "PcaArn": {
   "type": "string",
   "pattern": "arn:[\\w+=/,.@-]+:acm-pca:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*",
   "min": 20,
   "max": 2048
  },
  "PositiveInteger": {
   "type": "integer",
   "min": 1
  },
  "PrivateKey": {
   "type": "string",
   "pattern": "-{5}BEGIN PRIVATE KEY-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END PRIVATE KEY-{5}(\\u000D?\\u000A)?",
   "min": 1,
   "max": 524288,
   "sensitive": true
  },
  "PrivateKeyBlob": {
   "type": "blob",
   "min": 1,
   "max": 5120,
   "sensitive": true
  },
  "PutAccountConfigurationRequest": {
   "type": "structure",
   "members": {
    "ExpiryEvents": {
     "shape": "ExpiryEventsConfiguration"
    },
    "IdempotencyToken": {
     "shape": "IdempotencyToken"
    }
   },
   "required": [
    "IdempotencyToken"
   ]
  },
  "RecordType": {
   "type": "string",
   "enum": [
    "CNAME"
   ]
  },
  "RemoveTagsFromCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    },
    "Tags": {
     "shape": "TagList"
    }
   },
   "required": [
    "CertificateArn",
    "Tags"
   ]
  },
  "RenewCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   },
   "required": [
    "CertificateArn"
   ]
  },
  "RenewalEligibility": {
   "type": "string",
   "enum": [
    "ELIGIBLE",
    "INELIGIBLE"
   ]
  },
  "RenewalStatus": {
   "type": "string",
   "enum": [
    "PENDING_AUTO_RENEWAL",
    "PENDING_VALIDATION",
    "SUCCESS",
    "FAILED"
   ]
  },
  "RenewalSummary": {
   "type": "structure",
   "members": {
    "DomainValidationOptions": {
     "shape": "DomainValidationList"
    },
    "RenewalStatus": {
     "shape": "RenewalStatus"
    },
    "RenewalStatusReason": {
     "shape": "FailureReason"
    },
    "UpdatedAt": {
     "shape": "TStamp"
    }
   },
   "required": [
    "RenewalStatus",
    "DomainValidationOptions",
    "UpdatedAt"
   ]
  },
  "RequestCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateAuthorityArn": {
     "shape": "PcaArn"
    },
    "DomainName": {
     "shape": "DomainNameString"
    },
    "DomainValidationOptions": {
     "shape": "DomainValidationOptionList"
    },
    "IdempotencyToken": {
     "shape": "IdempotencyToken"
    },
    "KeyAlgorithm": {
     "shape": "KeyAlgorithm"
    },
    "ManagedBy": {
     "shape": "CertificateManagedBy"
    },
    "Options": {
     "shape": "CertificateOptions"
    },
    "SubjectAlternativeNames": {
     "shape": "DomainList"
    },
    "Tags": {
     "shape": "TagList"
    },
    "ValidationMethod": {
     "shape": "ValidationMethod"
    }
   },
   "required": [
    "DomainName"
   ]
  },
  "RequestCertificateResponse": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   }
  },
  "RequestInProgressException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "RequestInProgressException",
    "status": 400
   }
  },
  "ResourceInUseException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "ResourceInUseException",
    "status": 400
   }
  },
  "ResourceNotFoundException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "ResourceNotFoundException",
    "status": 400
   }
  },
  "ResourceRecord": {
   "type": "structure",
   "members": {
    "Name": {
     "shape": "String"
    },
    "Type": {
     "shape": "RecordType"
    },
    "Value": {
     "shape": "String"
    }
   },
   "required": [
    "Name",
    "Type",
    "Value"
   ]
  },
  "RevocationReason": {
   "type": "string",
   "enum": [
    "UNSPECIFIED",
    "KEY_COMPROMISE",
    "CA_COMPROMISE",
    "AFFILIATION_CHANGED",
    "SUPERCEDED",
    "SUPERSEDED",
    "CESSATION_OF_OPERATION",
    "CERTIFICATE_HOLD",
    "REMOVE_FROM_CRL",
    "PRIVILEGE_WITHDRAWN",
    "A_A_COMPROMISE"
   ]
  },
  "RevokeCertificateRequest": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    },
    "RevocationReason": {
     "shape": "RevocationReason"
    }
   },
   "required": [
    "CertificateArn",
    "RevocationReason"
   ]
  },
  "RevokeCertificateResponse": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "Arn"
    }
   }
  },
  "ServiceErrorMessage": {
   "type": "string"
  },
  "SortBy": {
   "type": "string",
   "enum": [
    "CREATED_AT"
   ]
  },
  "SortOrder": {
   "type": "string",
   "enum": [
    "ASCENDING",
    "DESCENDING"
   ]
  },
  "String": {
   "type": "string"
  },
  "TStamp": {
   "type": "timestamp"
  },
  "Tag": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "TagKey"
    },
    "Value": {
     "shape": "TagValue"
    }
   },
   "required": [
    "Key"
   ]
  },
  "TagKey": {
   "type": "string",
   "pattern": "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
   "min": 1,
   "max": 128
  },
  "TagList": {
   "type": "list",
   "member": {
    "shape": "Tag"
   },
   "min": 1,
   "max": 50
  },
  "TagPolicyException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "TagPolicyException",
    "status": 400
   }
  },
  "TagValue": {
   "type": "string",
   "pattern": "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
   "min": 0,
   "max": 256
  },
  "ThrottlingException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "AvailabilityErrorMessage"
    },
    "throttlingReasons": {
     "shape": "ThrottlingReasonList"
    }
   },
   "error": {
    "code": "ThrottlingException",
    "status": 400
   }
  },
  "ThrottlingReason": {
   "type": "structure",
   "members": {
    "reason": {
     "shape": "CoralAvailabilityThrottlingReason"
    },
    "resource": {
     "shape": "CoralAvailabilityThrottledResource"
    }
   }
  },
  "ThrottlingReasonList": {
   "type": "list",
   "member": {
    "shape": "ThrottlingReason"
   }
  },
  "TooManyTagsException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "String"
    }
   },
   "error": {
    "code": "TooManyTagsException",
    "status": 400
   }
  },
  "UpdateStatus": {
   "type": "string",
   "enum": [
    "PENDING_DOMAIN_VALIDATION",
    "SUCCESS",
    "FAILED"
   ]
  },
  "UpdateSummary": {
   "type": "structure",
   "members": {
    "DomainValidationMethodUpdateSummary": {
     "shape": "DomainValidationMethodUpdateSummary"
    },
    "RequestedAt": {
     "shape": "TStamp"
    },
    "Status": {
     "shape": "UpdateStatus"
    },
    "Type": {
     "shape": "UpdateType"
    },
    "UpdatedAt": {
     "shape": "TStamp"
    }
   }
  },
  "UpdateType": {
   "type": "string",
   "enum": [
    "DOMAIN_VALIDATION_METHOD"
   ]
  },
  "ValidationEmailList": {
   "type": "list",
   "member": {
    "shape": "String"
   }
  },
  "ValidationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ValidationExceptionMessage"
    }
   },
   "error": {
    "code": "ValidationException",
    "status": 400
   }
  },
  "ValidationExceptionMessage": {
   "type": "string"
  },
  "ValidationMethod": {
   "type": "string",
   "enum": [
    "EMAIL",
    "DNS",
    "HTTP"
   ]
  }
 }
} as const satisfies ServiceModel;

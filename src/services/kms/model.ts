// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'CreateAlias' | 'CreateGrant' | 'CreateKey' | 'Decrypt' | 'DeleteAlias' | 'DescribeKey' | 'DisableKey' | 'EnableKey' | 'Encrypt' | 'GenerateDataKey' | 'GenerateRandom' | 'GetKeyPolicy' | 'ListAliases' | 'ListGrants' | 'ListKeyPolicies' | 'ListKeys' | 'PutKeyPolicy' | 'ReEncrypt' | 'RetireGrant' | 'RevokeGrant';

export type AWSAccountIdType = string;
export type AliasList = readonly AliasListEntry[];
export interface AliasListEntry {
  readonly AliasArn?: ArnType | undefined;
  readonly AliasName?: AliasNameType | undefined;
  readonly CreationDate?: DateType | undefined;
  readonly LastUpdatedDate?: DateType | undefined;
  readonly TargetKeyId?: KeyIdType | undefined;
}
export type AliasNameType = string;
export type ArnType = string;
export type AttestationDocumentType = Uint8Array;
export type BackingKeyIdType = string;
export type BooleanType = boolean;
export type CiphertextType = Uint8Array;
export type CloudHsmClusterIdType = string;
export interface CreateAliasRequest {
  readonly AliasName: AliasNameType;
  readonly TargetKeyId: KeyIdType;
}
export interface CreateGrantRequest {
  readonly Constraints?: GrantConstraints | undefined;
  readonly DryRun?: NullableBooleanType | undefined;
  readonly GrantTokens?: GrantTokenList | undefined;
  readonly GranteePrincipal?: PrincipalIdType | undefined;
  readonly GranteeServicePrincipal?: ServicePrincipalType | undefined;
  readonly KeyId: KeyIdType;
  readonly Name?: GrantNameType | undefined;
  readonly Operations: GrantOperationList;
  readonly RetiringPrincipal?: PrincipalIdType | undefined;
  readonly RetiringServicePrincipal?: ServicePrincipalType | undefined;
}
export interface CreateGrantResponse {
  readonly GrantId?: GrantIdType | undefined;
  readonly GrantToken?: GrantTokenType | undefined;
}
export interface CreateKeyRequest {
  readonly BypassPolicyLockoutSafetyCheck?: BooleanType | undefined;
  readonly CustomKeyStoreId?: CustomKeyStoreIdType | undefined;
  readonly CustomerMasterKeySpec?: CustomerMasterKeySpec | undefined;
  readonly Description?: DescriptionType | undefined;
  readonly KeySpec?: KeySpec | undefined;
  readonly KeyUsage?: KeyUsageType | undefined;
  readonly MultiRegion?: NullableBooleanType | undefined;
  readonly Origin?: OriginType | undefined;
  readonly Policy?: PolicyType | undefined;
  readonly Tags?: TagList | undefined;
  readonly XksKeyId?: XksKeyIdType | undefined;
}
export interface CreateKeyResponse {
  readonly KeyMetadata?: KeyMetadata | undefined;
}
export type CustomKeyStoreIdType = string;
export type CustomerMasterKeySpec = 'RSA_2048' | 'RSA_3072' | 'RSA_4096' | 'ECC_NIST_P256' | 'ECC_NIST_P384' | 'ECC_NIST_P521' | 'ECC_SECG_P256K1' | 'SYMMETRIC_DEFAULT' | 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512' | 'SM2';
export type DataKeySpec = 'AES_256' | 'AES_128';
export type DateType = Temporal.Instant;
export interface DecryptRequest {
  readonly CiphertextBlob?: CiphertextType | undefined;
  readonly DryRun?: NullableBooleanType | undefined;
  readonly DryRunModifiers?: DryRunModifierList | undefined;
  readonly EncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly EncryptionContext?: EncryptionContextType | undefined;
  readonly GrantTokens?: GrantTokenList | undefined;
  readonly KeyId?: KeyIdType | undefined;
  readonly Recipient?: RecipientInfo | undefined;
}
export interface DecryptResponse {
  readonly CiphertextForRecipient?: CiphertextType | undefined;
  readonly EncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly KeyId?: KeyIdType | undefined;
  readonly KeyMaterialId?: BackingKeyIdType | undefined;
  readonly Plaintext?: PlaintextType | undefined;
}
export interface DeleteAliasRequest {
  readonly AliasName: AliasNameType;
}
export interface DescribeKeyRequest {
  readonly GrantTokens?: GrantTokenList | undefined;
  readonly KeyId: KeyIdType;
}
export interface DescribeKeyResponse {
  readonly KeyMetadata?: KeyMetadata | undefined;
}
export type DescriptionType = string;
export interface DisableKeyRequest {
  readonly KeyId: KeyIdType;
}
export type DryRunModifierList = readonly DryRunModifierType[];
export type DryRunModifierType = 'IGNORE_CIPHERTEXT';
export interface EnableKeyRequest {
  readonly KeyId: KeyIdType;
}
export interface EncryptRequest {
  readonly DryRun?: NullableBooleanType | undefined;
  readonly EncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly EncryptionContext?: EncryptionContextType | undefined;
  readonly GrantTokens?: GrantTokenList | undefined;
  readonly KeyId: KeyIdType;
  readonly Plaintext: PlaintextType;
}
export interface EncryptResponse {
  readonly CiphertextBlob?: CiphertextType | undefined;
  readonly EncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly KeyId?: KeyIdType | undefined;
}
export type EncryptionAlgorithmSpec = 'SYMMETRIC_DEFAULT' | 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256' | 'SM2PKE';
export type EncryptionAlgorithmSpecList = readonly EncryptionAlgorithmSpec[];
export type EncryptionContextKey = string;
export type EncryptionContextType = Readonly<Record<string, EncryptionContextValue>>;
export type EncryptionContextValue = string;
export type ErrorMessageType = string;
export type ExpirationModelType = 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE';
export interface GenerateDataKeyRequest {
  readonly DryRun?: NullableBooleanType | undefined;
  readonly EncryptionContext?: EncryptionContextType | undefined;
  readonly GrantTokens?: GrantTokenList | undefined;
  readonly KeyId: KeyIdType;
  readonly KeySpec?: DataKeySpec | undefined;
  readonly NumberOfBytes?: NumberOfBytesType | undefined;
  readonly Recipient?: RecipientInfo | undefined;
}
export interface GenerateDataKeyResponse {
  readonly CiphertextBlob?: CiphertextType | undefined;
  readonly CiphertextForRecipient?: CiphertextType | undefined;
  readonly KeyId?: KeyIdType | undefined;
  readonly KeyMaterialId?: BackingKeyIdType | undefined;
  readonly Plaintext?: PlaintextType | undefined;
}
export interface GenerateRandomRequest {
  readonly CustomKeyStoreId?: CustomKeyStoreIdType | undefined;
  readonly NumberOfBytes?: NumberOfBytesType | undefined;
  readonly Recipient?: RecipientInfo | undefined;
}
export interface GenerateRandomResponse {
  readonly CiphertextForRecipient?: CiphertextType | undefined;
  readonly Plaintext?: PlaintextType | undefined;
}
export interface GetKeyPolicyRequest {
  readonly KeyId: KeyIdType;
  readonly PolicyName?: PolicyNameType | undefined;
}
export interface GetKeyPolicyResponse {
  readonly Policy?: PolicyType | undefined;
  readonly PolicyName?: PolicyNameType | undefined;
}
export type GrantConstraintSourceArnType = string;
export interface GrantConstraints {
  readonly EncryptionContextEquals?: EncryptionContextType | undefined;
  readonly EncryptionContextSubset?: EncryptionContextType | undefined;
  readonly SourceArn?: GrantConstraintSourceArnType | undefined;
}
export type GrantIdType = string;
export type GrantList = readonly GrantListEntry[];
export interface GrantListEntry {
  readonly Constraints?: GrantConstraints | undefined;
  readonly CreationDate?: DateType | undefined;
  readonly GrantId?: GrantIdType | undefined;
  readonly GranteePrincipal?: PrincipalIdType | undefined;
  readonly GranteeServicePrincipal?: ServicePrincipalType | undefined;
  readonly IssuingAccount?: PrincipalIdType | undefined;
  readonly KeyId?: KeyIdType | undefined;
  readonly Name?: GrantNameType | undefined;
  readonly Operations?: GrantOperationList | undefined;
  readonly RetiringPrincipal?: PrincipalIdType | undefined;
  readonly RetiringServicePrincipal?: ServicePrincipalType | undefined;
}
export type GrantNameType = string;
export type GrantOperation = 'Decrypt' | 'Encrypt' | 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext' | 'ReEncryptFrom' | 'ReEncryptTo' | 'Sign' | 'Verify' | 'GetPublicKey' | 'CreateGrant' | 'RetireGrant' | 'DescribeKey' | 'GenerateDataKeyPair' | 'GenerateDataKeyPairWithoutPlaintext' | 'GenerateMac' | 'VerifyMac' | 'DeriveSharedSecret';
export type GrantOperationList = readonly GrantOperation[];
export type GrantTokenList = readonly GrantTokenType[];
export type GrantTokenType = string;
export type KeyAgreementAlgorithmSpec = 'ECDH';
export type KeyAgreementAlgorithmSpecList = readonly KeyAgreementAlgorithmSpec[];
export type KeyEncryptionMechanism = 'RSAES_OAEP_SHA_256';
export type KeyIdType = string;
export type KeyList = readonly KeyListEntry[];
export interface KeyListEntry {
  readonly KeyArn?: ArnType | undefined;
  readonly KeyId?: KeyIdType | undefined;
}
export type KeyManagerType = 'AWS' | 'CUSTOMER';
export interface KeyMetadata {
  readonly AWSAccountId?: AWSAccountIdType | undefined;
  readonly Arn?: ArnType | undefined;
  readonly CloudHsmClusterId?: CloudHsmClusterIdType | undefined;
  readonly CreationDate?: DateType | undefined;
  readonly CurrentKeyMaterialId?: BackingKeyIdType | undefined;
  readonly CustomKeyStoreId?: CustomKeyStoreIdType | undefined;
  readonly CustomerMasterKeySpec?: CustomerMasterKeySpec | undefined;
  readonly DeletionDate?: DateType | undefined;
  readonly Description?: DescriptionType | undefined;
  readonly Enabled?: BooleanType | undefined;
  readonly EncryptionAlgorithms?: EncryptionAlgorithmSpecList | undefined;
  readonly ExpirationModel?: ExpirationModelType | undefined;
  readonly KeyAgreementAlgorithms?: KeyAgreementAlgorithmSpecList | undefined;
  readonly KeyId: KeyIdType;
  readonly KeyManager?: KeyManagerType | undefined;
  readonly KeySpec?: KeySpec | undefined;
  readonly KeyState?: KeyState | undefined;
  readonly KeyUsage?: KeyUsageType | undefined;
  readonly MacAlgorithms?: MacAlgorithmSpecList | undefined;
  readonly MultiRegion?: NullableBooleanType | undefined;
  readonly MultiRegionConfiguration?: MultiRegionConfiguration | undefined;
  readonly Origin?: OriginType | undefined;
  readonly PendingDeletionWindowInDays?: PendingWindowInDaysType | undefined;
  readonly SigningAlgorithms?: SigningAlgorithmSpecList | undefined;
  readonly ValidTo?: DateType | undefined;
  readonly XksKeyConfiguration?: XksKeyConfigurationType | undefined;
}
export type KeySpec = 'RSA_2048' | 'RSA_3072' | 'RSA_4096' | 'ECC_NIST_P256' | 'ECC_NIST_P384' | 'ECC_NIST_P521' | 'ECC_SECG_P256K1' | 'SYMMETRIC_DEFAULT' | 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512' | 'SM2' | 'ML_DSA_44' | 'ML_DSA_65' | 'ML_DSA_87' | 'ECC_NIST_EDWARDS25519';
export type KeyState = 'Creating' | 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' | 'PendingReplicaDeletion' | 'Unavailable' | 'Updating';
export type KeyUsageType = 'SIGN_VERIFY' | 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT';
export type LimitType = number;
export interface ListAliasesRequest {
  readonly KeyId?: KeyIdType | undefined;
  readonly Limit?: LimitType | undefined;
  readonly Marker?: MarkerType | undefined;
}
export interface ListAliasesResponse {
  readonly Aliases?: AliasList | undefined;
  readonly NextMarker?: MarkerType | undefined;
  readonly Truncated?: BooleanType | undefined;
}
export interface ListGrantsRequest {
  readonly GrantId?: GrantIdType | undefined;
  readonly GranteePrincipal?: PrincipalIdType | undefined;
  readonly GranteeServicePrincipal?: ServicePrincipalType | undefined;
  readonly KeyId: KeyIdType;
  readonly Limit?: LimitType | undefined;
  readonly Marker?: MarkerType | undefined;
}
export interface ListGrantsResponse {
  readonly Grants?: GrantList | undefined;
  readonly NextMarker?: MarkerType | undefined;
  readonly Truncated?: BooleanType | undefined;
}
export interface ListKeyPoliciesRequest {
  readonly KeyId: KeyIdType;
  readonly Limit?: LimitType | undefined;
  readonly Marker?: MarkerType | undefined;
}
export interface ListKeyPoliciesResponse {
  readonly NextMarker?: MarkerType | undefined;
  readonly PolicyNames?: PolicyNameList | undefined;
  readonly Truncated?: BooleanType | undefined;
}
export interface ListKeysRequest {
  readonly Limit?: LimitType | undefined;
  readonly Marker?: MarkerType | undefined;
}
export interface ListKeysResponse {
  readonly Keys?: KeyList | undefined;
  readonly NextMarker?: MarkerType | undefined;
  readonly Truncated?: BooleanType | undefined;
}
export type MacAlgorithmSpec = 'HMAC_SHA_224' | 'HMAC_SHA_256' | 'HMAC_SHA_384' | 'HMAC_SHA_512';
export type MacAlgorithmSpecList = readonly MacAlgorithmSpec[];
export type MarkerType = string;
export interface MultiRegionConfiguration {
  readonly MultiRegionKeyType?: MultiRegionKeyType | undefined;
  readonly PrimaryKey?: MultiRegionKey | undefined;
  readonly ReplicaKeys?: MultiRegionKeyList | undefined;
}
export interface MultiRegionKey {
  readonly Arn?: ArnType | undefined;
  readonly Region?: RegionType | undefined;
}
export type MultiRegionKeyList = readonly MultiRegionKey[];
export type MultiRegionKeyType = 'PRIMARY' | 'REPLICA';
export type NullableBooleanType = boolean;
export type NumberOfBytesType = number;
export type OriginType = 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
export type PendingWindowInDaysType = number;
export type PlaintextType = Uint8Array;
export type PolicyNameList = readonly PolicyNameType[];
export type PolicyNameType = string;
export type PolicyType = string;
export type PrincipalIdType = string;
export interface PutKeyPolicyRequest {
  readonly BypassPolicyLockoutSafetyCheck?: BooleanType | undefined;
  readonly KeyId: KeyIdType;
  readonly Policy: PolicyType;
  readonly PolicyName?: PolicyNameType | undefined;
}
export interface ReEncryptRequest {
  readonly CiphertextBlob?: CiphertextType | undefined;
  readonly DestinationEncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly DestinationEncryptionContext?: EncryptionContextType | undefined;
  readonly DestinationKeyId: KeyIdType;
  readonly DryRun?: NullableBooleanType | undefined;
  readonly DryRunModifiers?: DryRunModifierList | undefined;
  readonly GrantTokens?: GrantTokenList | undefined;
  readonly SourceEncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly SourceEncryptionContext?: EncryptionContextType | undefined;
  readonly SourceKeyId?: KeyIdType | undefined;
}
export interface ReEncryptResponse {
  readonly CiphertextBlob?: CiphertextType | undefined;
  readonly DestinationEncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly DestinationKeyMaterialId?: BackingKeyIdType | undefined;
  readonly KeyId?: KeyIdType | undefined;
  readonly SourceEncryptionAlgorithm?: EncryptionAlgorithmSpec | undefined;
  readonly SourceKeyId?: KeyIdType | undefined;
  readonly SourceKeyMaterialId?: BackingKeyIdType | undefined;
}
export interface RecipientInfo {
  readonly AttestationDocument?: AttestationDocumentType | undefined;
  readonly KeyEncryptionAlgorithm?: KeyEncryptionMechanism | undefined;
}
export type RegionType = string;
export interface RetireGrantRequest {
  readonly DryRun?: NullableBooleanType | undefined;
  readonly GrantId?: GrantIdType | undefined;
  readonly GrantToken?: GrantTokenType | undefined;
  readonly KeyId?: KeyIdType | undefined;
}
export interface RevokeGrantRequest {
  readonly DryRun?: NullableBooleanType | undefined;
  readonly GrantId: GrantIdType;
  readonly KeyId: KeyIdType;
}
export type ServicePrincipalType = string;
export type SigningAlgorithmSpec = 'RSASSA_PSS_SHA_256' | 'RSASSA_PSS_SHA_384' | 'RSASSA_PSS_SHA_512' | 'RSASSA_PKCS1_V1_5_SHA_256' | 'RSASSA_PKCS1_V1_5_SHA_384' | 'RSASSA_PKCS1_V1_5_SHA_512' | 'ECDSA_SHA_256' | 'ECDSA_SHA_384' | 'ECDSA_SHA_512' | 'SM2DSA' | 'ML_DSA_SHAKE_256' | 'ED25519_SHA_512' | 'ED25519_PH_SHA_512';
export type SigningAlgorithmSpecList = readonly SigningAlgorithmSpec[];
export interface Tag {
  readonly TagKey: TagKeyType;
  readonly TagValue: TagValueType;
}
export type TagKeyType = string;
export type TagList = readonly Tag[];
export type TagValueType = string;
export interface XksKeyConfigurationType {
  readonly Id?: XksKeyIdType | undefined;
}
export type XksKeyIdType = string;

export const model = {
 "apiVersion": "2014-11-01",
 "protocol": "json",
 "targetPrefix": "TrentService",
 "operations": {
  "CreateAlias": {
   "input": "CreateAliasRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "AlreadyExistsException",
    "DependencyTimeoutException",
    "InvalidAliasNameException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "LimitExceededException",
    "NotFoundException"
   ]
  },
  "CreateGrant": {
   "input": "CreateGrantRequest",
   "output": "CreateGrantResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DisabledException",
    "DryRunOperationException",
    "InvalidArnException",
    "InvalidGrantTokenException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "LimitExceededException",
    "NotFoundException"
   ]
  },
  "CreateKey": {
   "input": "CreateKeyRequest",
   "output": "CreateKeyResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "CloudHsmClusterInvalidConfigurationException",
    "CustomKeyStoreInvalidStateException",
    "CustomKeyStoreNotFoundException",
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "LimitExceededException",
    "MalformedPolicyDocumentException",
    "TagException",
    "UnsupportedOperationException",
    "XksKeyAlreadyInUseException",
    "XksKeyInvalidConfigurationException",
    "XksKeyNotFoundException"
   ]
  },
  "Decrypt": {
   "input": "DecryptRequest",
   "output": "DecryptResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DisabledException",
    "DryRunOperationException",
    "IncorrectKeyException",
    "InvalidCiphertextException",
    "InvalidGrantTokenException",
    "InvalidKeyUsageException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "KeyUnavailableException",
    "NotFoundException"
   ]
  },
  "DeleteAlias": {
   "input": "DeleteAliasRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  },
  "DescribeKey": {
   "input": "DescribeKeyRequest",
   "output": "DescribeKeyResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "NotFoundException"
   ]
  },
  "DisableKey": {
   "input": "DisableKeyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  },
  "EnableKey": {
   "input": "EnableKeyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "LimitExceededException",
    "NotFoundException"
   ]
  },
  "Encrypt": {
   "input": "EncryptRequest",
   "output": "EncryptResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DisabledException",
    "DryRunOperationException",
    "InvalidGrantTokenException",
    "InvalidKeyUsageException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "KeyUnavailableException",
    "NotFoundException"
   ]
  },
  "GenerateDataKey": {
   "input": "GenerateDataKeyRequest",
   "output": "GenerateDataKeyResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DisabledException",
    "DryRunOperationException",
    "InvalidGrantTokenException",
    "InvalidKeyUsageException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "KeyUnavailableException",
    "NotFoundException"
   ]
  },
  "GenerateRandom": {
   "input": "GenerateRandomRequest",
   "output": "GenerateRandomResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "CustomKeyStoreInvalidStateException",
    "CustomKeyStoreNotFoundException",
    "DependencyTimeoutException",
    "KMSInternalException",
    "UnsupportedOperationException"
   ]
  },
  "GetKeyPolicy": {
   "input": "GetKeyPolicyRequest",
   "output": "GetKeyPolicyResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  },
  "ListAliases": {
   "input": "ListAliasesRequest",
   "output": "ListAliasesResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "InvalidMarkerException",
    "KMSInternalException",
    "NotFoundException"
   ]
  },
  "ListGrants": {
   "input": "ListGrantsRequest",
   "output": "ListGrantsResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "InvalidGrantIdException",
    "InvalidMarkerException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  },
  "ListKeyPolicies": {
   "input": "ListKeyPoliciesRequest",
   "output": "ListKeyPoliciesResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  },
  "ListKeys": {
   "input": "ListKeysRequest",
   "output": "ListKeysResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidMarkerException",
    "KMSInternalException"
   ]
  },
  "PutKeyPolicy": {
   "input": "PutKeyPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "InvalidArnException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "LimitExceededException",
    "MalformedPolicyDocumentException",
    "NotFoundException",
    "UnsupportedOperationException"
   ]
  },
  "ReEncrypt": {
   "input": "ReEncryptRequest",
   "output": "ReEncryptResponse",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DisabledException",
    "DryRunOperationException",
    "IncorrectKeyException",
    "InvalidCiphertextException",
    "InvalidGrantTokenException",
    "InvalidKeyUsageException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "KeyUnavailableException",
    "NotFoundException"
   ]
  },
  "RetireGrant": {
   "input": "RetireGrantRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DryRunOperationException",
    "InvalidArnException",
    "InvalidGrantIdException",
    "InvalidGrantTokenException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  },
  "RevokeGrant": {
   "input": "RevokeGrantRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DependencyTimeoutException",
    "DryRunOperationException",
    "InvalidArnException",
    "InvalidGrantIdException",
    "KMSInternalException",
    "KMSInvalidStateException",
    "NotFoundException"
   ]
  }
 },
 "shapes": {
  "AWSAccountIdType": {
   "type": "string"
  },
  "AliasList": {
   "type": "list",
   "member": {
    "shape": "AliasListEntry"
   }
  },
  "AliasListEntry": {
   "type": "structure",
   "members": {
    "AliasArn": {
     "shape": "ArnType"
    },
    "AliasName": {
     "shape": "AliasNameType"
    },
    "CreationDate": {
     "shape": "DateType"
    },
    "LastUpdatedDate": {
     "shape": "DateType"
    },
    "TargetKeyId": {
     "shape": "KeyIdType"
    }
   }
  },
  "AliasNameType": {
   "type": "string",
   "pattern": "^[a-zA-Z0-9:/_-]+$",
   "min": 1,
   "max": 256
  },
  "AlreadyExistsException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "AlreadyExistsException",
    "status": 400
   }
  },
  "ArnType": {
   "type": "string",
   "min": 20,
   "max": 2048
  },
  "AttestationDocumentType": {
   "type": "blob",
   "min": 1,
   "max": 262144
  },
  "BackingKeyIdType": {
   "type": "string",
   "pattern": "^[a-f0-9]+$",
   "min": 64,
   "max": 64
  },
  "BooleanType": {
   "type": "boolean"
  },
  "CiphertextType": {
   "type": "blob",
   "min": 1,
   "max": 6144
  },
  "CloudHsmClusterIdType": {
   "type": "string",
   "pattern": "cluster-[2-7a-zA-Z]{11,16}",
   "min": 19,
   "max": 24
  },
  "CloudHsmClusterInvalidConfigurationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "CloudHsmClusterInvalidConfigurationException",
    "status": 400
   }
  },
  "CreateAliasRequest": {
   "type": "structure",
   "members": {
    "AliasName": {
     "shape": "AliasNameType"
    },
    "TargetKeyId": {
     "shape": "KeyIdType"
    }
   },
   "required": [
    "AliasName",
    "TargetKeyId"
   ]
  },
  "CreateGrantRequest": {
   "type": "structure",
   "members": {
    "Constraints": {
     "shape": "GrantConstraints"
    },
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "GrantTokens": {
     "shape": "GrantTokenList"
    },
    "GranteePrincipal": {
     "shape": "PrincipalIdType"
    },
    "GranteeServicePrincipal": {
     "shape": "ServicePrincipalType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Name": {
     "shape": "GrantNameType"
    },
    "Operations": {
     "shape": "GrantOperationList"
    },
    "RetiringPrincipal": {
     "shape": "PrincipalIdType"
    },
    "RetiringServicePrincipal": {
     "shape": "ServicePrincipalType"
    }
   },
   "required": [
    "KeyId",
    "Operations"
   ]
  },
  "CreateGrantResponse": {
   "type": "structure",
   "members": {
    "GrantId": {
     "shape": "GrantIdType"
    },
    "GrantToken": {
     "shape": "GrantTokenType"
    }
   }
  },
  "CreateKeyRequest": {
   "type": "structure",
   "members": {
    "BypassPolicyLockoutSafetyCheck": {
     "shape": "BooleanType"
    },
    "CustomKeyStoreId": {
     "shape": "CustomKeyStoreIdType"
    },
    "CustomerMasterKeySpec": {
     "shape": "CustomerMasterKeySpec"
    },
    "Description": {
     "shape": "DescriptionType"
    },
    "KeySpec": {
     "shape": "KeySpec"
    },
    "KeyUsage": {
     "shape": "KeyUsageType"
    },
    "MultiRegion": {
     "shape": "NullableBooleanType"
    },
    "Origin": {
     "shape": "OriginType"
    },
    "Policy": {
     "shape": "PolicyType"
    },
    "Tags": {
     "shape": "TagList"
    },
    "XksKeyId": {
     "shape": "XksKeyIdType"
    }
   }
  },
  "CreateKeyResponse": {
   "type": "structure",
   "members": {
    "KeyMetadata": {
     "shape": "KeyMetadata"
    }
   }
  },
  "CustomKeyStoreIdType": {
   "type": "string",
   "min": 1,
   "max": 64
  },
  "CustomKeyStoreInvalidStateException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "CustomKeyStoreInvalidStateException",
    "status": 400
   }
  },
  "CustomKeyStoreNotFoundException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "CustomKeyStoreNotFoundException",
    "status": 400
   }
  },
  "CustomerMasterKeySpec": {
   "type": "string",
   "enum": [
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2"
   ]
  },
  "DataKeySpec": {
   "type": "string",
   "enum": [
    "AES_256",
    "AES_128"
   ]
  },
  "DateType": {
   "type": "timestamp"
  },
  "DecryptRequest": {
   "type": "structure",
   "members": {
    "CiphertextBlob": {
     "shape": "CiphertextType"
    },
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "DryRunModifiers": {
     "shape": "DryRunModifierList"
    },
    "EncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "EncryptionContext": {
     "shape": "EncryptionContextType"
    },
    "GrantTokens": {
     "shape": "GrantTokenList"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Recipient": {
     "shape": "RecipientInfo"
    }
   }
  },
  "DecryptResponse": {
   "type": "structure",
   "members": {
    "CiphertextForRecipient": {
     "shape": "CiphertextType"
    },
    "EncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "KeyMaterialId": {
     "shape": "BackingKeyIdType"
    },
    "Plaintext": {
     "shape": "PlaintextType"
    }
   }
  },
  "DeleteAliasRequest": {
   "type": "structure",
   "members": {
    "AliasName": {
     "shape": "AliasNameType"
    }
   },
   "required": [
    "AliasName"
   ]
  },
  "DependencyTimeoutException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "DependencyTimeoutException",
    "status": 400
   }
  },
  "DescribeKeyRequest": {
   "type": "structure",
   "members": {
    "GrantTokens": {
     "shape": "GrantTokenList"
    },
    "KeyId": {
     "shape": "KeyIdType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "DescribeKeyResponse": {
   "type": "structure",
   "members": {
    "KeyMetadata": {
     "shape": "KeyMetadata"
    }
   }
  },
  "DescriptionType": {
   "type": "string",
   "min": 0,
   "max": 8192
  },
  "DisableKeyRequest": {
   "type": "structure",
   "members": {
    "KeyId": {
     "shape": "KeyIdType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "DisabledException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "DisabledException",
    "status": 400
   }
  },
  "DryRunModifierList": {
   "type": "list",
   "member": {
    "shape": "DryRunModifierType"
   }
  },
  "DryRunModifierType": {
   "type": "string",
   "enum": [
    "IGNORE_CIPHERTEXT"
   ]
  },
  "DryRunOperationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "DryRunOperationException",
    "status": 400
   }
  },
  "EnableKeyRequest": {
   "type": "structure",
   "members": {
    "KeyId": {
     "shape": "KeyIdType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "EncryptRequest": {
   "type": "structure",
   "members": {
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "EncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "EncryptionContext": {
     "shape": "EncryptionContextType"
    },
    "GrantTokens": {
     "shape": "GrantTokenList"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Plaintext": {
     "shape": "PlaintextType"
    }
   },
   "required": [
    "KeyId",
    "Plaintext"
   ]
  },
  "EncryptResponse": {
   "type": "structure",
   "members": {
    "CiphertextBlob": {
     "shape": "CiphertextType"
    },
    "EncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "KeyId": {
     "shape": "KeyIdType"
    }
   }
  },
  "EncryptionAlgorithmSpec": {
   "type": "string",
   "enum": [
    "SYMMETRIC_DEFAULT",
    "RSAES_OAEP_SHA_1",
    "RSAES_OAEP_SHA_256",
    "SM2PKE"
   ]
  },
  "EncryptionAlgorithmSpecList": {
   "type": "list",
   "member": {
    "shape": "EncryptionAlgorithmSpec"
   }
  },
  "EncryptionContextKey": {
   "type": "string"
  },
  "EncryptionContextType": {
   "type": "map",
   "key": {
    "shape": "EncryptionContextKey"
   },
   "value": {
    "shape": "EncryptionContextValue"
   }
  },
  "EncryptionContextValue": {
   "type": "string"
  },
  "ErrorMessageType": {
   "type": "string"
  },
  "ExpirationModelType": {
   "type": "string",
   "enum": [
    "KEY_MATERIAL_EXPIRES",
    "KEY_MATERIAL_DOES_NOT_EXPIRE"
   ]
  },
  "GenerateDataKeyRequest": {
   "type": "structure",
   "members": {
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "EncryptionContext": {
     "shape": "EncryptionContextType"
    },
    "GrantTokens": {
     "shape": "GrantTokenList"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "KeySpec": {
     "shape": "DataKeySpec"
    },
    "NumberOfBytes": {
     "shape": "NumberOfBytesType"
    },
    "Recipient": {
     "shape": "RecipientInfo"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "GenerateDataKeyResponse": {
   "type": "structure",
   "members": {
    "CiphertextBlob": {
     "shape": "CiphertextType"
    },
    "CiphertextForRecipient": {
     "shape": "CiphertextType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "KeyMaterialId": {
     "shape": "BackingKeyIdType"
    },
    "Plaintext": {
     "shape": "PlaintextType"
    }
   }
  },
  "GenerateRandomRequest": {
   "type": "structure",
   "members": {
    "CustomKeyStoreId": {
     "shape": "CustomKeyStoreIdType"
    },
    "NumberOfBytes": {
     "shape": "NumberOfBytesType"
    },
    "Recipient": {
     "shape": "RecipientInfo"
    }
   }
  },
  "GenerateRandomResponse": {
   "type": "structure",
   "members": {
    "CiphertextForRecipient": {
     "shape": "CiphertextType"
    },
    "Plaintext": {
     "shape": "PlaintextType"
    }
   }
  },
  "GetKeyPolicyRequest": {
   "type": "structure",
   "members": {
    "KeyId": {
     "shape": "KeyIdType"
    },
    "PolicyName": {
     "shape": "PolicyNameType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "GetKeyPolicyResponse": {
   "type": "structure",
   "members": {
    "Policy": {
     "shape": "PolicyType"
    },
    "PolicyName": {
     "shape": "PolicyNameType"
    }
   }
  },
  "GrantConstraintSourceArnType": {
   "type": "string",
   "pattern": "^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$",
   "min": 20,
   "max": 512
  },
  "GrantConstraints": {
   "type": "structure",
   "members": {
    "EncryptionContextEquals": {
     "shape": "EncryptionContextType"
    },
    "EncryptionContextSubset": {
     "shape": "EncryptionContextType"
    },
    "SourceArn": {
     "shape": "GrantConstraintSourceArnType"
    }
   }
  },
  "GrantIdType": {
   "type": "string",
   "min": 1,
   "max": 128
  },
  "GrantList": {
   "type": "list",
   "member": {
    "shape": "GrantListEntry"
   }
  },
  "GrantListEntry": {
   "type": "structure",
   "members": {
    "Constraints": {
     "shape": "GrantConstraints"
    },
    "CreationDate": {
     "shape": "DateType"
    },
    "GrantId": {
     "shape": "GrantIdType"
    },
    "GranteePrincipal": {
     "shape": "PrincipalIdType"
    },
    "GranteeServicePrincipal": {
     "shape": "ServicePrincipalType"
    },
    "IssuingAccount": {
     "shape": "PrincipalIdType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Name": {
     "shape": "GrantNameType"
    },
    "Operations": {
     "shape": "GrantOperationList"
    },
    "RetiringPrincipal": {
     "shape": "PrincipalIdType"
    },
    "RetiringServicePrincipal": {
     "shape": "ServicePrincipalType"
    }
   }
  },
  "GrantNameType": {
   "type": "string",
   "pattern": "^[a-zA-Z0-9:/_-]+$",
   "min": 1,
   "max": 256
  },
  "GrantOperation": {
   "type": "string",
   "enum": [
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "Sign",
    "Verify",
    "GetPublicKey",
    "CreateGrant",
    "RetireGrant",
    "DescribeKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateMac",
    "VerifyMac",
    "DeriveSharedSecret"
   ]
  },
  "GrantOperationList": {
   "type": "list",
   "member": {
    "shape": "GrantOperation"
   }
  },
  "GrantTokenList": {
   "type": "list",
   "member": {
    "shape": "GrantTokenType"
   },
   "min": 0,
   "max": 10
  },
  "GrantTokenType": {
   "type": "string",
   "min": 1,
   "max": 8192
  },
  "IncorrectKeyException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "IncorrectKeyException",
    "status": 400
   }
  },
  "InvalidAliasNameException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidAliasNameException",
    "status": 400
   }
  },
  "InvalidArnException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidArnException",
    "status": 400
   }
  },
  "InvalidCiphertextException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidCiphertextException",
    "status": 400
   }
  },
  "InvalidGrantIdException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidGrantIdException",
    "status": 400
   }
  },
  "InvalidGrantTokenException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidGrantTokenException",
    "status": 400
   }
  },
  "InvalidKeyUsageException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidKeyUsageException",
    "status": 400
   }
  },
  "InvalidMarkerException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "InvalidMarkerException",
    "status": 400
   }
  },
  "KMSInternalException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "KMSInternalException",
    "status": 400
   }
  },
  "KMSInvalidStateException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "KMSInvalidStateException",
    "status": 400
   }
  },
  "KeyAgreementAlgorithmSpec": {
   "type": "string",
   "enum": [
    "ECDH"
   ]
  },
  "KeyAgreementAlgorithmSpecList": {
   "type": "list",
   "member": {
    "shape": "KeyAgreementAlgorithmSpec"
   }
  },
  "KeyEncryptionMechanism": {
   "type": "string",
   "enum": [
    "RSAES_OAEP_SHA_256"
   ]
  },
  "KeyIdType": {
   "type": "string",
   "min": 1,
   "max": 2048
  },
  "KeyList": {
   "type": "list",
   "member": {
    "shape": "KeyListEntry"
   }
  },
  "KeyListEntry": {
   "type": "structure",
   "members": {
    "KeyArn": {
     "shape": "ArnType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    }
   }
  },
  "KeyManagerType": {
   "type": "string",
   "enum": [
    "AWS",
    "CUSTOMER"
   ]
  },
  "KeyMetadata": {
   "type": "structure",
   "members": {
    "AWSAccountId": {
     "shape": "AWSAccountIdType"
    },
    "Arn": {
     "shape": "ArnType"
    },
    "CloudHsmClusterId": {
     "shape": "CloudHsmClusterIdType"
    },
    "CreationDate": {
     "shape": "DateType"
    },
    "CurrentKeyMaterialId": {
     "shape": "BackingKeyIdType"
    },
    "CustomKeyStoreId": {
     "shape": "CustomKeyStoreIdType"
    },
    "CustomerMasterKeySpec": {
     "shape": "CustomerMasterKeySpec"
    },
    "DeletionDate": {
     "shape": "DateType"
    },
    "Description": {
     "shape": "DescriptionType"
    },
    "Enabled": {
     "shape": "BooleanType"
    },
    "EncryptionAlgorithms": {
     "shape": "EncryptionAlgorithmSpecList"
    },
    "ExpirationModel": {
     "shape": "ExpirationModelType"
    },
    "KeyAgreementAlgorithms": {
     "shape": "KeyAgreementAlgorithmSpecList"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "KeyManager": {
     "shape": "KeyManagerType"
    },
    "KeySpec": {
     "shape": "KeySpec"
    },
    "KeyState": {
     "shape": "KeyState"
    },
    "KeyUsage": {
     "shape": "KeyUsageType"
    },
    "MacAlgorithms": {
     "shape": "MacAlgorithmSpecList"
    },
    "MultiRegion": {
     "shape": "NullableBooleanType"
    },
    "MultiRegionConfiguration": {
     "shape": "MultiRegionConfiguration"
    },
    "Origin": {
     "shape": "OriginType"
    },
    "PendingDeletionWindowInDays": {
     "shape": "PendingWindowInDaysType"
    },
    "SigningAlgorithms": {
     "shape": "SigningAlgorithmSpecList"
    },
    "ValidTo": {
     "shape": "DateType"
    },
    "XksKeyConfiguration": {
     "shape": "XksKeyConfigurationType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "KeySpec": {
   "type": "string",
   "enum": [
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "SYMMETRIC_DEFAULT",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "SM2",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "ECC_NIST_EDWARDS25519"
   ]
  },
  "KeyState": {
   "type": "string",
   "enum": [
    "Creating",
    "Enabled",
    "Disabled",
    "PendingDeletion",
    "PendingImport",
    "PendingReplicaDeletion",
    "Unavailable",
    "Updating"
   ]
  },
  "KeyUnavailableException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "KeyUnavailableException",
    "status": 400
   }
  },
  "KeyUsageType": {
   "type": "string",
   "enum": [
    "SIGN_VERIFY",
    "ENCRYPT_DECRYPT",
    "GENERATE_VERIFY_MAC",
    "KEY_AGREEMENT"
   ]
  },
  "LimitExceededException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "LimitExceededException",
    "status": 400
   }
  },
  "LimitType": {
   "type": "integer",
   "min": 1,
   "max": 1000
  },
  "ListAliasesRequest": {
   "type": "structure",
   "members": {
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Limit": {
     "shape": "LimitType"
    },
    "Marker": {
     "shape": "MarkerType"
    }
   }
  },
  "ListAliasesResponse": {
   "type": "structure",
   "members": {
    "Aliases": {
     "shape": "AliasList"
    },
    "NextMarker": {
     "shape": "MarkerType"
    },
    "Truncated": {
     "shape": "BooleanType"
    }
   }
  },
  "ListGrantsRequest": {
   "type": "structure",
   "members": {
    "GrantId": {
     "shape": "GrantIdType"
    },
    "GranteePrincipal": {
     "shape": "PrincipalIdType"
    },
    "GranteeServicePrincipal": {
     "shape": "ServicePrincipalType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Limit": {
     "shape": "LimitType"
    },
    "Marker": {
     "shape": "MarkerType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "ListGrantsResponse": {
   "type": "structure",
   "members": {
    "Grants": {
     "shape": "GrantList"
    },
    "NextMarker": {
     "shape": "MarkerType"
    },
    "Truncated": {
     "shape": "BooleanType"
    }
   }
  },
  "ListKeyPoliciesRequest": {
   "type": "structure",
   "members": {
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Limit": {
     "shape": "LimitType"
    },
    "Marker": {
     "shape": "MarkerType"
    }
   },
   "required": [
    "KeyId"
   ]
  },
  "ListKeyPoliciesResponse": {
   "type": "structure",
   "members": {
    "NextMarker": {
     "shape": "MarkerType"
    },
    "PolicyNames": {
     "shape": "PolicyNameList"
    },
    "Truncated": {
     "shape": "BooleanType"
    }
   }
  },
  "ListKeysRequest": {
   "type": "structure",
   "members": {
    "Limit": {
     "shape": "LimitType"
    },
    "Marker": {
     "shape": "MarkerType"
    }
   }
  },
  "ListKeysResponse": {
   "type": "structure",
   "members": {
    "Keys": {
     "shape": "KeyList"
    },
    "NextMarker": {
     "shape": "MarkerType"
    },
    "Truncated": {
     "shape": "BooleanType"
    }
   }
  },
  "MacAlgorithmSpec": {
   "type": "string",
   "enum": [
    "HMAC_SHA_224",
    "HMAC_SHA_256",
    "HMAC_SHA_384",
    "HMAC_SHA_512"
   ]
  },
  "MacAlgorithmSpecList": {
   "type": "list",
   "member": {
    "shape": "MacAlgorithmSpec"
   }
  },
  "MalformedPolicyDocumentException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "MalformedPolicyDocumentException",
    "status": 400
   }
  },
  "MarkerType": {
   "type": "string",
   "pattern": "[\\u0020-\\u00FF]*",
   "min": 1,
   "max": 1024
  },
  "MultiRegionConfiguration": {
   "type": "structure",
   "members": {
    "MultiRegionKeyType": {
     "shape": "MultiRegionKeyType"
    },
    "PrimaryKey": {
     "shape": "MultiRegionKey"
    },
    "ReplicaKeys": {
     "shape": "MultiRegionKeyList"
    }
   }
  },
  "MultiRegionKey": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "ArnType"
    },
    "Region": {
     "shape": "RegionType"
    }
   }
  },
  "MultiRegionKeyList": {
   "type": "list",
   "member": {
    "shape": "MultiRegionKey"
   }
  },
  "MultiRegionKeyType": {
   "type": "string",
   "enum": [
    "PRIMARY",
    "REPLICA"
   ]
  },
  "NotFoundException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "NotFoundException",
    "status": 400
   }
  },
  "NullableBooleanType": {
   "type": "boolean"
  },
  "NumberOfBytesType": {
   "type": "integer",
   "min": 1,
   "max": 1024
  },
  "OriginType": {
   "type": "string",
   "enum": [
    "AWS_KMS",
    "EXTERNAL",
    "AWS_CLOUDHSM",
    "EXTERNAL_KEY_STORE"
   ]
  },
  "PendingWindowInDaysType": {
   "type": "integer",
   "min": 1,
   "max": 365
  },
  "PlaintextType": {
   "type": "blob",
   "min": 1,
   "max": 4096,
   "sensitive": true
  },
  "PolicyNameList": {
   "type": "list",
   "member": {
    "shape": "PolicyNameType"
   }
  },
  "PolicyNameType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 1,
   "max": 128
  },
  "PolicyType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1,
   "max": 131072
  },
  "PrincipalIdType": {
   "type": "string",
   "pattern": "^[\\w+=,.@:/-]+$",
   "min": 1,
   "max": 256
  },
  "PutKeyPolicyRequest": {
   "type": "structure",
   "members": {
    "BypassPolicyLockoutSafetyCheck": {
     "shape": "BooleanType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "Policy": {
     "shape": "PolicyType"
    },
    "PolicyName": {
     "shape": "PolicyNameType"
    }
   },
   "required": [
    "KeyId",
    "Policy"
   ]
  },
  "ReEncryptRequest": {
   "type": "structure",
   "members": {
    "CiphertextBlob": {
     "shape": "CiphertextType"
    },
    "DestinationEncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "DestinationEncryptionContext": {
     "shape": "EncryptionContextType"
    },
    "DestinationKeyId": {
     "shape": "KeyIdType"
    },
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "DryRunModifiers": {
     "shape": "DryRunModifierList"
    },
    "GrantTokens": {
     "shape": "GrantTokenList"
    },
    "SourceEncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "SourceEncryptionContext": {
     "shape": "EncryptionContextType"
    },
    "SourceKeyId": {
     "shape": "KeyIdType"
    }
   },
   "required": [
    "DestinationKeyId"
   ]
  },
  "ReEncryptResponse": {
   "type": "structure",
   "members": {
    "CiphertextBlob": {
     "shape": "CiphertextType"
    },
    "DestinationEncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "DestinationKeyMaterialId": {
     "shape": "BackingKeyIdType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    },
    "SourceEncryptionAlgorithm": {
     "shape": "EncryptionAlgorithmSpec"
    },
    "SourceKeyId": {
     "shape": "KeyIdType"
    },
    "SourceKeyMaterialId": {
     "shape": "BackingKeyIdType"
    }
   }
  },
  "RecipientInfo": {
   "type": "structure",
   "members": {
    "AttestationDocument": {
     "shape": "AttestationDocumentType"
    },
    "KeyEncryptionAlgorithm": {
     "shape": "KeyEncryptionMechanism"
    }
   }
  },
  "RegionType": {
   "type": "string",
   "pattern": "^([a-z]+-){2,3}\\d+$",
   "min": 1,
   "max": 32
  },
  "RetireGrantRequest": {
   "type": "structure",
   "members": {
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "GrantId": {
     "shape": "GrantIdType"
    },
    "GrantToken": {
     "shape": "GrantTokenType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    }
   }
  },
  "RevokeGrantRequest": {
   "type": "structure",
   "members": {
    "DryRun": {
     "shape": "NullableBooleanType"
    },
    "GrantId": {
     "shape": "GrantIdType"
    },
    "KeyId": {
     "shape": "KeyIdType"
    }
   },
   "required": [
    "KeyId",
    "GrantId"
   ]
  },
  "ServicePrincipalType": {
   "type": "string",
   "pattern": "^([A-Za-z0-9\\-]+)\\.([A-Za-z0-9\\-]+)(\\.[A-Za-z0-9\\-]+)+$",
   "min": 1,
   "max": 128
  },
  "SigningAlgorithmSpec": {
   "type": "string",
   "enum": [
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
    "RSASSA_PKCS1_V1_5_SHA_256",
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "ECDSA_SHA_256",
    "ECDSA_SHA_384",
    "ECDSA_SHA_512",
    "SM2DSA",
    "ML_DSA_SHAKE_256",
    "ED25519_SHA_512",
    "ED25519_PH_SHA_512"
   ]
  },
  "SigningAlgorithmSpecList": {
   "type": "list",
   "member": {
    "shape": "SigningAlgorithmSpec"
   }
  },
  "Tag": {
   "type": "structure",
   "members": {
    "TagKey": {
     "shape": "TagKeyType"
    },
    "TagValue": {
     "shape": "TagValueType"
    }
   },
   "required": [
    "TagKey",
    "TagValue"
   ]
  },
  "TagException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "TagException",
    "status": 400
   }
  },
  "TagKeyType": {
   "type": "string",
   "min": 1,
   "max": 128
  },
  "TagList": {
   "type": "list",
   "member": {
    "shape": "Tag"
   }
  },
  "TagValueType": {
   "type": "string",
   "min": 0,
   "max": 256
  },
  "UnsupportedOperationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "UnsupportedOperationException",
    "status": 400
   }
  },
  "XksKeyAlreadyInUseException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "XksKeyAlreadyInUseException",
    "status": 400
   }
  },
  "XksKeyConfigurationType": {
   "type": "structure",
   "members": {
    "Id": {
     "shape": "XksKeyIdType"
    }
   }
  },
  "XksKeyIdType": {
   "type": "string",
   "pattern": "^[a-zA-Z0-9-_.]+$",
   "min": 1,
   "max": 128
  },
  "XksKeyInvalidConfigurationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "XksKeyInvalidConfigurationException",
    "status": 400
   }
  },
  "XksKeyNotFoundException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ErrorMessageType"
    }
   },
   "error": {
    "code": "XksKeyNotFoundException",
    "status": 400
   }
  }
 }
} as const satisfies ServiceModel;

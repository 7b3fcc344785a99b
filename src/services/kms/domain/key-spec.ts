import { UnsupportedOperationException, ValidationException } from '../errors.ts';
import type { EncryptionAlgorithmSpec, GrantOperation, KeySpec, KeyUsageType } from '../model.ts';

/** What one key spec can be used for, and what KMS here can make of it. */
interface KeySpecFacts {
  readonly usages: readonly KeyUsageType[];
  readonly isOffered: boolean;
}

/** @see AWS KMS Developer Guide, "Key spec reference" */
const keySpecs: Readonly<Record<KeySpec, KeySpecFacts>> = {
  SYMMETRIC_DEFAULT: { usages: ['ENCRYPT_DECRYPT'], isOffered: true },
  RSA_2048: { usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'], isOffered: false },
  RSA_3072: { usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'], isOffered: false },
  RSA_4096: { usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'], isOffered: false },
  ECC_NIST_P256: { usages: ['SIGN_VERIFY', 'KEY_AGREEMENT'], isOffered: false },
  ECC_NIST_P384: { usages: ['SIGN_VERIFY', 'KEY_AGREEMENT'], isOffered: false },
  ECC_NIST_P521: { usages: ['SIGN_VERIFY', 'KEY_AGREEMENT'], isOffered: false },
  ECC_SECG_P256K1: { usages: ['SIGN_VERIFY'], isOffered: false },
  ECC_NIST_EDWARDS25519: { usages: ['SIGN_VERIFY'], isOffered: false },
  ML_DSA_44: { usages: ['SIGN_VERIFY'], isOffered: false },
  ML_DSA_65: { usages: ['SIGN_VERIFY'], isOffered: false },
  ML_DSA_87: { usages: ['SIGN_VERIFY'], isOffered: false },
  HMAC_224: { usages: ['GENERATE_VERIFY_MAC'], isOffered: false },
  HMAC_256: { usages: ['GENERATE_VERIFY_MAC'], isOffered: false },
  HMAC_384: { usages: ['GENERATE_VERIFY_MAC'], isOffered: false },
  HMAC_512: { usages: ['GENERATE_VERIFY_MAC'], isOffered: false },
  SM2: { usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'], isOffered: false },
};

/**
 * The usage of a new key.
 * @throws ValidationException for a pair that does not exist
 * @throws UnsupportedOperationException for a pair that exists, but not here
 */
export function usageOfNewKey(spec: KeySpec, usage: KeyUsageType | undefined): KeyUsageType {
  if (usage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    throw new ValidationException(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  const wanted = usage ?? 'ENCRYPT_DECRYPT';
  const { usages, isOffered } = keySpecs[spec];
  if (!usages.includes(wanted))
    throw new ValidationException(`KeyUsage ${wanted} is not compatible with KeySpec ${spec}`);
  if (!isOffered)
    throw new UnsupportedOperationException(`KeySpec ${spec} is not supported in this Region.`);
  return wanted;
}

/** In the order in which DescribeKey lists them. */
export function encryptionAlgorithms(
  spec: KeySpec,
  usage: KeyUsageType,
): readonly EncryptionAlgorithmSpec[] {
  if (usage !== 'ENCRYPT_DECRYPT') return [];
  if (spec === 'SYMMETRIC_DEFAULT') return ['SYMMETRIC_DEFAULT'];
  return spec === 'SM2' ? ['SM2PKE'] : ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
}

/** What a grant on a key can allow. @see AWS KMS Developer Guide, "Grant operations" */
export function grantableOperations(spec: KeySpec, usage: KeyUsageType): readonly GrantOperation[] {
  const always: readonly GrantOperation[] = ['CreateGrant', 'RetireGrant', 'DescribeKey'];
  if (spec === 'SYMMETRIC_DEFAULT') {
    return [
      'Encrypt',
      'Decrypt',
      'GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext',
      'GenerateDataKeyPair',
      'GenerateDataKeyPairWithoutPlaintext',
      'ReEncryptFrom',
      'ReEncryptTo',
      ...always,
    ];
  }
  switch (usage) {
    case 'ENCRYPT_DECRYPT':
      return ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GetPublicKey', ...always];
    case 'SIGN_VERIFY':
      return ['Sign', 'Verify', 'GetPublicKey', ...always];
    case 'GENERATE_VERIFY_MAC':
      return ['GenerateMac', 'VerifyMac', ...always];
    case 'KEY_AGREEMENT':
      return ['DeriveSharedSecret', 'GetPublicKey', ...always];
  }
}

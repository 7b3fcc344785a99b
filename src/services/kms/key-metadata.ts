import { encryptionAlgorithms } from './domain/key-spec.ts';
import { keyArn, type KmsKey } from './domain/key.ts';
import { keyMaterialId } from './key-material.ts';
import type { CustomerMasterKeySpec, KeyMetadata } from './model.ts';

/** A key as CreateKey and DescribeKey show it. */
export function keyMetadata(key: KmsKey): KeyMetadata {
  return {
    AWSAccountId: key.account,
    Arn: keyArn(key),
    CreationDate: key.createdAt,
    CurrentKeyMaterialId: keyMaterialId(key),
    CustomerMasterKeySpec: key.keySpec as CustomerMasterKeySpec,
    Description: key.description,
    Enabled: key.state === 'Enabled',
    EncryptionAlgorithms: encryptionAlgorithms(key.keySpec, key.keyUsage),
    KeyId: key.keyId,
    KeyManager: key.keyManager,
    KeySpec: key.keySpec,
    KeyState: key.state,
    KeyUsage: key.keyUsage,
    MultiRegion: false,
    Origin: key.origin,
  };
}

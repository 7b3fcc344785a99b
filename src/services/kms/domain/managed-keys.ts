import type { GrantOperation } from '../model.ts';

/** An AWS managed key: one for each account and Region, made at its first use. */
export interface ManagedKeyFacts {
  readonly aliasName: string;
  readonly description: string;
  readonly backingKeyUsage: 'acm-private-key';
  /** Through which the key is made and used, for example `acm.amazonaws.com`. */
  readonly service: string;
  /** What the service's own grant allows it. */
  readonly serviceOperations: readonly GrantOperation[];
  /** The service as a principal in a Region: grantee and retiring principal of its own grant. */
  principal(region: string): string;
  policy(place: { readonly account: string; readonly region: string }): object;
}

export const acmManagedKey: ManagedKeyFacts = {
  aliasName: 'alias/aws/acm',
  description: 'Default key that protects my ACM private keys when no other key is defined',
  backingKeyUsage: 'acm-private-key',
  service: 'acm.amazonaws.com',
  serviceOperations: ['Encrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  principal: (region) => `acm.${region}.amazonaws.com`,
  policy: ({ account, region }) => acmKeyPolicy(account, `acm.${region}.amazonaws.com`),
};

const everybody = { AWS: '*' };

/** The owner may look and revoke; everything else goes through ACM, and re-encryption stays under the key. */
function acmKeyPolicy(account: string, viaService: string): object {
  const throughAcm = { 'kms:CallerAccount': account, 'kms:ViaService': viaService };
  const creationOf = (sid: string, operations: string | readonly string[]): object => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: everybody,
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: {
      StringEquals: throughAcm,
      'ForAllValues:StringEquals': { 'kms:GrantOperations': operations },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    },
  });
  return {
    Version: '2012-10-17',
    Id: 'auto-acm-4',
    Statement: [
      creationOf('Allow creation of decryption grants', 'Decrypt'),
      creationOf('Allow creation of encryption grant', ['Encrypt', 'ReEncryptFrom', 'ReEncryptTo']),
      {
        Sid: 'Allowed operations for the key owner',
        Effect: 'Allow',
        Principal: everybody,
        Action: ['kms:DescribeKey', 'kms:ListGrants', 'kms:RevokeGrant', 'kms:GetKeyPolicy'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': account } },
      },
      {
        Sid: 'Deny re-encryption to any other key',
        Effect: 'Deny',
        Principal: everybody,
        Action: 'kms:ReEncrypt*',
        Resource: '*',
        Condition: { Bool: { 'kms:ReEncryptOnSameKey': 'false' } },
      },
      {
        Sid: 'Allow decrypt',
        Effect: 'Allow',
        Principal: everybody,
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: throughAcm },
      },
    ],
  };
}

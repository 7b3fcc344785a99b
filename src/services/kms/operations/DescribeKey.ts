import { operation } from '../../../aws/operation.ts';
import { authorizeKey } from '../authorization.ts';
import { aliasArn } from '../domain/alias.ts';
import { acmManagedKey } from '../domain/managed-keys.ts';
import { checkGrantTokens } from '../grant-token.ts';
import { locateKey } from '../key-id.ts';
import { keyMetadata } from '../key-metadata.ts';
import { ensureManagedKey } from '../managed-key.ts';
import type { DescribeKeyRequest, DescribeKeyResponse } from '../model.ts';
import type { KmsPorts } from '../ports.ts';

export const DescribeKey = operation<DescribeKeyRequest, DescribeKeyResponse, KmsPorts>(
  'DescribeKey',
  async (input, call, ports) => {
    checkGrantTokens(input.GrantTokens);
    // Who asks for the predefined alias of a service whose key is not there yet makes it.
    const { account, region } = call;
    const name = acmManagedKey.aliasName;
    if ([name, aliasArn({ account, region, name })].includes(input.KeyId))
      await ensureManagedKey(call.via(acmManagedKey.service), ports, acmManagedKey);
    const located = await locateKey(call, ports, input.KeyId, {
      action: 'kms:DescribeKey',
      byAlias: true,
      acrossAccounts: true,
    });
    await authorizeKey(call, ports, located, 'kms:DescribeKey', { grantOperation: 'DescribeKey' });
    return { KeyMetadata: keyMetadata(located.key) };
  },
);

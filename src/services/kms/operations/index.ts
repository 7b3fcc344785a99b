import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { KmsPorts } from '../ports.ts';
import { CreateAlias } from './CreateAlias.ts';
import { CreateGrant } from './CreateGrant.ts';
import { CreateKey } from './CreateKey.ts';
import { Decrypt } from './Decrypt.ts';
import { DeleteAlias } from './DeleteAlias.ts';
import { DescribeKey } from './DescribeKey.ts';
import { DisableKey } from './DisableKey.ts';
import { EnableKey } from './EnableKey.ts';
import { Encrypt } from './Encrypt.ts';
import { GenerateDataKey } from './GenerateDataKey.ts';
import { GenerateRandom } from './GenerateRandom.ts';
import { GetKeyPolicy } from './GetKeyPolicy.ts';
import { ListAliases } from './ListAliases.ts';
import { ListGrants } from './ListGrants.ts';
import { ListKeyPolicies } from './ListKeyPolicies.ts';
import { ListKeys } from './ListKeys.ts';
import { PutKeyPolicy } from './PutKeyPolicy.ts';
import { ReEncrypt } from './ReEncrypt.ts';
import { RetireGrant } from './RetireGrant.ts';
import { RevokeGrant } from './RevokeGrant.ts';

export const operations = {
  CreateAlias,
  CreateGrant,
  CreateKey,
  Decrypt,
  DeleteAlias,
  DescribeKey,
  DisableKey,
  EnableKey,
  Encrypt,
  GenerateDataKey,
  GenerateRandom,
  GetKeyPolicy,
  ListAliases,
  ListGrants,
  ListKeyPolicies,
  ListKeys,
  PutKeyPolicy,
  ReEncrypt,
  RetireGrant,
  RevokeGrant,
} satisfies Record<OperationName, Operation<KmsPorts>>;

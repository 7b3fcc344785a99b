import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { StsPorts } from '../ports.ts';
import { AssumeRole } from './AssumeRole.ts';
import { AssumeRoleWithWebIdentity } from './AssumeRoleWithWebIdentity.ts';
import { DecodeAuthorizationMessage } from './DecodeAuthorizationMessage.ts';
import { GetAccessKeyInfo } from './GetAccessKeyInfo.ts';
import { GetCallerIdentity } from './GetCallerIdentity.ts';
import { GetFederationToken } from './GetFederationToken.ts';
import { GetSessionToken } from './GetSessionToken.ts';

export const operations = {
  AssumeRole,
  AssumeRoleWithWebIdentity,
  DecodeAuthorizationMessage,
  GetAccessKeyInfo,
  GetCallerIdentity,
  GetFederationToken,
  GetSessionToken,
} satisfies Record<OperationName, Operation<StsPorts>>;

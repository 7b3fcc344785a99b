import { accountId, type AccountId } from '../../src/aws/arn.ts';
import type {
  RoleSessionPrincipal,
  RootPrincipal,
  UserPrincipal,
} from '../../src/aws/principal.ts';

export const account = accountId('111122223333');
export const otherAccount = accountId('444455556666');

export function user(userName: string, of: AccountId = account): UserPrincipal {
  return {
    type: 'user',
    account: of,
    arn: `arn:aws:iam::${of}:user/${userName}`,
    principalId: `AIDA${userName}`,
    accessKeyId: 'AKIA',
    userName,
  };
}

export const root: RootPrincipal = {
  type: 'root',
  account,
  arn: `arn:aws:iam::${account}:root`,
  principalId: account,
  accessKeyId: 'AKIA',
};

/** A session of the role in whose name services decrypt the keys of certificates. */
export const gateway: RoleSessionPrincipal = {
  type: 'role-session',
  account,
  arn: `arn:aws:sts::${account}:assumed-role/gateway/one`,
  principalId: 'AROA:one',
  accessKeyId: 'ASIA',
  roleArn: `arn:aws:iam::${account}:role/gateway`,
  roleName: 'gateway',
  roleId: 'AROA',
  sessionName: 'one',
  service: 'tlsconnectionmanager.amazonaws.com',
};

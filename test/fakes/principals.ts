import { accountId, type AccountId } from '../../src/aws/arn.ts';
import type { PrincipalNames } from '../../src/aws/policy/principal-names.ts';
import type {
  RoleSessionPrincipal,
  RootPrincipal,
  UserPrincipal,
} from '../../src/aws/principal.ts';

/** That of the only user or role of this name. */
function uniqueId(prefix: 'AIDA' | 'AROA', name: string): string {
  return `${prefix}${name
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, 'X')
    .padEnd(16, '0')}`;
}

/** Every user and role of tests is there, but for those whose ARN is among `gone`. */
export class FakePrincipals implements PrincipalNames {
  readonly gone = new Set<string>();
  /** As before unique ids were kept. */
  keepsArns = false;
  readonly #shown = new Map<string, string>();

  async kept(name: string): Promise<string | undefined> {
    if (this.gone.has(name)) return undefined;
    const id = this.keepsArns ? name : keptName(name);
    this.#shown.set(id, name);
    return id;
  }

  async shown(kept: string): Promise<string> {
    const name = this.#shown.get(kept) ?? kept;
    return this.gone.has(name) ? kept : name;
  }
}

function keptName(name: string): string {
  const [, kind, first = '', session] =
    /:(user|role|assumed-role)\/([^/]+)(?:\/(.+))?$/.exec(name) ?? [];
  if (kind === undefined) return name;
  const id = uniqueId(kind === 'user' ? 'AIDA' : 'AROA', first);
  return session === undefined ? id : `${id}:${session}`;
}

export const account = accountId('111122223333');
export const otherAccount = accountId('444455556666');

export function user(userName: string, of: AccountId = account): UserPrincipal {
  return {
    type: 'user',
    account: of,
    arn: `arn:aws:iam::${of}:user/${userName}`,
    principalId: uniqueId('AIDA', userName),
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
  principalId: `${uniqueId('AROA', 'gateway')}:one`,
  accessKeyId: 'ASIA',
  roleArn: `arn:aws:iam::${account}:role/gateway`,
  roleName: 'gateway',
  roleId: uniqueId('AROA', 'gateway'),
  sessionName: 'one',
  service: 'tlsconnectionmanager.amazonaws.com',
};

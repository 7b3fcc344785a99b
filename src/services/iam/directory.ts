import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Credential, Directory } from '../../aws/directory.ts';
import type { Principal, RoleSessionPrincipal } from '../../aws/principal.ts';
import { Secret } from '../../lib/secret.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import { roleArn, sessionArn, userArn } from './arn.ts';
import { accountOfAccessKey } from './domain/identifiers.ts';
import { OpenedCredentials } from './opened-credentials.ts';
import type { IamPorts } from './ports.ts';
import { splitSessionSecret } from './sessions.ts';
import type { UserAccessKey } from './sets/users.ts';

/**
 * Who is known, as of the last commit at each request. Opened secrets are remembered here, users and sessions by
 * the Authority.
 */
export class StoredDirectory implements Directory {
  readonly #ports: IamPorts;
  readonly #secrets: OpenedCredentials;
  /** Of access keys that have not changed since. */
  readonly #ofUsers = new WeakMap<UserAccessKey, Credential>();

  constructor(ports: IamPorts) {
    this.#ports = ports;
    this.#secrets = new OpenedCredentials(ports.credentials);
  }

  credential(accessKeyId: string): Soon<Credential | undefined> {
    const account = accountOfAccessKey(accessKeyId);
    if (account === undefined) return undefined;
    return accessKeyId.startsWith('AKIA')
      ? this.#ofUser(accountId(account), accessKeyId)
      : this.#ofSession(accountId(account), accessKeyId);
  }

  policiesOf(principal: Principal): ReturnType<Directory['policiesOf']> {
    switch (principal.type) {
      case 'root':
      case 'service':
        return { identity: [] };
      case 'user': {
        const { account, userName } = principal;
        const { users, identities } = this.#ports;
        return soon(users.find(account, userName), (user) =>
          user === undefined ? { identity: [] } : identities.ofUser(user),
        );
      }
      case 'role-session':
        return this.#policiesOfSession(principal);
    }
  }

  async #policiesOfSession({ account, accessKeyId, roleName }: RoleSessionPrincipal) {
    const { sessions, roles, identities } = this.#ports;
    const session = await sessions.find(account, accessKeyId);
    const role = await roles.find(account, roleName);
    if (session === undefined || role === undefined) return { identity: [], session: [] };
    const policies = await identities.ofRole(role);
    return session.policies === null ? policies : { ...policies, session: session.policies };
  }

  #ofUser(account: AccountId, accessKeyId: string): Soon<Credential | undefined> {
    return soon(this.#ports.users.activeKey(account, accessKeyId), (key) =>
      key === undefined ? undefined : this.#ofUserKey(account, accessKeyId, key),
    );
  }

  #ofUserKey(account: AccountId, accessKeyId: string, key: UserAccessKey): Soon<Credential> {
    const { userName, path, userId } = key.user;
    const opened = this.#secrets.of(
      { accessKeyId, ownerId: userId },
      key.ciphertext,
      (plaintext) => ({ secretAccessKey: new Secret(plaintext) }),
    );
    return soon(opened, ({ secrets, receipt }) => {
      const known = this.#ofUsers.get(key);
      const isKnown = known?.secretAccessKey === secrets.secretAccessKey;
      const credential: Credential = isKnown
        ? known
        : {
            principal: {
              type: 'user',
              account,
              arn: userArn({ account, path, userName }),
              principalId: userId,
              accessKeyId,
              userName,
            },
            ...secrets,
            isMfaAuthenticated: false,
          };
      if (!isKnown) this.#ofUsers.set(key, credential);
      return receipt === undefined ? credential : { ...credential, receipt };
    });
  }

  async #ofSession(account: AccountId, accessKeyId: string): Promise<Credential | undefined> {
    const row = (await this.#ports.sessions.find(account, accessKeyId))?.row;
    const role = row && (await this.#ports.roles.find(account, row.role_name))?.role;
    if (row === undefined || role === undefined) return undefined;
    const { roleName, roleId, path, service } = role;
    const sessionName = row.session_name;
    const { secrets, receipt } = await this.#secrets.of(
      { accessKeyId, ownerId: roleId },
      row.ciphertext,
      splitSessionSecret,
    );
    const principal: RoleSessionPrincipal = {
      type: 'role-session',
      account,
      arn: sessionArn(account, roleName, sessionName),
      principalId: `${roleId}:${sessionName}`,
      accessKeyId,
      roleArn: roleArn(account, path, roleName),
      roleName,
      roleId,
      sessionName,
      issuedAt: Temporal.Instant.fromEpochMilliseconds(row.issued_at),
      ...(service === undefined ? {} : { service }),
    };
    return {
      principal,
      ...secrets,
      expiresAt: Temporal.Instant.fromEpochMilliseconds(row.expires_at),
      isMfaAuthenticated: false,
      ...(receipt === undefined ? {} : { receipt }),
    };
  }
}

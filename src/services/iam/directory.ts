import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Credential, Directory } from '../../aws/directory.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Principal, RoleSessionPrincipal } from '../../aws/principal.ts';
import { Secret } from '../../lib/secret.ts';
import { soon, type Soon } from '../../lib/soon.ts';
import { roleArn, sessionArn, userArn } from './arn.ts';
import type { UserAccessKey } from './authority-sets.ts';
import { accountOfAccessKey } from './domain/identifiers.ts';
import { serviceLinkedRoles } from './domain/service-linked-roles.ts';
import { OpenedCredentials } from './opened-credentials.ts';
import { Recent } from '../../lib/recent.ts';
import type { SealedCredentials } from './sealed-credentials.ts';
import { splitSessionSecret } from './sessions.ts';
import type { IamReader } from './store.ts';

/**
 * Who is known, as of the last commit at each request. Opened secrets are remembered here, users and sessions by
 * the Authority.
 */
export class StoredDirectory implements Directory {
  readonly #reader: IamReader;
  readonly #secrets: OpenedCredentials;
  readonly #rolePolicies = new Recent<PolicyDocument>(10);
  /** Of access keys that have not changed since. */
  readonly #ofUsers = new WeakMap<UserAccessKey, Credential>();

  constructor(reader: IamReader, credentials: SealedCredentials) {
    this.#reader = reader;
    this.#secrets = new OpenedCredentials(credentials);
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
        return soon(this.#reader.identityPolicies(account, userName), (identity) => ({ identity }));
      }
      case 'role-session':
        return this.#policiesOfSession(principal);
    }
  }

  async #policiesOfSession({ account, accessKeyId, roleName }: RoleSessionPrincipal) {
    const session = await this.#reader.session(account, accessKeyId);
    const role = serviceLinkedRoles[roleName];
    if (session === undefined || role === undefined) return { identity: [], session: [] };
    const identity = [
      this.#rolePolicies.get(role.policy, () => parsePolicy(role.policy, 'identity')),
    ];
    return session.policies === null ? { identity } : { identity, session: session.policies };
  }

  #ofUser(account: AccountId, accessKeyId: string): Soon<Credential | undefined> {
    return soon(this.#reader.accessKey(account, accessKeyId), (key) =>
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
    const row = await this.#reader.session(account, accessKeyId);
    const role = row && serviceLinkedRoles[row.role_name];
    if (row === undefined || role === undefined) return undefined;
    const { role_name: roleName, role_id: roleId, session_name: sessionName } = row;
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
      roleArn: roleArn(account, role.path, roleName),
      roleName,
      roleId,
      sessionName,
      issuedAt: Temporal.Instant.fromEpochMilliseconds(row.issued_at),
      service: role.service,
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

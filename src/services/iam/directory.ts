import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Credential, Directory } from '../../aws/directory.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Principal, RoleSessionPrincipal } from '../../aws/principal.ts';
import { Secret } from '../../lib/secret.ts';
import { roleArn, sessionArn, userArn } from './arn.ts';
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

  constructor(reader: IamReader, credentials: SealedCredentials) {
    this.#reader = reader;
    this.#secrets = new OpenedCredentials(credentials);
  }

  async credential(accessKeyId: string): Promise<Credential | undefined> {
    const account = accountOfAccessKey(accessKeyId);
    if (account === undefined) return undefined;
    return accessKeyId.startsWith('AKIA')
      ? this.#ofUser(accountId(account), accessKeyId)
      : this.#ofSession(accountId(account), accessKeyId);
  }

  async policiesOf(principal: Principal): ReturnType<Directory['policiesOf']> {
    switch (principal.type) {
      case 'root':
      case 'service':
        return { identity: [] };
      case 'user': {
        const { account, userName } = principal;
        return { identity: await this.#reader.identityPolicies(account, userName) };
      }
      case 'role-session': {
        const session = await this.#reader.session(principal.account, principal.accessKeyId);
        const role = serviceLinkedRoles[principal.roleName];
        if (session === undefined || role === undefined) return { identity: [], session: [] };
        const identity = [
          this.#rolePolicies.get(role.policy, () => parsePolicy(role.policy, 'identity')),
        ];
        return session.policies === null ? { identity } : { identity, session: session.policies };
      }
    }
  }

  async #ofUser(account: AccountId, accessKeyId: string): Promise<Credential | undefined> {
    const row = await this.#reader.accessKey(account, accessKeyId);
    if (row === undefined) return undefined;
    const { user, ciphertext } = row;
    const { userName, path, userId } = user;
    const { secrets, receipt } = await this.#secrets.of(
      { accessKeyId, ownerId: userId },
      ciphertext,
      (plaintext) => ({ secretAccessKey: new Secret(plaintext) }),
    );
    return {
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
      ...(receipt === undefined ? {} : { receipt }),
    };
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

import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Credential, Directory } from '../../aws/directory.ts';
import { parsePolicy, type PolicyKind } from '../../aws/policy/parse.ts';
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
 * Who is known. Keys, users and policies are read for each request, so that every commit holds at once;
 * only what is slow is remembered: opened secrets and parsed documents.
 */
export class StoredDirectory implements Directory {
  readonly #reader: IamReader;
  readonly #secrets: OpenedCredentials;
  readonly #documents = new Recent<PolicyDocument>(1000);

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
        const policies = await this.#reader.policies(principal.account, principal.userName);
        return { identity: this.#parse([...policies.values()], 'identity') };
      }
      case 'role-session': {
        const session = await this.#reader.session(principal.account, principal.accessKeyId);
        const role = serviceLinkedRoles[principal.roleName];
        if (session === undefined || role === undefined) return { identity: [], session: [] };
        const identity = this.#parse([role.policy], 'identity');
        if (session.policies === null) return { identity };
        return {
          identity,
          session: this.#parse(JSON.parse(session.policies) as string[], 'session'),
        };
      }
    }
  }

  async #ofUser(account: AccountId, accessKeyId: string): Promise<Credential | undefined> {
    const row = await this.#reader.accessKey(account, accessKeyId);
    if (row === undefined) return undefined;
    const { user_name: userName, path, user_id: userId, ciphertext } = row;
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

  #parse(documents: readonly string[], kind: PolicyKind): PolicyDocument[] {
    return documents.map((text) =>
      this.#documents.get(`${kind} ${text}`, () => parsePolicy(text, kind)),
    );
  }
}

import { hash } from 'node:crypto';
import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Credential, Directory, PrincipalPolicies } from '../../aws/directory.ts';
import type { Principal, SignedPrincipal } from '../../aws/principal.ts';
import type { Session } from '../../aws/session.ts';
import { accountOfAccessKey } from '../../lib/access-key-id.ts';
import { Secret } from '../../lib/secret.ts';
import { soon, soonAll, type Soon } from '../../lib/soon.ts';
import { federatedUserArn, roleArn, rootArn, sessionArn, userArn } from './arn.ts';
import { OpenedCredentials } from './opened-credentials.ts';
import type { IamPorts } from './ports.ts';
import { openSession, type OpenedSession } from './session-token.ts';
import type { MfaDevice } from './sets/devices.ts';
import type { RoleSet } from './sets/roles.ts';
import type { User, UserAccessKey } from './sets/users.ts';

/**
 * Who is known, as of the last commit at each request. Opened secrets are remembered here, users and roles by
 * the Authority.
 */
export class StoredDirectory implements Directory {
  readonly #ports: IamPorts;
  readonly #secrets = new OpenedCredentials<{ secretAccessKey: Secret }>();
  readonly #sessions = new OpenedCredentials<OpenedSession>();
  /** Of access keys that have not changed since. */
  readonly #ofUsers = new WeakMap<UserAccessKey, Credential>();
  /** Of sessions, with what they were made of. */
  readonly #ofSessions = new WeakMap<OpenedSession, { of: RoleSet | User; is: Credential }>();

  constructor(ports: IamPorts) {
    this.#ports = ports;
  }

  credential(accessKeyId: string, sessionToken: string | undefined): Soon<Credential | undefined> {
    const account = accountOfAccessKey(accessKeyId);
    if (account === undefined) return undefined;
    if (accessKeyId.startsWith('AKIA'))
      return sessionToken === undefined ? this.#ofUser(accountId(account), accessKeyId) : undefined;
    return sessionToken === undefined
      ? undefined
      : this.#ofToken(accountId(account), accessKeyId, sessionToken);
  }

  policiesOf(principal: Principal, session: Session | undefined): Soon<PrincipalPolicies> {
    if (principal.type === 'service' || principal.type === 'web-identity') return { identity: [] };
    const identity = this.#identityOf(principal);
    if (session?.policies === undefined) return identity;
    const { documents, arns } = session.policies;
    const { identities } = this.#ports;
    return soon(identity, (policies) =>
      soon(soonAll(arns.map((arn) => identities.managed(arn))), (managed) => ({
        ...policies,
        session: [...documents, ...managed.filter((each) => each !== undefined)],
      })),
    );
  }

  #identityOf(principal: SignedPrincipal): Soon<PrincipalPolicies> {
    const { users, roles, identities } = this.#ports;
    const nobody = { identity: [] };
    switch (principal.type) {
      case 'root':
        return nobody;
      case 'user':
      case 'federated-user':
        return soon(users.find(principal.account, principal.userName), (user) =>
          user === undefined ? nobody : identities.ofUser(user),
        );
      case 'role-session':
        return soon(roles.find(principal.account, principal.roleName), (role) =>
          role?.role.roleId === principal.roleId ? identities.ofRole(role) : nobody,
        );
    }
  }

  #ofUser(account: AccountId, accessKeyId: string): Soon<Credential | undefined> {
    return soon(this.#ports.users.activeKey(account, accessKeyId), (key) =>
      key === undefined ? undefined : this.#ofUserKey(account, accessKeyId, key),
    );
  }

  #ofUserKey(account: AccountId, accessKeyId: string, key: UserAccessKey): Soon<Credential> {
    const { userName, path, userId, tags } = key.user;
    const owner = { accessKeyId, ownerId: userId };
    const opened = this.#secrets.of(`${accessKeyId} ${userId}`, async () => {
      const { plaintext, receipt } = await this.#ports.credentials.open(owner, key.ciphertext);
      return { value: { secretAccessKey: new Secret(plaintext) }, receipt };
    });
    return soon(opened, ({ value: { secretAccessKey }, receipt }) => {
      const known = this.#ofUsers.get(key);
      const isKnown = known?.secretAccessKey === secretAccessKey;
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
            secretAccessKey,
            tags,
          };
      if (!isKnown) this.#ofUsers.set(key, credential);
      return receipt === undefined ? credential : { ...credential, receipt };
    });
  }

  /**
   * Sessions are remembered by the hash of their token: whoever finds one has the token. Each call asks anew whether the
   * role, or the user and the key with which the session was made, are still there.
   */
  #ofToken(account: AccountId, accessKeyId: string, token: string): Soon<Credential | undefined> {
    const key = `${accessKeyId} ${hash('sha256', token, 'base64')}`;
    const opened = this.#sessions.of(key, async () => {
      const found = await openSession(this.#ports.credentials, accessKeyId, token);
      if (found === undefined) throw new NoSession();
      return found;
    });
    const made = soon(opened, ({ value, receipt }) =>
      soon(this.#ofSession(account, accessKeyId, value), (credential) =>
        credential === undefined || receipt === undefined ? credential : { ...credential, receipt },
      ),
    );
    return made instanceof Promise ? made.catch(undefinedWhenNone) : made;
  }

  #ofSession(
    account: AccountId,
    accessKeyId: string,
    opened: OpenedSession,
  ): Soon<Credential | undefined> {
    const { who } = opened;
    const { users, roles } = this.#ports;
    const signed = { account, accessKeyId };
    switch (who.kind) {
      case 'root':
        return this.#ofRoot(opened, signed);
      case 'role':
        return soon(roles.find(account, who.roleName), (set) =>
          set?.role.roleId === who.roleId
            ? this.#known(opened, set, () => ofRole(opened, set, signed))
            : undefined,
        );
      case 'user':
      case 'federated-user':
        return soon(users.activeKey(account, who.byKey), (key) =>
          key?.user.userId === who.userId
            ? this.#known(opened, key.user, () => ofUser(opened, key.user, signed))
            : undefined,
        );
    }
  }

  /** Since root has a device, only sessions with a code hold, and of those only such as a device is older than. */
  async #ofRoot(opened: OpenedSession, signed: SignedAs): Promise<Credential | undefined> {
    const { account } = signed;
    const devices = await this.#ports.devices.of(account, 'root');
    const { mfaAt } = opened.session;
    const isOlder = ({ enabledAt }: MfaDevice): boolean =>
      mfaAt !== undefined &&
      enabledAt !== undefined &&
      Temporal.Instant.compare(enabledAt, mfaAt) <= 0;
    if (devices.length > 0 && !devices.some(isOlder)) return undefined;
    const arn = rootArn(account);
    return credentialOf(opened, { type: 'root', ...signed, arn, principalId: account });
  }

  #known(opened: OpenedSession, of: RoleSet | User, make: () => Credential): Credential {
    const known = this.#ofSessions.get(opened);
    if (known?.of === of) return known.is;
    const is = make();
    this.#ofSessions.set(opened, { of, is });
    return is;
  }
}

/** The token is none of ours. */
class NoSession extends Error {}

function undefinedWhenNone(error: unknown): undefined {
  if (!(error instanceof NoSession)) throw error;
}

interface SignedAs {
  readonly account: AccountId;
  readonly accessKeyId: string;
}

function ofRole(opened: OpenedSession, { role }: RoleSet, signed: SignedAs): Credential {
  if (opened.who.kind !== 'role') throw new TypeError('no session of a role');
  const { sessionName } = opened.who;
  const { roleName, roleId, path, service } = role;
  const principal: SignedPrincipal = {
    type: 'role-session',
    ...signed,
    arn: sessionArn(signed.account, roleName, sessionName),
    principalId: `${roleId}:${sessionName}`,
    roleArn: roleArn(signed.account, path, roleName),
    roleName,
    roleId,
    sessionName,
    ...(service === undefined ? {} : { service }),
  };
  return credentialOf(opened, principal, role.tags);
}

function ofUser(opened: OpenedSession, user: User, signed: SignedAs): Credential {
  const { userName, userId } = user;
  if (opened.who.kind !== 'federated-user') {
    const principal = {
      type: 'user',
      ...signed,
      arn: userArn(user),
      principalId: userId,
      userName,
    };
    return credentialOf(opened, principal as SignedPrincipal, user.tags);
  }
  const { name } = opened.who;
  return credentialOf(
    opened,
    {
      type: 'federated-user',
      ...signed,
      arn: federatedUserArn(signed.account, name),
      principalId: `${signed.account}:${name}`,
      name,
      userName,
      userArn: userArn(user),
      userId,
    },
    user.tags,
  );
}

/** Tags of the session take the place of those of the role or user. */
function credentialOf(
  { secretAccessKey, session }: OpenedSession,
  principal: SignedPrincipal,
  tags: NonNullable<Credential['tags']> = [],
): Credential {
  const given = new Set(session.tags.map(({ Key }) => Key.toLowerCase()));
  return {
    principal,
    secretAccessKey,
    session,
    tags: [...tags.filter(({ Key }) => !given.has(Key.toLowerCase())), ...session.tags],
  };
}

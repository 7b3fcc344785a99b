import type { AccountId } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import { reveal, Secret } from '../../lib/secret.ts';
import { Change } from '../../store/change.ts';
import { newAccessKeyId, newSecretCharacters, newUniqueId } from './domain/identifiers.ts';
import { serviceLinkedRoles } from './domain/service-linked-roles.ts';
import type { IamPorts } from './ports.ts';

/** Temporary credentials of service-linked roles. */
export interface Sessions {
  /** Adds a session to the call's Change, and the role too if the account has not had it yet. */
  create(call: Call, order: SessionOrder): Promise<TemporaryCredentials>;
  /** Forgets sessions that ended over a day ago. Resolves with their number. */
  removeExpired(now: Temporal.Instant, commit: (change: Change) => Promise<void>): Promise<number>;
}

export interface SessionOrder {
  readonly account: AccountId;
  /** One of the service-linked roles. */
  readonly roleName: string;
  /** 2 to 64 characters of `[\w+=,.@-]`. */
  readonly sessionName: string;
  /** Policy documents that narrow the role's: only what they allow too is allowed. */
  readonly policies?: readonly string[];
  /** 900 to 43,200. */
  readonly durationSeconds: number;
}

/** The caller disposes both secrets. */
interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expiresAt: Temporal.Instant;
}

/** Of the two secrets, which are kept one behind the other. */
const secretCharacters = 40;
const tokenCharacters = 344;
/** For so long an ended session is told that it is expired; after that its key is as unknown as any. */
const rememberedHours = 24;
const batchSize = 500;

export function sessionsDoor(ports: IamPorts): Sessions {
  const { sessions } = ports;
  return {
    create: (call, order) => create(call, order, ports),
    async removeExpired(now, commit) {
      const before = now.subtract({ hours: rememberedHours });
      for (let removed = 0; ;) {
        const batch = await sessions.expired(before, batchSize);
        const change = new Change();
        for (const each of batch) sessions.delete(change, each);
        await commit(change);
        removed += batch.length;
        if (batch.length < batchSize) return removed;
      }
    },
  };
}

async function create(
  call: Call,
  order: SessionOrder,
  ports: IamPorts,
): Promise<TemporaryCredentials> {
  const { account, roleName, sessionName, policies, durationSeconds } = order;
  check(order);
  const roleId = await ensureRole(call, account, roleName, ports);
  const accessKeyId = newAccessKeyId('ASIA', account, call.random);
  using both = new Secret(newSecretCharacters(secretCharacters + tokenCharacters, call.random));
  const owner = { accessKeyId, ownerId: roleId };
  const ciphertext = await ports.credentials.seal(call, owner, reveal(both));
  const issuedAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
  const expiresAt = issuedAt.add({ seconds: durationSeconds });
  ports.sessions.insert(call.change, {
    account,
    access_key_id: accessKeyId,
    role_name: roleName,
    session_name: sessionName,
    policies: policies === undefined ? null : JSON.stringify(policies),
    issued_at: issuedAt.epochMilliseconds,
    expires_at: expiresAt.epochMilliseconds,
    ciphertext,
  });
  const { secretAccessKey, sessionToken } = splitSessionSecret(reveal(both));
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt };
}

/** Overwrites `both`. */
export function splitSessionSecret(both: Uint8Array): {
  secretAccessKey: Secret;
  sessionToken: Secret;
} {
  const secretAccessKey = new Secret(new Uint8Array(both.subarray(0, secretCharacters)));
  const sessionToken = new Secret(new Uint8Array(both.subarray(secretCharacters)));
  both.fill(0);
  return { secretAccessKey, sessionToken };
}

function check({ roleName, sessionName, policies = [], durationSeconds }: SessionOrder): void {
  if (!Object.hasOwn(serviceLinkedRoles, roleName)) throw new TypeError('no such role');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw new TypeError('not a session name');
  if (!(durationSeconds >= 900 && durationSeconds <= 43_200))
    throw new TypeError('a session lasts from 15 minutes to 12 hours');
  for (const document of policies) parsePolicy(document, 'session');
}

async function ensureRole(
  call: Call,
  account: AccountId,
  roleName: string,
  { roles }: IamPorts,
): Promise<string> {
  const found = await roles.find(account, roleName);
  if (found !== undefined) return found.role.roleId;
  const roleId = newUniqueId('AROA', call.random);
  roles.insertServiceLinked(call.change, {
    account,
    roleName,
    roleId,
    createdAt: call.clock.now(),
  });
  return roleId;
}

import type { AccountId } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { parsePolicy } from '../../aws/policy/parse.ts';
import { Secret } from '../../lib/secret.ts';
import { newAccessKeyId, newSecretCharacters, newUniqueId } from './domain/identifiers.ts';
import { serviceLinkedRoles } from './domain/service-linked-roles.ts';
import type { IamPorts } from './ports.ts';
import { sealSession, secretCharacters, type SessionClaims } from './session-token.ts';

/** Temporary credentials. */
export interface Sessions {
  /** Of a service-linked role, which the call's Change makes if the account has not had it yet. */
  create(call: Call, order: SessionOrder): Promise<TemporaryCredentials>;
  /** Of anybody; what is claimed has been checked. */
  issue(call: Call, order: SessionClaimsOrder): Promise<TemporaryCredentials>;
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

interface SessionClaimsOrder {
  readonly account: string;
  readonly claims: Omit<SessionClaims, 'issuedAt' | 'expiresAt'>;
  readonly durationSeconds: number;
}

/** The caller disposes both secrets. */
interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expiresAt: Temporal.Instant;
}

export function sessionsDoor(ports: IamPorts): Sessions {
  return {
    create: (call, order) => create(call, order, ports),
    issue: (call, order) => issue(call, order, ports),
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
  const who = { kind: 'role', roleName, roleId, sessionName } as const;
  const claims = { who, ...(policies === undefined ? {} : { policies: [...policies] }) };
  return issue(call, { account, claims, durationSeconds }, ports);
}

async function issue(
  call: Call,
  { account, claims, durationSeconds }: SessionClaimsOrder,
  { credentials }: IamPorts,
): Promise<TemporaryCredentials> {
  const accessKeyId = newAccessKeyId('ASIA', account, call.random);
  const issuedAt = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
  const expiresAt = issuedAt.add({ seconds: durationSeconds });
  using onFailure = new DisposableStack();
  const secretAccessKey = new Secret(newSecretCharacters(secretCharacters, call.random));
  onFailure.use(secretAccessKey);
  const sessionToken = await sealSession(call, credentials, accessKeyId, {
    secretAccessKey,
    claims: {
      ...claims,
      issuedAt: issuedAt.epochMilliseconds,
      expiresAt: expiresAt.epochMilliseconds,
    },
  });
  onFailure.move();
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt };
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
  if (found !== undefined) {
    // Its name is reserved; a customer's role would have the customer's policies.
    if (found.role.service === undefined) throw new TypeError(`${roleName} is a customer's role`);
    return found.role.roleId;
  }
  const roleId = newUniqueId('AROA', call.random);
  roles.insertServiceLinked(call.change, {
    account,
    roleName,
    roleId,
    createdAt: call.clock.now(),
  });
  return roleId;
}

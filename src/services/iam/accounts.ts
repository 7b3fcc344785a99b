import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import type { Random } from '../../lib/random.ts';
import type { Secret } from '../../lib/secret.ts';
import { addAccessKey } from './access-keys.ts';
import { newAccountId, newUniqueId } from './domain/identifiers.ts';
import type { IamPorts } from './ports.ts';
import type { User } from './sets/users.ts';

/** The operator's door: accounts, each with an admin user. Its root user has no access key, and never gets one. */
export interface Accounts {
  /** The account of the first start, or undefined before it. */
  first(): Promise<AccountId | undefined>;
  /** The oldest first, at most 1,000. */
  list(): Promise<readonly AccountId[]>;
  /** A number for an account that is to be made. */
  newId(random: Random): AccountId;
  /** Adds the first account to the call's Change, which only holds while there is none. */
  createFirst(call: Call, account: AccountId): Promise<NewAccount>;
  /** Adds an account to the call's Change. */
  create(call: Call, account: AccountId): Promise<NewAccount>;
}

export interface NewAccount {
  readonly account: AccountId;
  readonly adminUserName: string;
  readonly accessKeyId: string;
  /** 40 characters; given this once, the caller disposes it. */
  readonly secretAccessKey: Secret;
}

const maxListed = 1000;
const adminUserName = 'admin';
const administratorAccess = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

export function accountsDoor(ports: IamPorts): Accounts {
  const { accounts } = ports;
  return {
    async first() {
      const [oldest] = await accounts.all();
      return oldest && accountId(oldest.account);
    },
    async list() {
      return (await accounts.all()).slice(0, maxListed).map(({ account }) => accountId(account));
    },
    newId: newAccountId,
    async createFirst(call, account) {
      if ((await accounts.all()).length > 0) throw new TypeError('the first account is there');
      accounts.requireNone(call.change);
      return create(call, account, ports);
    },
    create: (call, account) => create(call, account, ports),
  };
}

async function create(call: Call, account: AccountId, ports: IamPorts): Promise<NewAccount> {
  const { accounts, users } = ports;
  const at = call.clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
  const admin: User = {
    account,
    userName: adminUserName,
    path: '/',
    userId: newUniqueId('AIDA', call.random),
    createdAt: at,
    tags: [],
    version: 0,
  };
  accounts.insert(call.change, account, afterAll(at, (await accounts.all()).at(-1)?.created_at));
  users.insert(call.change, admin);
  users.putPolicy(call.change, admin, 'AdministratorAccess', administratorAccess);
  const key = await addAccessKey(call, ports, admin);
  return { account, adminUserName, ...key };
}

/** Whatever the clock says: the oldest account is the installation's own, and no other may become that. */
function afterAll(now: Temporal.Instant, newest: number | undefined): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.max(now.epochMilliseconds, (newest ?? 0) + 1));
}

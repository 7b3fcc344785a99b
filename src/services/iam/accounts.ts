import { accountId, type AccountId } from '../../aws/arn.ts';
import type { Call } from '../../aws/call.ts';
import { CommonError } from '../../aws/errors.ts';
import type { Random } from '../../lib/random.ts';
import { accountOfAccessKey } from '../../lib/access-key-id.ts';
import type { Secret } from '../../lib/secret.ts';
import { addAccessKey } from './access-keys.ts';
import { isName, newAccountId, newUniqueId } from './domain/identifiers.ts';
import { EntityAlreadyExistsException } from './errors.ts';
import type { IamPorts } from './ports.ts';
import type { User } from './sets/users.ts';

/** The operator's door: accounts, each with an admin user. */
export interface Accounts {
  /** The account of the first start, or undefined before it. */
  first(): Promise<AccountId | undefined>;
  /** The oldest first. */
  list(): Promise<readonly AccountId[]>;
  /** A number for an account that is to be made. */
  newId(random: Random): AccountId;
  /** Adds the first account to the call's Change, which only holds while there is none. */
  createFirst(call: Call, account: AccountId): Promise<NewAccount>;
  /** Adds an account to the call's Change. */
  create(call: Call, account: AccountId): Promise<NewAccount>;
  /** Adds another admin user to the call's Change, for when nobody has a key any more. @throws EntityAlreadyExists */
  addAdmin(call: Call, account: AccountId, userName: string): Promise<NewAdmin>;
  /** Whether this is a user's access key that could sign a request now. */
  isActiveKey(accessKeyId: string): Promise<boolean>;
}

export interface NewAccount extends NewAdmin {
  readonly account: AccountId;
}

export interface NewAdmin {
  readonly adminUserName: string;
  readonly accessKeyId: string;
  /** 40 characters; given this once, the caller disposes it. */
  readonly secretAccessKey: Secret;
}

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
      return (await accounts.all()).map(({ account }) => accountId(account));
    },
    newId: newAccountId,
    async createFirst(call, account) {
      if ((await accounts.all()).length > 0) throw new TypeError('the first account is there');
      accounts.requireNone(call.change);
      return create(call, account, ports);
    },
    create: (call, account) => create(call, account, ports),
    addAdmin: (call, account, userName) => addAdmin(call, account, userName, ports),
    async isActiveKey(accessKeyId) {
      const account = accountOfAccessKey(accessKeyId);
      return (
        account !== undefined && (await ports.users.activeKey(account, accessKeyId)) !== undefined
      );
    },
  };
}

async function create(call: Call, account: AccountId, ports: IamPorts): Promise<NewAccount> {
  const { accounts } = ports;
  const at = afterAll(secondOf(call), (await accounts.all()).at(-1)?.created_at);
  accounts.insert(call.change, account, at);
  return { account, ...(await addAdmin(call, account, adminUserName, ports)) };
}

async function addAdmin(
  call: Call,
  account: AccountId,
  userName: string,
  ports: IamPorts,
): Promise<NewAdmin> {
  const { users } = ports;
  if (!isName(userName, 64))
    throw new CommonError('validation', `${userName} is not a name for a user`);
  if ((await users.find(account, userName)) !== undefined)
    throw new EntityAlreadyExistsException(`User with name ${userName} already exists.`);
  const admin: User = {
    account,
    userName,
    path: '/',
    userId: newUniqueId('AIDA', call.random),
    createdAt: secondOf(call),
    tags: [],
    version: 0,
  };
  users.insert(call.change, admin);
  users.putPolicy(call.change, admin, 'AdministratorAccess', administratorAccess);
  return { adminUserName: userName, ...(await addAccessKey(call, ports, admin)) };
}

function secondOf({ clock }: Call): Temporal.Instant {
  return clock.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
}

/** Whatever the clock says: the oldest account is the installation's own, and no other may become that. */
function afterAll(now: Temporal.Instant, newest: number | undefined): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.max(now.epochMilliseconds, (newest ?? 0) + 1));
}

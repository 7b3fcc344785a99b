import type { PrincipalNames } from '../../aws/policy/principal-names.ts';
import { roleArn, sessionArn, userArn } from './arn.ts';
import type { IamStores } from './store/index.ts';

type Stores = Pick<IamStores, 'users' | 'roles' | 'accounts'>;

/** Users and roles by their unique ids, as they are now. */
export function principalNames(stores: Stores): PrincipalNames {
  return {
    kept: async (name) => {
      if (/^A(ID|RO)A/.test(name))
        return (await arnOfId(name, stores)) === undefined ? undefined : name;
      const [, account = '', resource = ''] =
        /^(?:arn:aws:(?:iam|sts)::)?([0-9]{12})(?::(.+))?$/.exec(name) ?? [];
      if (account === '') return name;
      return (await hasAccount(account, stores))
        ? idOf(account, resource, name, stores)
        : undefined;
    },
    shown: async (kept) => (await arnOfId(kept, stores)) ?? kept,
  };
}

async function hasAccount(account: string, { accounts }: Stores): Promise<boolean> {
  return (await accounts.all()).some((each) => each.account === account);
}

async function idOf(
  account: string,
  resource: string,
  name: string,
  { users, roles }: Stores,
): Promise<string | undefined> {
  const [kind = '', ...path] = resource.split('/');
  const last = path.at(-1) ?? '';
  switch (kind) {
    case 'user': {
      const user = (await users.find(account, last))?.user;
      return user !== undefined && userArn(user) === name ? user.userId : undefined;
    }
    case 'role': {
      const role = (await roles.find(account, last))?.role;
      const isNamed = role !== undefined && roleArn(account, role.path, role.roleName) === name;
      return isNamed ? role.roleId : undefined;
    }
    case 'assumed-role': {
      const role = (await roles.find(account, path[0] ?? ''))?.role;
      return role?.roleName === path[0] && path.length === 2
        ? `${role?.roleId}:${last}`
        : undefined;
    }
    default:
      return name;
  }
}

/** Undefined when it is no id, or nobody has it. */
async function arnOfId(kept: string, { users, roles }: Stores): Promise<string | undefined> {
  if (kept.startsWith('AIDA')) {
    const found = await users.withId(kept);
    return found && userArn(found.user);
  }
  if (!kept.startsWith('AROA')) return undefined;
  const [roleId = '', session] = kept.split(':');
  const role = (await roles.withId(roleId))?.role;
  if (role === undefined) return undefined;
  return session === undefined
    ? roleArn(role.account, role.path, role.roleName)
    : sessionArn(role.account, role.roleName, session);
}

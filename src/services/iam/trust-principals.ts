import { roleArn, userArn } from './arn.ts';
import { MalformedPolicyDocumentException } from './errors.ts';
import type { IamStores } from './store/index.ts';

type Stores = Pick<IamStores, 'users' | 'roles'>;

/**
 * The trust policy as it is kept: users and roles that it names stand in it by their unique ids, so that it does not come
 * to mean another one who gets the name later.
 * @throws MalformedPolicyDocument for one who is not there
 * @see AWS IAM User Guide, "AWS JSON policy elements: Principal"
 */
export function bindPrincipals(document: string, stores: Stores): Promise<string> {
  return mapPrincipals(document, async (name) => {
    const [, account = '', kind, path = '/'] =
      /^arn:aws:iam::([0-9]{12}):(user|role)(\/.+)$/.exec(name) ?? [];
    if (kind === undefined) return name;
    const id = await idOf(kind, account, path, stores);
    if (id === undefined)
      throw new MalformedPolicyDocumentException(`Invalid principal in policy: "AWS":"${name}"`);
    return id;
  });
}

/** The trust policy as it is shown: with ARNs, and the bare ids of those who are not there any more. */
export function showPrincipals(document: string, { users, roles }: Stores): Promise<string> {
  return mapPrincipals(document, async (name) => {
    if (name.startsWith('AIDA')) {
      const found = await users.withId(name);
      return found === undefined ? name : userArn(found.user);
    }
    if (!name.startsWith('AROA')) return name;
    const found = await roles.withId(name);
    return found === undefined
      ? name
      : roleArn(found.role.account, found.role.path, found.role.roleName);
  });
}

async function idOf(
  kind: string,
  account: string,
  path: string,
  { users, roles }: Stores,
): Promise<string | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (kind === 'user') {
    const user = (await users.find(account, name))?.user;
    return user !== undefined && `${user.path}${user.userName}` === path ? user.userId : undefined;
  }
  const role = (await roles.find(account, name))?.role;
  return role !== undefined && `${role.path}${role.roleName}` === path ? role.roleId : undefined;
}

interface WithPrincipals {
  Statement: unknown;
}

/** Changes the `AWS` principals of a policy that is known to be well formed; its text stays when none changes. */
async function mapPrincipals(
  document: string,
  map: (name: string) => Promise<string>,
): Promise<string> {
  const policy = JSON.parse(document) as WithPrincipals;
  let isChanged = false;
  const mapped = async (name: unknown): Promise<unknown> => {
    if (typeof name !== 'string') return name;
    const other = await map(name);
    isChanged ||= other !== name;
    return other;
  };
  for (const statement of [policy.Statement].flat() as Record<string, unknown>[]) {
    const principal = statement['Principal'];
    if (typeof principal !== 'object' || principal === null || !('AWS' in principal)) continue;
    principal.AWS = Array.isArray(principal.AWS)
      ? await Promise.all(principal.AWS.map(mapped))
      : await mapped(principal.AWS);
  }
  return isChanged ? JSON.stringify(policy) : document;
}

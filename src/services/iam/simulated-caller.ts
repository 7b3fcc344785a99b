import { accountId } from '../../aws/arn.ts';
import type { Principal } from '../../aws/principal.ts';
import { groupArn, roleArn, sessionArn, userArn } from './arn.ts';
import { InvalidInputException, noSuchGroup, noSuchRole, noSuchUser } from './errors.ts';
import type { IamPorts } from './ports.ts';
import type { SimulatedCaller } from './simulate.ts';

/**
 * A user, group or role, and what its policies say.
 * @param arn of one of the account
 * @throws NoSuchEntity, InvalidInput
 */
export async function callerNamed(
  account: string,
  arn: string,
  ports: IamPorts,
): Promise<SimulatedCaller> {
  const [, owner, kind = '', path = ''] =
    /^arn:aws:iam::([0-9]{12}):(user|group|role)(\/.+)$/.exec(arn) ?? [];
  if (owner !== account) throw new InvalidInputException(`Invalid Entity Arn: ${arn}`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = await lookUp[kind as keyof typeof lookUp](account, name, ports);
  if (found.arn !== arn) throw new InvalidInputException(`Invalid Entity Arn: ${arn}`);
  return found.caller;
}

interface Found {
  readonly arn: string;
  readonly caller: SimulatedCaller;
}

const lookUp = {
  async user(account: string, name: string, { users, identities }: IamPorts): Promise<Found> {
    const set = await users.find(account, name);
    if (set === undefined) throw noSuchUser(name);
    const arn = userArn(set.user);
    const { userName, userId } = set.user;
    return {
      arn,
      caller: {
        principal: callerPrincipal(arn, { userName, principalId: userId }),
        ...(await identities.ofUser(set)),
      },
    };
  },
  async group(account: string, name: string, { groups, identities }: IamPorts): Promise<Found> {
    const set = await groups.find(account, name);
    if (set === undefined) throw noSuchGroup(name);
    const managed = await Promise.all(set.attached.map(async (arn) => identities.managed(arn)));
    const documents = managed.filter((each) => each !== undefined);
    return {
      arn: groupArn(set.group),
      caller: {
        // A group calls nothing: what its members would get by it.
        principal: callerPrincipal(userArn({ account, path: '/', userName: 'member' })),
        identity: [...set.identityPolicies, ...documents],
      },
    };
  },
  async role(account: string, name: string, { roles, identities }: IamPorts): Promise<Found> {
    const set = await roles.find(account, name);
    if (set === undefined) throw noSuchRole(name);
    const { role } = set;
    const arn = roleArn(account, role.path, role.roleName);
    const principal: Principal = {
      type: 'role-session',
      account: accountId(account),
      arn: sessionArn(account, role.roleName, 'simulated'),
      principalId: `${role.roleId}:simulated`,
      accessKeyId: '',
      roleArn: arn,
      roleName: role.roleName,
      roleId: role.roleId,
      sessionName: 'simulated',
      ...(role.service === undefined ? {} : { service: role.service }),
    };
    return { arn, caller: { principal, ...(await identities.ofRole(set)) } };
  },
} as const;

/** A user who need not be there: only the name counts. @throws InvalidInput when it is no ARN of a user */
export function callerPrincipal(
  arn: string,
  known: { readonly userName?: string; readonly principalId?: string } = {},
): Principal {
  const [, account = '', path = ''] = /^arn:aws:iam::([0-9]{12}):user(\/.+)$/.exec(arn) ?? [];
  if (path === '') throw new InvalidInputException(`Invalid Input CallerArn: ${arn}`);
  return {
    type: 'user',
    account: accountId(account),
    arn,
    principalId: known.principalId ?? '',
    accessKeyId: '',
    userName: known.userName ?? path.slice(path.lastIndexOf('/') + 1),
  };
}

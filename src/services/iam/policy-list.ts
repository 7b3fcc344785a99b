import type { Call } from '../../aws/call.ts';
import { policyArn } from './arn.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { describeAwsPolicy, describePolicy, type PolicyUsage } from './domain/policy.ts';
import type {
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  Policy,
} from './model.ts';
import { paged, type ListPage } from './pagination.ts';
import { nameKey } from './sets/owner.ts';
import type { IamStores } from './store/index.ts';

/** So many policies are read at a time where only some of them fit. */
const batch = 100;

interface Listed {
  /** Those of AWS come first, each sort in the order of names. */
  readonly position: string;
  readonly policy: Policy;
}

/** A page of the managed policies that the filters let through. */
export async function listPolicies(
  call: Call,
  stores: Pick<IamStores, 'policies'>,
  input: ListPoliciesRequest,
  page: ListPage,
): Promise<ListPoliciesResponse> {
  const { Scope = 'All', PathPrefix = '/', OnlyAttached = false, PolicyUsageFilter } = input;
  const fits = ({ attachments, boundaries }: PolicyUsage): boolean => {
    if (PolicyUsageFilter === 'PermissionsPolicy' && attachments === 0) return false;
    if (PolicyUsageFilter === 'PermissionsBoundary' && boundaries === 0) return false;
    return !OnlyAttached || attachments + boundaries > 0;
  };
  const rows: Listed[] = [];
  const sources = [
    ...(Scope === 'Local' ? [] : [ofAws(call, stores, page.after)]),
    ...(Scope === 'AWS' ? [] : [ofCustomer(call, stores, page.after)]),
  ];
  for (const source of sources)
    for await (const { usage, ...each } of source) {
      if (rows.length > page.limit) break;
      if (each.policy.Path?.startsWith(PathPrefix) === true && fits(usage)) rows.push(each);
    }
  const { items, ...rest } = paged(rows, page, ({ position }) => position);
  return { Policies: items.map(({ policy }) => policy), ...rest };
}

async function* ofAws(
  call: Call,
  { policies }: Pick<IamStores, 'policies'>,
  after: string | undefined,
): AsyncGenerator<Listed & { usage: PolicyUsage }> {
  for (const each of awsManagedPolicies) {
    const position = `0${each.name}`;
    if (after !== undefined && position <= after) continue;
    const usage = await policies.usage(call.account, each.arn);
    yield {
      position,
      usage,
      policy: { ...describeAwsPolicy(each, usage), Description: undefined },
    };
  }
}

async function* ofCustomer(
  call: Call,
  { policies }: Pick<IamStores, 'policies'>,
  after: string | undefined,
): AsyncGenerator<Listed & { usage: PolicyUsage }> {
  let last = after?.startsWith('1') === true ? after.slice(1) : undefined;
  for (;;) {
    const found = await policies.page(call.account, { after: last, limit: batch });
    for (const { policy } of found) {
      last = nameKey(policy.policyName);
      const usage = await policies.usage(call.account, policyArn(policy));
      yield {
        position: `1${last}`,
        usage,
        policy: { ...describePolicy(policy, usage), Description: undefined },
      };
    }
    if (found.length < batch) return;
  }
}

type Entity =
  | { readonly position: string; readonly group: { GroupName: string; GroupId: string } }
  | { readonly position: string; readonly role: { RoleName: string; RoleId: string } }
  | { readonly position: string; readonly user: { UserName: string; UserId: string } };

/** A page of the groups, roles and users to which a policy is attached, or whose boundary it is. */
export async function listEntities(
  call: Call,
  stores: Pick<IamStores, 'groups' | 'roles' | 'users'>,
  input: ListEntitiesForPolicyRequest,
  page: ListPage,
): Promise<ListEntitiesForPolicyResponse> {
  const { PathPrefix = '/', PolicyUsageFilter } = input;
  const usages = (
    [
      ['PermissionsPolicy', 'attached'],
      ['PermissionsBoundary', 'boundary'],
    ] as const
  )
    .filter(([name]) => PolicyUsageFilter === undefined || PolicyUsageFilter === name)
    .map(([, usage]) => usage);
  const all = [
    ...(await groupsWith(call, stores, input, usages)),
    ...(await rolesWith(call, stores, input, usages)),
    ...(await usersWith(call, stores, input, usages)),
  ].filter(({ path }) => path.startsWith(PathPrefix));
  const byPosition = new Map(all.map((each) => [each.entity.position, each.entity]));
  const rows = [...byPosition.values()]
    .filter(({ position }) => page.after === undefined || position > page.after)
    .toSorted((a, b) => (a.position < b.position ? -1 : 1));
  const { items, ...rest } = paged(rows, page, ({ position }) => position);
  return {
    PolicyGroups: items.flatMap((each) => ('group' in each ? [each.group] : [])),
    PolicyRoles: items.flatMap((each) => ('role' in each ? [each.role] : [])),
    PolicyUsers: items.flatMap((each) => ('user' in each ? [each.user] : [])),
    ...rest,
  };
}

type Usages = readonly ('attached' | 'boundary')[];
interface Found {
  readonly path: string;
  readonly entity: Entity;
}

/** More than an account may have of them. */
const everyOne = { limit: 10_000 };

async function groupsWith(
  { account }: Call,
  { groups }: Pick<IamStores, 'groups'>,
  { PolicyArn, EntityFilter = 'Group' }: ListEntitiesForPolicyRequest,
  usages: Usages,
): Promise<Found[]> {
  // Groups have no boundaries.
  if (EntityFilter !== 'Group' || !usages.includes('attached')) return [];
  return (await groups.withPolicy(account, PolicyArn, everyOne)).map(({ group }) => ({
    path: group.path,
    entity: {
      position: `0${nameKey(group.groupName)}`,
      group: { GroupName: group.groupName, GroupId: group.groupId },
    },
  }));
}

async function rolesWith(
  { account }: Call,
  { roles }: Pick<IamStores, 'roles'>,
  { PolicyArn, EntityFilter = 'Role' }: ListEntitiesForPolicyRequest,
  usages: Usages,
): Promise<Found[]> {
  if (EntityFilter !== 'Role') return [];
  const found = await Promise.all(
    usages.map((usage) => roles.withPolicy(account, PolicyArn, usage, everyOne)),
  );
  return found.flat().map(({ role }) => ({
    path: role.path,
    entity: {
      position: `1${nameKey(role.roleName)}`,
      role: { RoleName: role.roleName, RoleId: role.roleId },
    },
  }));
}

async function usersWith(
  { account }: Call,
  { users }: Pick<IamStores, 'users'>,
  { PolicyArn, EntityFilter = 'User' }: ListEntitiesForPolicyRequest,
  usages: Usages,
): Promise<Found[]> {
  if (EntityFilter !== 'User') return [];
  const found = await Promise.all(
    usages.map((usage) => users.withPolicy(account, PolicyArn, usage, everyOne)),
  );
  return found.flat().map(({ user }) => ({
    path: user.path,
    entity: {
      position: `2${nameKey(user.userName)}`,
      user: { UserName: user.userName, UserId: user.userId },
    },
  }));
}

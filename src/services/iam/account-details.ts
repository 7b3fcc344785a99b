import type { Call } from '../../aws/call.ts';
import { policyArn } from './arn.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { encodeDocument } from './documents.ts';
import { describeGroup } from './domain/group.ts';
import { describeAwsPolicy, describePolicy, versionsOf } from './domain/policy.ts';
import { describeRole, describeUse } from './domain/role.ts';
import { describeUser } from './domain/user.ts';
import type {
  EntityType,
  GroupDetail,
  ManagedPolicyDetail,
  RoleDetail,
  UserDetail,
} from './model.ts';
import { attachedPolicy } from './policy-holder.ts';
import { nameKey } from './sets/owner.ts';
import type { IamStores } from './store/index.ts';
import { showPrincipals } from './trust-principals.ts';

/** One thing of an account, with all that is known of it, and its place in the list of all. */
export type AccountDetail = { readonly position: string } & (
  | { readonly user: UserDetail }
  | { readonly group: GroupDetail }
  | { readonly role: RoleDetail }
  | { readonly policy: ManagedPolicyDetail }
);

const batch = 100;

/** Users, groups, roles and policies of the account behind `after`, as many as are asked for. */
export async function* accountDetails(
  call: Call,
  stores: IamStores,
  { after, filter }: { after: string | undefined; filter: readonly EntityType[] },
): AsyncGenerator<AccountDetail> {
  const sorts = [
    ['0', 'User', users],
    ['1', 'Group', groups],
    ['2', 'Role', roles],
    ['3', 'LocalManagedPolicy', ownPolicies],
    ['4', 'AWSManagedPolicy', policiesOfAws],
  ] as const;
  for (const [prefix, sort, list] of sorts) {
    if (filter.length > 0 && !filter.includes(sort)) continue;
    if (after !== undefined && after.slice(0, 1) > prefix) continue;
    const start = after?.startsWith(prefix) === true ? after.slice(1) : undefined;
    for await (const { key, ...detail } of list(call, stores, start))
      yield { ...detail, position: `${prefix}${key}` };
  }
}

type Listed<Detail> = AsyncGenerator<Detail & { readonly key: string }>;

async function* users(
  { account }: Call,
  { users: store, groups: groupStore }: IamStores,
  after: string | undefined,
): Listed<{ user: UserDetail }> {
  for await (const set of inBatches(
    (last) => store.page(account, { after: last, limit: batch }),
    after,
    ({ user }) => nameKey(user.userName),
  )) {
    const joined = await Promise.all(
      set.groups.map(async (key) => (await groupStore.find(account, key))?.group.groupName),
    );
    yield {
      key: nameKey(set.user.userName),
      user: {
        ...describeUser(set),
        UserPolicyList: inline(set.policies),
        GroupList: joined.filter((each) => each !== undefined),
        AttachedManagedPolicies: attached(set.attached),
        Tags: set.user.tags,
      },
    };
  }
}

async function* groups(
  { account }: Call,
  { groups: store }: IamStores,
  after: string | undefined,
): Listed<{ group: GroupDetail }> {
  for await (const set of inBatches(
    (last) => store.page(account, { after: last, limit: batch }),
    after,
    ({ group }) => nameKey(group.groupName),
  ))
    yield {
      key: nameKey(set.group.groupName),
      group: {
        ...describeGroup(set.group),
        GroupPolicyList: inline(set.policies),
        AttachedManagedPolicies: attached(set.attached),
      },
    };
}

async function* roles(
  { account, clock }: Call,
  stores: IamStores,
  after: string | undefined,
): Listed<{ role: RoleDetail }> {
  for await (const set of inBatches(
    (last) => stores.roles.page(account, { after: last, limit: batch }),
    after,
    ({ role }) => role.roleName,
  )) {
    const trust = encodeDocument(await showPrincipals(set.role.trustPolicy, stores));
    const use = await stores.roles.use(account, set.role.roleName);
    yield {
      key: set.role.roleName,
      role: {
        ...describeRole(set.role, trust),
        InstanceProfileList: [],
        RolePolicyList: inline(set.policies),
        AttachedManagedPolicies: attached(set.attached),
        Tags: set.role.tags,
        RoleLastUsed: describeUse(use, clock.now()),
      },
    };
  }
}

async function* ownPolicies(
  { account }: Call,
  { policies: store }: IamStores,
  after: string | undefined,
): Listed<{ policy: ManagedPolicyDetail }> {
  for await (const set of inBatches(
    (last) => store.page(account, { after: last, limit: batch }),
    after,
    ({ policy }) => nameKey(policy.policyName),
  )) {
    const usage = await store.usage(account, policyArn(set.policy));
    yield {
      key: nameKey(set.policy.policyName),
      policy: {
        ...describePolicy(set.policy, usage),
        PolicyVersionList: versionsOf(set).map((each) => ({
          ...each,
          Document: encodeDocument(each.Document),
        })),
      },
    };
  }
}

/** Those that are in use. */
async function* policiesOfAws(
  { account }: Call,
  { policies: store }: IamStores,
  after: string | undefined,
): Listed<{ policy: ManagedPolicyDetail }> {
  for (const each of awsManagedPolicies) {
    if (after !== undefined && each.name <= after) continue;
    const usage = await store.usage(account, each.arn);
    if (usage.attachments + usage.boundaries === 0) continue;
    yield {
      key: each.name,
      policy: {
        ...describeAwsPolicy(each, usage),
        PolicyVersionList: versionsOf(each).map((version) => ({
          ...version,
          Document: encodeDocument(version.Document),
        })),
      },
    };
  }
}

async function* inBatches<Row>(
  read: (after: string | undefined) => Promise<readonly Row[]>,
  after: string | undefined,
  keyOf: (row: Row) => string,
): AsyncGenerator<Row> {
  for (let last = after; ;) {
    const rows = await read(last);
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < batch) return;
    last = keyOf(end);
  }
}

function inline(policies: ReadonlyMap<string, string>) {
  return [...policies].map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encodeDocument(document),
  }));
}

function attached(arns: readonly string[]) {
  return arns.map((arn) => {
    const { PolicyArn, PolicyName } = attachedPolicy(arn);
    return { PolicyArn, PolicyName };
  });
}

import type { Call } from '../../aws/call.ts';
import { parsePolicy, policySize } from '../../aws/policy/parse.ts';
import type { PolicyDocument } from '../../aws/policy/types.ts';
import type { Change } from '../../store/change.ts';
import { refuseMalformed } from './documents.ts';
import {
  LimitExceededException,
  NoSuchEntityException,
  protectedRole,
  quotaExceeded,
} from './errors.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import { readPolicyArn } from './arn.ts';
import { pagedNames, type ListPage } from './pagination.ts';
import type { IamPorts } from './ports.ts';
import type { GroupSet } from './sets/groups.ts';
import type { RoleSet } from './sets/roles.ts';
import type { UserSet } from './sets/users.ts';
import type { IamStores } from './store/index.ts';
import { requirePolicy } from './subjects.ts';

/** A user, group or role, as far as its policies go. */
export interface PolicyHolder {
  readonly type: 'user' | 'group' | 'role';
  readonly name: string;
  /** Inline documents by their names. */
  readonly policies: ReadonlyMap<string, string>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** Set for the gateways' role, of which others may only take away: the inline policy that nobody changes. */
  readonly ownPolicy?: string;
  /** Precedes every change of it. */
  touch(change: Change): void;
  putPolicy(change: Change, policyName: string, document: string): void;
  deletePolicy(change: Change, policyName: string): void;
  attach(change: Change, policyArn: string): void;
  detach(change: Change, policyArn: string): void;
}

export function userAsHolder(
  { user, policies, attached }: UserSet,
  { users }: IamStores,
): PolicyHolder {
  return {
    type: 'user',
    name: user.userName,
    policies,
    attached,
    touch: (change) => users.touch(change, user),
    putPolicy: (change, name, document) => users.putPolicy(change, user, name, document),
    deletePolicy: (change, name) => users.deletePolicy(change, user, name),
    attach: (change, arn) => users.attach(change, user, arn),
    detach: (change, arn) => users.detach(change, user, arn),
  };
}

export function groupAsHolder(
  { group, policies, attached }: GroupSet,
  { groups }: IamStores,
): PolicyHolder {
  return {
    type: 'group',
    name: group.groupName,
    policies,
    attached,
    touch: (change) => groups.touch(change, group),
    putPolicy: (change, name, document) => groups.putPolicy(change, group, name, document),
    deletePolicy: (change, name) => groups.deletePolicy(change, group, name),
    attach: (change, arn) => groups.attach(change, group, arn),
    detach: (change, arn) => groups.detach(change, group, arn),
  };
}

export function roleAsHolder(
  { role, policies, attached }: RoleSet,
  { roles }: IamStores,
): PolicyHolder {
  return {
    type: 'role',
    name: role.roleName,
    policies,
    attached,
    ...(role.service === undefined ? {} : { ownPolicy: role.roleName }),
    touch: (change) => roles.touch(change, role),
    putPolicy: (change, name, document) => roles.putPolicy(change, role, name, document),
    deletePolicy: (change, name) => roles.deletePolicy(change, role, name),
    attach: (change, arn) => roles.attach(change, role, arn),
    detach: (change, arn) => roles.detach(change, role, arn),
  };
}

/** Characters besides white space, of all inline policies together. @see "IAM and AWS STS quotas" */
const maxInlineCharacters = { user: 2048, group: 5120, role: 10_240 } as const;
const maxAttached = 10;
const quotaNames = {
  user: 'PoliciesPerUser',
  group: 'PoliciesPerGroup',
  role: 'PoliciesPerRole',
} as const;

/** @throws MalformedPolicyDocument, LimitExceeded, UnmodifiableEntity */
export function putInlinePolicy(
  { change }: Call,
  holder: PolicyHolder,
  { PolicyName, PolicyDocument }: { readonly PolicyName: string; readonly PolicyDocument: string },
): void {
  refuseMalformed(PolicyDocument, 'identity');
  refuseOwn(holder, PolicyName);
  refuseWidening(holder, parsePolicy(PolicyDocument, 'identity'));
  const policies = new Map(holder.policies).set(PolicyName, PolicyDocument);
  const size = [...policies.values()].reduce((sum, each) => sum + policySize(each), 0);
  const limit = maxInlineCharacters[holder.type];
  if (size > limit) {
    throw new LimitExceededException(
      `Maximum policy size of ${limit} bytes exceeded for ${holder.type} ${holder.name}`,
    );
  }
  holder.touch(change);
  holder.putPolicy(change, PolicyName, PolicyDocument);
}

/** @throws NoSuchEntity */
export function inlinePolicy(holder: PolicyHolder, policyName: string): string {
  const document = holder.policies.get(policyName);
  if (document === undefined)
    throw new NoSuchEntityException(
      `The ${holder.type} policy with name ${policyName} cannot be found.`,
    );
  return document;
}

/** Of the gateways' role every statement takes away, as it has what it needs. @throws UnmodifiableEntity */
function refuseWidening({ name, ownPolicy }: PolicyHolder, { statements }: PolicyDocument): void {
  if (ownPolicy !== undefined && statements.some(({ effect }) => effect === 'Allow'))
    throw protectedRole({ roleName: name }, 'other policies on it may only deny');
}

/** @throws UnmodifiableEntity */
function refuseOwn({ name, ownPolicy }: PolicyHolder, policyName: string): void {
  if (policyName === ownPolicy) throw protectedRole({ roleName: name });
}

/** @throws NoSuchEntity, UnmodifiableEntity */
export function deleteInlinePolicy(
  { change }: Call,
  holder: PolicyHolder,
  policyName: string,
): void {
  inlinePolicy(holder, policyName);
  refuseOwn(holder, policyName);
  holder.touch(change);
  holder.deletePolicy(change, policyName);
}

export function listInlinePolicies(holder: PolicyHolder, page: ListPage) {
  const { items, ...rest } = pagedNames([...holder.policies.keys()], page, (name) => name);
  return { PolicyNames: items, ...rest };
}

/** Nothing happens when it is attached already. @throws NoSuchEntity, LimitExceeded, UnmodifiableEntity */
export async function attachPolicy(
  call: Call,
  stores: Pick<IamPorts, 'policies' | 'identities'>,
  holder: PolicyHolder,
  policyArn: string,
): Promise<void> {
  await requirePolicy(call, stores, policyArn);
  const document = await stores.identities.managed(policyArn);
  if (document !== undefined) refuseWidening(holder, document);
  if (holder.attached.includes(policyArn)) return;
  if (holder.attached.length >= maxAttached)
    throw quotaExceeded(quotaNames[holder.type], maxAttached);
  holder.touch(call.change);
  holder.attach(call.change, policyArn);
}

/** @throws NoSuchEntity */
export function detachPolicy({ change }: Call, holder: PolicyHolder, policyArn: string): void {
  if (!holder.attached.includes(policyArn))
    throw new NoSuchEntityException(`Policy ${policyArn} was not found.`);
  holder.touch(change);
  holder.detach(change, policyArn);
}

/** @param pathPrefix only policies under this path */
export function listAttachedPolicies(holder: PolicyHolder, page: ListPage, pathPrefix = '/') {
  const all = holder.attached.map(attachedPolicy);
  const { items, ...rest } = pagedNames(
    all.filter(({ path }) => path.startsWith(pathPrefix)),
    page,
    ({ PolicyArn }) => PolicyArn,
  );
  return {
    AttachedPolicies: items.map(({ PolicyArn, PolicyName }) => ({ PolicyArn, PolicyName })),
    ...rest,
  };
}

/** A managed policy as the lists of those who have it show it, and its path. */
export function attachedPolicy(PolicyArn: string) {
  const ofAws = awsManagedPolicy(PolicyArn);
  if (ofAws !== undefined) return { PolicyArn, PolicyName: ofAws.name, path: ofAws.path };
  const { policyName = PolicyArn, path = '/' } = readPolicyArn(PolicyArn) ?? {};
  return { PolicyArn, PolicyName: policyName, path };
}

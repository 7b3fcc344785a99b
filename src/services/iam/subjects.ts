import type { Call } from '../../aws/call.ts';
import type { ConditionContext, PolicyDocument } from '../../aws/policy/types.ts';
import { groupArn, mfaSerial, policyArn, readPolicyArn, roleArn, rootArn, userArn } from './arn.ts';
import { awsManagedPolicy, type AwsManagedPolicy } from './aws-managed-policies.ts';
import { gatewayRoleName } from './domain/service-linked-roles.ts';
import {
  callerIsNoUser,
  noSuchDevice,
  noSuchGroup,
  noSuchPolicy,
  noSuchRole,
  noSuchUser,
  NoSuchEntityException,
  protectedRole,
} from './errors.ts';
import type { MfaDevice } from './sets/devices.ts';
import type { OidcProvider } from './sets/account.ts';
import type { RoleSet } from './sets/roles.ts';
import type { GroupSet } from './sets/groups.ts';
import type { ManagedPolicySet } from './sets/policies.ts';
import type { UserSet } from './sets/users.ts';
import type { IamStores } from './store/index.ts';
import { resourceTags } from './tags.ts';

/**
 * The user whom an operation is about, after the question whether the caller may do this to him. Without a name
 * it is the caller.
 * @throws NoSuchEntityException, access-denied; validation when the caller is no user and names none
 */
export async function authorizedUser(
  call: Call,
  { users }: Pick<IamStores, 'users'>,
  action: string,
  userName: string | undefined,
  context: ConditionContext = {},
  accountPolicy?: PolicyDocument,
): Promise<UserSet> {
  const name = userName ?? (call.principal.type === 'user' ? call.principal.userName : undefined);
  if (name === undefined) {
    await call.authorize(action, '*', { context });
    throw callerIsNoUser();
  }
  const found = await users.find(call.account, name);
  const arn = userArn(found?.user ?? { account: call.account, path: '/', userName: name });
  await call.authorize(action, arn, {
    context: {
      ...resourceTags(found?.user.tags ?? []),
      'iam:PermissionsBoundary': found?.boundary,
      ...context,
    },
    accountPolicy,
  });
  if (found === undefined) throw noSuchUser(name);
  call.audit.resource({ type: 'AWS::IAM::User', arn });
  return found;
}

/** Whether an operation that can do without a name is about root itself, who calls. @throws access-denied */
export async function isAboutRoot(
  call: Call,
  action: string,
  userName: string | undefined,
): Promise<boolean> {
  if (call.principal.type !== 'root' || userName !== undefined) return false;
  await call.authorize(action, rootArn(call.account));
  return true;
}

/** @throws NoSuchEntityException, access-denied */
export async function authorizedGroup(
  call: Call,
  { groups }: Pick<IamStores, 'groups'>,
  action: string,
  groupName: string,
  context: ConditionContext = {},
): Promise<GroupSet> {
  const found = await groups.find(call.account, groupName);
  const arn = groupArn(found?.group ?? { account: call.account, path: '/', groupName });
  await call.authorize(action, arn, { context });
  if (found === undefined) throw noSuchGroup(groupName);
  call.audit.resource({ type: 'AWS::IAM::Group', arn });
  return found;
}

/** @throws NoSuchEntityException, access-denied */
export async function authorizedRole(
  call: Call,
  { roles }: Pick<IamStores, 'roles'>,
  action: string,
  roleName: string,
  context: ConditionContext = {},
): Promise<RoleSet> {
  const found = await roles.find(call.account, roleName);
  const { path = '/', roleName: name = roleName } = found?.role ?? {};
  const arn = roleArn(call.account, path, name);
  await call.authorize(action, arn, {
    context: {
      ...resourceTags(found?.role.tags ?? []),
      'iam:PermissionsBoundary': found?.role.boundary,
      ...context,
    },
  });
  if (found === undefined) throw noSuchRole(roleName);
  call.audit.resource({ type: 'AWS::IAM::Role', arn });
  return found;
}

/** A role that is to be changed: those of services are theirs. @throws NoSuchEntity, UnmodifiableEntity, access-denied */
export async function changeableRole(
  ...asked: Parameters<typeof authorizedRole>
): Promise<RoleSet> {
  const found = await authorizedRole(...asked);
  if (found.role.service !== undefined) throw protectedRole(found.role);
  return found;
}

/** A role whose policies are to be changed: of those of services, the gateways' may be denied things. @throws as `changeableRole` */
export async function policedRole(...asked: Parameters<typeof authorizedRole>): Promise<RoleSet> {
  const found = await authorizedRole(...asked);
  const { service, roleName } = found.role;
  if (service !== undefined && roleName !== gatewayRoleName) throw protectedRole(found.role);
  return found;
}

/** A virtual MFA device, by its serial number. @throws NoSuchEntityException, access-denied */
export async function authorizedDevice(
  call: Call,
  { devices }: Pick<IamStores, 'devices'>,
  action: string,
  serial: string,
  context: ConditionContext = {},
): Promise<MfaDevice> {
  const device = await deviceOf(call, devices, serial);
  await call.authorize(action, serial, {
    context: { ...resourceTags(device?.tags ?? []), ...context },
  });
  if (device === undefined) throw noSuchDevice(serial);
  call.audit.resource({ type: 'AWS::IAM::MFADevice', arn: serial });
  return device;
}

/** @returns undefined when there is no device with exactly this serial number in the account */
export async function deviceOf(
  call: Call,
  devices: IamStores['devices'],
  serial: string,
): Promise<MfaDevice | undefined> {
  const [, account, path = ''] = /^arn:aws:iam::([0-9]{12}):mfa(\/.+)$/.exec(serial) ?? [];
  if (account !== call.account) return undefined;
  const device = await devices.find(account, path.slice(path.lastIndexOf('/') + 1));
  return device !== undefined && mfaSerial(device) === serial ? device : undefined;
}

/** @throws NoSuchEntityException, access-denied */
export async function authorizedProvider(
  call: Call,
  { accounts }: Pick<IamStores, 'accounts'>,
  action: string,
  arn: string,
  context: ConditionContext = {},
): Promise<OidcProvider> {
  const [, account, url] = /^arn:aws:iam::([0-9]{12}):oidc-provider\/(.+)$/.exec(arn) ?? [];
  const found =
    account === call.account && url !== undefined
      ? await accounts.oidcProvider(account, url)
      : undefined;
  await call.authorize(action, arn, {
    context: { ...resourceTags(found?.tags ?? []), ...context },
  });
  if (found === undefined)
    throw new NoSuchEntityException(`OpenIDConnect Provider not found for arn ${arn}`);
  call.audit.resource({ type: 'AWS::IAM::OIDCProvider', arn });
  return found;
}

/** A customer managed policy that an operation is about. @throws NoSuchEntityException, access-denied */
export async function authorizedPolicy(
  call: Call,
  stores: Pick<IamStores, 'policies'>,
  action: string,
  arn: string,
  context: ConditionContext = {},
): Promise<ManagedPolicySet> {
  const found = await authorizedAnyPolicy(call, stores, action, arn, context);
  if ('text' in found) {
    // AWS's own are nobody's to change.
    throw noSuchPolicy(arn);
  }
  return found;
}

/** A managed policy, of AWS's or the customer's. @throws NoSuchEntityException, access-denied */
export async function authorizedAnyPolicy(
  call: Call,
  { policies }: Pick<IamStores, 'policies'>,
  action: string,
  arn: string,
  context: ConditionContext = {},
): Promise<ManagedPolicySet | AwsManagedPolicy> {
  const ofAws = awsManagedPolicy(arn);
  const found = ofAws === undefined ? await ownPolicy(call, policies, arn) : undefined;
  await call.authorize(action, arn, {
    context: { ...resourceTags(found?.policy.tags ?? []), ...context },
    ...(arn.startsWith('arn:aws:iam::aws:') ? { resourceAccount: call.account } : {}),
  });
  if (ofAws === undefined && found === undefined) throw noSuchPolicy(arn);
  call.audit.resource({ type: 'AWS::IAM::Policy', arn });
  return ofAws ?? found!;
}

/**
 * A managed policy that is to be attached, or to be a boundary; the Change only holds while it is there.
 * @throws NoSuchEntityException
 */
export async function requirePolicy(
  call: Call,
  { policies }: Pick<IamStores, 'policies'>,
  arn: string,
): Promise<void> {
  if (awsManagedPolicy(arn) !== undefined) return;
  const found = await ownPolicy(call, policies, arn);
  if (found === undefined) throw noSuchPolicy(arn, 'does not exist or is not attachable');
  policies.require(call.change, found.policy);
}

/** Another account's policies are none that could be used, or seen. */
async function ownPolicy(
  call: Call,
  policies: IamStores['policies'],
  arn: string,
): Promise<ManagedPolicySet | undefined> {
  if (readPolicyArn(arn)?.account !== call.account) return undefined;
  const found = await policies.find(arn);
  return found !== undefined && policyArn(found.policy) === arn ? found : undefined;
}

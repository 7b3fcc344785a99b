import { anywhere, type Case, type Permission } from '../case.ts';
import { allowAll, password, tags, type Scene } from '../scene.ts';

const user = (scene: Scene): string => scene.arn(`user/${scene.name}-user`);
const fresh = (scene: Scene): string => `${scene.name}-new`;
const freshUser = (scene: Scene): string => scene.arn(`user/${fresh(scene)}`);
const device = (scene: Scene): string => scene.arn(`mfa/${scene.name}-device`);
const freshDevice = (scene: Scene): string => scene.arn(`mfa/${fresh(scene)}`);

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const policies = async (scene: Scene): Promise<void> => {
  const UserName = await scene.user();
  for (const PolicyName of ['own', 'second'])
    await scene.iam('PutUserPolicy', { UserName, PolicyName, PolicyDocument: allowAll });
};
const attached = async (scene: Scene): Promise<void> => {
  const UserName = await scene.user();
  for (const PolicyArn of [await scene.policy(), readOnly])
    await scene.iam('AttachUserPolicy', { UserName, PolicyArn });
};
const loginProfile = async (scene: Scene): Promise<unknown> =>
  scene.iam('CreateLoginProfile', { UserName: await scene.user(), Password: password });
const boundary = async (scene: Scene): Promise<unknown> =>
  scene.iam('PutUserPermissionsBoundary', {
    UserName: await scene.user(),
    PermissionsBoundary: await scene.policy(),
  });
const enabledDevice = (scene: Scene): Promise<void> => scene.enableDevice();

/** Users and what is theirs: policies, keys, passwords, MFA devices. */
export const userOperations: Readonly<Record<string, Case>> = {
  AttachUserPolicy: { on: user },
  ChangePassword: {
    on: (scene) => scene.home.probeArn,
    input: () => ({ OldPassword: password, NewPassword: `${password}!` }),
    given: (scene) => scene.iam('CreateLoginProfile', { UserName: 'probe', Password: password }),
  },
  CreateAccessKey: { on: user },
  CreateLoginProfile: { on: user, input: () => ({ Password: password }) },
  CreateUser: {
    on: freshUser,
    input: async (scene) => ({
      UserName: fresh(scene),
      PermissionsBoundary: await scene.policy(),
      Tags: tags,
    }),
    also: (scene): Permission[] => [['iam:TagUser', freshUser(scene)]],
  },
  CreateVirtualMFADevice: {
    on: freshDevice,
    input: (scene) => ({ VirtualMFADeviceName: fresh(scene), Tags: tags }),
    also: (scene): Permission[] => [['iam:TagMFADevice', freshDevice(scene)]],
  },
  DeactivateMFADevice: { on: user, given: enabledDevice },
  DeleteAccessKey: { on: user },
  DeleteLoginProfile: { on: user, given: loginProfile },
  DeleteUser: { on: user },
  DeleteUserPermissionsBoundary: { on: user, given: boundary },
  DeleteUserPolicy: { on: user, given: policies },
  DeleteVirtualMFADevice: { on: device },
  DetachUserPolicy: { on: user, given: attached },
  EnableMFADevice: { on: user, input: (scene) => scene.codes(-1) },
  GetAccessKeyLastUsed: { on: user },
  GetLoginProfile: { on: user, given: loginProfile },
  GetMFADevice: { on: user, given: enabledDevice },
  GetUser: { on: user },
  GetUserPolicy: { on: user, given: policies },
  ListAccessKeys: {
    on: user,
    given: async (scene) => {
      await scene.accessKey();
      await scene.iam('CreateAccessKey', { UserName: await scene.user() });
    },
  },
  ListAttachedUserPolicies: { on: user, given: attached },
  ListGroupsForUser: {
    on: user,
    given: async (scene) => {
      const UserName = await scene.user();
      for (const name of ['group', 'second'])
        await scene.iam('AddUserToGroup', {
          UserName,
          GroupName: await scene.group(`${scene.name}-${name}`),
        });
    },
  },
  ListMFADeviceTags: { on: device },
  ListMFADevices: {
    on: user,
    given: async (scene) => {
      await scene.enableDevice();
      await scene.enableDevice(`${scene.name}-second`);
    },
  },
  ListUserPolicies: { on: user, given: policies },
  ListSSHPublicKeys: { on: user, isOnePage: true },
  ListServiceSpecificCredentials: { on: user, isOnePage: true },
  ListSigningCertificates: { on: user, isOnePage: true },
  ListUserTags: { on: user },
  ListUsers: { on: anywhere, given: (scene) => scene.user() },
  ListVirtualMFADevices: { on: anywhere, given: (scene) => scene.device() },
  PutUserPermissionsBoundary: { on: user },
  PutUserPolicy: { on: user },
  ResyncMFADevice: {
    on: user,
    input: (scene) => scene.codes(1),
    given: async (scene) => {
      await scene.enableDevice();
      // In ours only, where the call is to succeed: the codes of others would get old.
      if (scene.home === scene.world.ours) scene.world.clock.pass(30);
    },
  },
  TagMFADevice: { on: device },
  TagUser: { on: user },
  UntagMFADevice: { on: device },
  UntagUser: { on: user },
  UpdateAccessKey: { on: user, input: () => ({ Status: 'Inactive' }) },
  UpdateLoginProfile: {
    on: user,
    input: () => ({ Password: `${password}!` }),
    given: loginProfile,
  },
  UpdateUser: {
    on: user,
    input: (scene) => ({ NewUserName: fresh(scene) }),
    also: (scene): Permission[] => [['iam:UpdateUser', freshUser(scene)]],
  },
};

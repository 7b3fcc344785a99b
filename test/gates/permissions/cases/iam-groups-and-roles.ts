import { anywhere, type Case, type Permission } from '../case.ts';
import { allowAll, tags, trusting, type Scene } from '../scene.ts';

const group = (scene: Scene): string => scene.arn(`group/${scene.name}-group`);
const role = (scene: Scene): string => scene.arn(`role/${scene.name}-role`);
const fresh = (scene: Scene): string => `${scene.name}-new`;

const serviceRole = 'AWSServiceRoleForElasticLoadBalancing';
const service = 'elasticloadbalancing.amazonaws.com';
const linkedRole = (scene: Scene): string =>
  scene.arn(`role/aws-service-role/${service}/${serviceRole}`);
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const groupPolicies = async (scene: Scene): Promise<void> => {
  const GroupName = await scene.group();
  for (const PolicyName of ['own', 'second'])
    await scene.iam('PutGroupPolicy', { GroupName, PolicyName, PolicyDocument: allowAll });
};
const rolePolicies = async (scene: Scene): Promise<void> => {
  const RoleName = await scene.role();
  for (const PolicyName of ['own', 'second'])
    await scene.iam('PutRolePolicy', { RoleName, PolicyName, PolicyDocument: allowAll });
};
const attachedToGroup = async (scene: Scene): Promise<void> => {
  const GroupName = await scene.group();
  for (const PolicyArn of [await scene.policy(), readOnly])
    await scene.iam('AttachGroupPolicy', { GroupName, PolicyArn });
};
const attachedToRole = async (scene: Scene): Promise<void> => {
  const RoleName = await scene.role();
  for (const PolicyArn of [await scene.policy(), readOnly])
    await scene.iam('AttachRolePolicy', { RoleName, PolicyArn });
};
const members = async (scene: Scene): Promise<void> => {
  const GroupName = await scene.group();
  for (const name of ['user', 'second'])
    await scene.iam('AddUserToGroup', {
      GroupName,
      UserName: await scene.user(`${scene.name}-${name}`),
    });
};
const boundary = async (scene: Scene): Promise<unknown> =>
  scene.iam('PutRolePermissionsBoundary', {
    RoleName: await scene.role(),
    PermissionsBoundary: await scene.policy(),
  });

export const groupOperations: Readonly<Record<string, Case>> = {
  AddUserToGroup: { on: group },
  AttachGroupPolicy: { on: group },
  CreateGroup: {
    on: (scene) => scene.arn(`group/${fresh(scene)}`),
    input: (scene) => ({ GroupName: fresh(scene) }),
  },
  DeleteGroup: { on: group },
  DeleteGroupPolicy: { on: group, given: groupPolicies },
  DetachGroupPolicy: { on: group, given: attachedToGroup },
  GetGroup: { on: group, given: members },
  GetGroupPolicy: { on: group, given: groupPolicies },
  ListAttachedGroupPolicies: { on: group, given: attachedToGroup },
  ListGroupPolicies: { on: group, given: groupPolicies },
  ListGroups: { on: anywhere, given: (scene) => scene.group() },
  PutGroupPolicy: { on: group },
  RemoveUserFromGroup: { on: group, given: members },
  UpdateGroup: {
    on: group,
    input: (scene) => ({ NewGroupName: fresh(scene) }),
    also: (scene): Permission[] => [['iam:UpdateGroup', scene.arn(`group/${fresh(scene)}`)]],
  },
};

export const roleOperations: Readonly<Record<string, Case>> = {
  AttachRolePolicy: { on: role },
  CreateRole: {
    on: (scene) => scene.arn(`role/${fresh(scene)}`),
    input: async (scene) => ({
      RoleName: fresh(scene),
      AssumeRolePolicyDocument: trusting(scene.arn(`user/${await scene.user()}`)),
      PermissionsBoundary: await scene.policy(),
      Tags: tags,
    }),
    also: (scene): Permission[] => [['iam:TagRole', scene.arn(`role/${fresh(scene)}`)]],
    toldByAws: ['AssumeRolePolicyDocument'],
  },
  CreateServiceLinkedRole: { on: linkedRole, input: () => ({ AWSServiceName: service }) },
  DeleteRole: { on: role },
  DeleteRolePermissionsBoundary: { on: role, given: boundary },
  DeleteRolePolicy: { on: role, given: rolePolicies },
  // The one of the case before.
  DeleteServiceLinkedRole: { on: linkedRole, input: () => ({ RoleName: serviceRole }) },
  DetachRolePolicy: { on: role, given: attachedToRole },
  GetRole: { on: role },
  GetRolePolicy: { on: role, given: rolePolicies },
  GetServiceLinkedRoleDeletionStatus: {
    on: linkedRole,
    input: () => ({
      DeletionTaskId: `task/aws-service-role/${service}/${serviceRole}/00000000-0000-4000-8000-000000000000`,
    }),
  },
  ListAttachedRolePolicies: { on: role, given: attachedToRole },
  ListInstanceProfilesForRole: { on: role, isOnePage: true },
  ListRolePolicies: { on: role, given: rolePolicies },
  ListRoleTags: { on: role },
  ListRoles: { on: anywhere, given: (scene) => scene.role() },
  PutRolePermissionsBoundary: { on: role },
  PutRolePolicy: { on: role },
  TagRole: { on: role },
  UntagRole: { on: role },
  UpdateAssumeRolePolicy: {
    on: role,
    input: async (scene) => ({
      PolicyDocument: trusting(scene.arn(`user/${await scene.user()}`)),
    }),
    toldByAws: ['PolicyDocument'],
  },
  UpdateRole: { on: role, input: () => ({ Description: 'a role' }) },
  UpdateRoleDescription: { on: role, input: () => ({ Description: 'a role' }) },
};

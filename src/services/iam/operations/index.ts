import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { IamPorts } from '../ports.ts';
import { AddUserToGroup } from './AddUserToGroup.ts';
import { AttachGroupPolicy } from './AttachGroupPolicy.ts';
import { AttachUserPolicy } from './AttachUserPolicy.ts';
import { CreateAccessKey } from './CreateAccessKey.ts';
import { CreateGroup } from './CreateGroup.ts';
import { CreatePolicy } from './CreatePolicy.ts';
import { CreatePolicyVersion } from './CreatePolicyVersion.ts';
import { CreateUser } from './CreateUser.ts';
import { DeleteAccessKey } from './DeleteAccessKey.ts';
import { DeleteGroup } from './DeleteGroup.ts';
import { DeleteGroupPolicy } from './DeleteGroupPolicy.ts';
import { DeletePolicy } from './DeletePolicy.ts';
import { DeletePolicyVersion } from './DeletePolicyVersion.ts';
import { DeleteUser } from './DeleteUser.ts';
import { DeleteUserPermissionsBoundary } from './DeleteUserPermissionsBoundary.ts';
import { DeleteUserPolicy } from './DeleteUserPolicy.ts';
import { DetachGroupPolicy } from './DetachGroupPolicy.ts';
import { DetachUserPolicy } from './DetachUserPolicy.ts';
import { GetAccessKeyLastUsed } from './GetAccessKeyLastUsed.ts';
import { GetGroup } from './GetGroup.ts';
import { GetGroupPolicy } from './GetGroupPolicy.ts';
import { GetPolicy } from './GetPolicy.ts';
import { GetPolicyVersion } from './GetPolicyVersion.ts';
import { GetUser } from './GetUser.ts';
import { GetUserPolicy } from './GetUserPolicy.ts';
import { ListAccessKeys } from './ListAccessKeys.ts';
import { ListAttachedGroupPolicies } from './ListAttachedGroupPolicies.ts';
import { ListAttachedUserPolicies } from './ListAttachedUserPolicies.ts';
import { ListEntitiesForPolicy } from './ListEntitiesForPolicy.ts';
import { ListGroupPolicies } from './ListGroupPolicies.ts';
import { ListGroups } from './ListGroups.ts';
import { ListGroupsForUser } from './ListGroupsForUser.ts';
import { ListPolicies } from './ListPolicies.ts';
import { ListPolicyTags } from './ListPolicyTags.ts';
import { ListPolicyVersions } from './ListPolicyVersions.ts';
import { ListUserPolicies } from './ListUserPolicies.ts';
import { ListUserTags } from './ListUserTags.ts';
import { ListUsers } from './ListUsers.ts';
import { PutGroupPolicy } from './PutGroupPolicy.ts';
import { PutUserPermissionsBoundary } from './PutUserPermissionsBoundary.ts';
import { PutUserPolicy } from './PutUserPolicy.ts';
import { RemoveUserFromGroup } from './RemoveUserFromGroup.ts';
import { SetDefaultPolicyVersion } from './SetDefaultPolicyVersion.ts';
import { TagPolicy } from './TagPolicy.ts';
import { TagUser } from './TagUser.ts';
import { UntagPolicy } from './UntagPolicy.ts';
import { UntagUser } from './UntagUser.ts';
import { UpdateAccessKey } from './UpdateAccessKey.ts';
import { UpdateGroup } from './UpdateGroup.ts';
import { UpdateUser } from './UpdateUser.ts';

export const operations = {
  AddUserToGroup,
  AttachGroupPolicy,
  AttachUserPolicy,
  CreateAccessKey,
  CreateGroup,
  CreatePolicy,
  CreatePolicyVersion,
  CreateUser,
  DeleteAccessKey,
  DeleteGroup,
  DeleteGroupPolicy,
  DeletePolicy,
  DeletePolicyVersion,
  DeleteUser,
  DeleteUserPermissionsBoundary,
  DeleteUserPolicy,
  DetachGroupPolicy,
  DetachUserPolicy,
  GetAccessKeyLastUsed,
  GetGroup,
  GetGroupPolicy,
  GetPolicy,
  GetPolicyVersion,
  GetUser,
  GetUserPolicy,
  ListAccessKeys,
  ListAttachedGroupPolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  ListGroupPolicies,
  ListGroups,
  ListGroupsForUser,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  ListUserPolicies,
  ListUserTags,
  ListUsers,
  PutGroupPolicy,
  PutUserPermissionsBoundary,
  PutUserPolicy,
  RemoveUserFromGroup,
  SetDefaultPolicyVersion,
  TagPolicy,
  TagUser,
  UntagPolicy,
  UntagUser,
  UpdateAccessKey,
  UpdateGroup,
  UpdateUser,
} satisfies Record<OperationName, Operation<IamPorts>>;

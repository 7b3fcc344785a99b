// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'AddClientIDToOpenIDConnectProvider' | 'AddUserToGroup' | 'AttachGroupPolicy' | 'AttachRolePolicy' | 'AttachUserPolicy' | 'ChangePassword' | 'CreateAccessKey' | 'CreateAccountAlias' | 'CreateGroup' | 'CreateLoginProfile' | 'CreateOpenIDConnectProvider' | 'CreatePolicy' | 'CreatePolicyVersion' | 'CreateRole' | 'CreateServiceLinkedRole' | 'CreateUser' | 'CreateVirtualMFADevice' | 'DeactivateMFADevice' | 'DeleteAccessKey' | 'DeleteAccountAlias' | 'DeleteAccountPasswordPolicy' | 'DeleteGroup' | 'DeleteGroupPolicy' | 'DeleteLoginProfile' | 'DeleteOpenIDConnectProvider' | 'DeletePolicy' | 'DeletePolicyVersion' | 'DeleteRole' | 'DeleteRolePermissionsBoundary' | 'DeleteRolePolicy' | 'DeleteServiceLinkedRole' | 'DeleteUser' | 'DeleteUserPermissionsBoundary' | 'DeleteUserPolicy' | 'DeleteVirtualMFADevice' | 'DetachGroupPolicy' | 'DetachRolePolicy' | 'DetachUserPolicy' | 'EnableMFADevice' | 'GenerateCredentialReport' | 'GetAccessKeyLastUsed' | 'GetAccountAuthorizationDetails' | 'GetAccountPasswordPolicy' | 'GetAccountSummary' | 'GetContextKeysForCustomPolicy' | 'GetContextKeysForPrincipalPolicy' | 'GetCredentialReport' | 'GetGroup' | 'GetGroupPolicy' | 'GetLoginProfile' | 'GetMFADevice' | 'GetOpenIDConnectProvider' | 'GetPolicy' | 'GetPolicyVersion' | 'GetRole' | 'GetRolePolicy' | 'GetServiceLinkedRoleDeletionStatus' | 'GetUser' | 'GetUserPolicy' | 'ListAccessKeys' | 'ListAccountAliases' | 'ListAttachedGroupPolicies' | 'ListAttachedRolePolicies' | 'ListAttachedUserPolicies' | 'ListEntitiesForPolicy' | 'ListGroupPolicies' | 'ListGroups' | 'ListGroupsForUser' | 'ListInstanceProfileTags' | 'ListInstanceProfiles' | 'ListInstanceProfilesForRole' | 'ListMFADeviceTags' | 'ListMFADevices' | 'ListOpenIDConnectProviderTags' | 'ListOpenIDConnectProviders' | 'ListPolicies' | 'ListPolicyTags' | 'ListPolicyVersions' | 'ListRolePolicies' | 'ListRoleTags' | 'ListRoles' | 'ListSAMLProviderTags' | 'ListSAMLProviders' | 'ListSSHPublicKeys' | 'ListServerCertificateTags' | 'ListServerCertificates' | 'ListServiceSpecificCredentials' | 'ListSigningCertificates' | 'ListUserPolicies' | 'ListUserTags' | 'ListUsers' | 'ListVirtualMFADevices' | 'PutGroupPolicy' | 'PutRolePermissionsBoundary' | 'PutRolePolicy' | 'PutUserPermissionsBoundary' | 'PutUserPolicy' | 'RemoveClientIDFromOpenIDConnectProvider' | 'RemoveUserFromGroup' | 'ResyncMFADevice' | 'SetDefaultPolicyVersion' | 'SimulateCustomPolicy' | 'SimulatePrincipalPolicy' | 'TagMFADevice' | 'TagOpenIDConnectProvider' | 'TagPolicy' | 'TagRole' | 'TagUser' | 'UntagMFADevice' | 'UntagOpenIDConnectProvider' | 'UntagPolicy' | 'UntagRole' | 'UntagUser' | 'UpdateAccessKey' | 'UpdateAccountPasswordPolicy' | 'UpdateAssumeRolePolicy' | 'UpdateGroup' | 'UpdateLoginProfile' | 'UpdateOpenIDConnectProviderThumbprint' | 'UpdateRole' | 'UpdateRoleDescription' | 'UpdateUser';

export interface AccessKey {
  readonly AccessKeyId: accessKeyIdType;
  readonly CreateDate?: dateType | undefined;
  readonly SecretAccessKey: accessKeySecretType;
  readonly Status: statusType;
  readonly UserName: userNameType;
}
export interface AccessKeyLastUsed {
  readonly LastUsedDate?: dateType | undefined;
  readonly Region: stringType;
  readonly ServiceName: stringType;
}
export interface AccessKeyMetadata {
  readonly AccessKeyId?: accessKeyIdType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly Status?: statusType | undefined;
  readonly UserName?: userNameType | undefined;
}
export type ActionNameListType = readonly ActionNameType[];
export type ActionNameType = string;
export interface AddClientIDToOpenIDConnectProviderRequest {
  readonly ClientID: clientIDType;
  readonly OpenIDConnectProviderArn: arnType;
}
export interface AddUserToGroupRequest {
  readonly GroupName: groupNameType;
  readonly UserName: existingUserNameType;
}
export type ArnListType = readonly arnType[];
export interface AttachGroupPolicyRequest {
  readonly GroupName: groupNameType;
  readonly PolicyArn: arnType;
}
export interface AttachRolePolicyRequest {
  readonly PolicyArn: arnType;
  readonly RoleName: roleNameType;
}
export interface AttachUserPolicyRequest {
  readonly PolicyArn: arnType;
  readonly UserName: userNameType;
}
export interface AttachedPermissionsBoundary {
  readonly PermissionsBoundaryArn?: arnType | undefined;
  readonly PermissionsBoundaryType?: PermissionsBoundaryAttachmentType | undefined;
}
export interface AttachedPolicy {
  readonly PolicyArn?: arnType | undefined;
  readonly PolicyName?: policyNameType | undefined;
}
export type BootstrapDatum = Uint8Array;
export type CertificationKeyType = string;
export type CertificationMapType = Readonly<Record<string, CertificationValueType>>;
export type CertificationValueType = string;
export interface ChangePasswordRequest {
  readonly NewPassword: passwordType;
  readonly OldPassword: passwordType;
}
export type ColumnNumber = number;
export type ConcurrentModificationMessage = string;
export interface ContextEntry {
  readonly ContextKeyName?: ContextKeyNameType | undefined;
  readonly ContextKeyType?: ContextKeyTypeEnum | undefined;
  readonly ContextKeyValues?: ContextKeyValueListType | undefined;
}
export type ContextEntryListType = readonly ContextEntry[];
export type ContextKeyNameType = string;
export type ContextKeyNamesResultListType = readonly ContextKeyNameType[];
export type ContextKeyTypeEnum = 'string' | 'stringList' | 'numeric' | 'numericList' | 'boolean' | 'booleanList' | 'ip' | 'ipList' | 'binary' | 'binaryList' | 'date' | 'dateList';
export type ContextKeyValueListType = readonly ContextKeyValueType[];
export type ContextKeyValueType = string;
export interface CreateAccessKeyRequest {
  readonly UserName?: existingUserNameType | undefined;
}
export interface CreateAccessKeyResponse {
  readonly AccessKey: AccessKey;
}
export interface CreateAccountAliasRequest {
  readonly AccountAlias: accountAliasType;
}
export interface CreateGroupRequest {
  readonly GroupName: groupNameType;
  readonly Path?: pathType | undefined;
}
export interface CreateGroupResponse {
  readonly Group: Group;
}
export interface CreateLoginProfileRequest {
  readonly Password?: passwordType | undefined;
  readonly PasswordResetRequired?: booleanType | undefined;
  readonly UserName?: userNameType | undefined;
}
export interface CreateLoginProfileResponse {
  readonly LoginProfile: LoginProfile;
}
export interface CreateOpenIDConnectProviderRequest {
  readonly ClientIDList?: clientIDListType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly ThumbprintList?: thumbprintListType | undefined;
  readonly Url: OpenIDConnectProviderUrlType;
}
export interface CreateOpenIDConnectProviderResponse {
  readonly OpenIDConnectProviderArn?: arnType | undefined;
  readonly Tags?: tagListType | undefined;
}
export interface CreatePolicyRequest {
  readonly Description?: policyDescriptionType | undefined;
  readonly Path?: policyPathType | undefined;
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
  readonly Tags?: tagListType | undefined;
}
export interface CreatePolicyResponse {
  readonly Policy?: Policy | undefined;
}
export interface CreatePolicyVersionRequest {
  readonly PolicyArn: arnType;
  readonly PolicyDocument: policyDocumentType;
  readonly SetAsDefault?: booleanType | undefined;
}
export interface CreatePolicyVersionResponse {
  readonly PolicyVersion?: PolicyVersion | undefined;
}
export interface CreateRoleRequest {
  readonly AssumeRolePolicyDocument: policyDocumentType;
  readonly Description?: roleDescriptionType | undefined;
  readonly MaxSessionDuration?: roleMaxSessionDurationType | undefined;
  readonly Path?: pathType | undefined;
  readonly PermissionsBoundary?: arnType | undefined;
  readonly RoleName: roleNameType;
  readonly Tags?: tagListType | undefined;
}
export interface CreateRoleResponse {
  readonly Role: Role;
}
export interface CreateServiceLinkedRoleRequest {
  readonly AWSServiceName: groupNameType;
  readonly CustomSuffix?: customSuffixType | undefined;
  readonly Description?: roleDescriptionType | undefined;
}
export interface CreateServiceLinkedRoleResponse {
  readonly Role?: Role | undefined;
}
export interface CreateUserRequest {
  readonly Path?: pathType | undefined;
  readonly PermissionsBoundary?: arnType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly UserName: userNameType;
}
export interface CreateUserResponse {
  readonly User?: User | undefined;
}
export interface CreateVirtualMFADeviceRequest {
  readonly Path?: pathType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly VirtualMFADeviceName: virtualMFADeviceName;
}
export interface CreateVirtualMFADeviceResponse {
  readonly VirtualMFADevice: VirtualMFADevice;
}
export interface DeactivateMFADeviceRequest {
  readonly SerialNumber: serialNumberType;
  readonly UserName?: existingUserNameType | undefined;
}
export interface DeleteAccessKeyRequest {
  readonly AccessKeyId: accessKeyIdType;
  readonly UserName?: existingUserNameType | undefined;
}
export interface DeleteAccountAliasRequest {
  readonly AccountAlias: accountAliasType;
}
export interface DeleteGroupPolicyRequest {
  readonly GroupName: groupNameType;
  readonly PolicyName: policyNameType;
}
export interface DeleteGroupRequest {
  readonly GroupName: groupNameType;
}
export interface DeleteLoginProfileRequest {
  readonly UserName?: userNameType | undefined;
}
export interface DeleteOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: arnType;
}
export interface DeletePolicyRequest {
  readonly PolicyArn: arnType;
}
export interface DeletePolicyVersionRequest {
  readonly PolicyArn: arnType;
  readonly VersionId: policyVersionIdType;
}
export interface DeleteRolePermissionsBoundaryRequest {
  readonly RoleName: roleNameType;
}
export interface DeleteRolePolicyRequest {
  readonly PolicyName: policyNameType;
  readonly RoleName: roleNameType;
}
export interface DeleteRoleRequest {
  readonly RoleName: roleNameType;
}
export interface DeleteServiceLinkedRoleRequest {
  readonly RoleName: roleNameType;
}
export interface DeleteServiceLinkedRoleResponse {
  readonly DeletionTaskId: DeletionTaskIdType;
}
export interface DeleteUserPermissionsBoundaryRequest {
  readonly UserName: userNameType;
}
export interface DeleteUserPolicyRequest {
  readonly PolicyName: policyNameType;
  readonly UserName: existingUserNameType;
}
export interface DeleteUserRequest {
  readonly UserName: existingUserNameType;
}
export interface DeleteVirtualMFADeviceRequest {
  readonly SerialNumber: serialNumberType;
}
export interface DeletionTaskFailureReasonType {
  readonly Reason?: ReasonType | undefined;
  readonly RoleUsageList?: RoleUsageListType | undefined;
}
export type DeletionTaskIdType = string;
export type DeletionTaskStatusType = 'SUCCEEDED' | 'IN_PROGRESS' | 'FAILED' | 'NOT_STARTED';
export interface DetachGroupPolicyRequest {
  readonly GroupName: groupNameType;
  readonly PolicyArn: arnType;
}
export interface DetachRolePolicyRequest {
  readonly PolicyArn: arnType;
  readonly RoleName: roleNameType;
}
export interface DetachUserPolicyRequest {
  readonly PolicyArn: arnType;
  readonly UserName: userNameType;
}
export interface EnableMFADeviceRequest {
  readonly AuthenticationCode1: authenticationCodeType;
  readonly AuthenticationCode2: authenticationCodeType;
  readonly SerialNumber: serialNumberType;
  readonly UserName: existingUserNameType;
}
export type EntityType = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy';
export type EvalDecisionDetailsType = Readonly<Record<string, PolicyEvaluationDecisionType>>;
export type EvalDecisionSourceType = string;
export interface EvaluationResult {
  readonly EvalActionName: ActionNameType;
  readonly EvalDecision: PolicyEvaluationDecisionType;
  readonly EvalDecisionDetails?: EvalDecisionDetailsType | undefined;
  readonly EvalResourceName?: ResourceNameType | undefined;
  readonly MatchedStatements?: StatementListType | undefined;
  readonly MissingContextValues?: ContextKeyNamesResultListType | undefined;
  readonly OrganizationsDecisionDetail?: OrganizationsDecisionDetail | undefined;
  readonly PermissionsBoundaryDecisionDetail?: PermissionsBoundaryDecisionDetail | undefined;
  readonly ResourceSpecificResults?: ResourceSpecificResultListType | undefined;
}
export type EvaluationResultsListType = readonly EvaluationResult[];
export interface GenerateCredentialReportResponse {
  readonly Description?: ReportStateDescriptionType | undefined;
  readonly State?: ReportStateType | undefined;
}
export interface GetAccessKeyLastUsedRequest {
  readonly AccessKeyId: accessKeyIdType;
}
export interface GetAccessKeyLastUsedResponse {
  readonly AccessKeyLastUsed?: AccessKeyLastUsed | undefined;
  readonly UserName?: existingUserNameType | undefined;
}
export interface GetAccountAuthorizationDetailsRequest {
  readonly Filter?: entityListType | undefined;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
}
export interface GetAccountAuthorizationDetailsResponse {
  readonly GroupDetailList?: groupDetailListType | undefined;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Policies?: ManagedPolicyDetailListType | undefined;
  readonly RoleDetailList?: roleDetailListType | undefined;
  readonly UserDetailList?: userDetailListType | undefined;
}
export interface GetAccountPasswordPolicyResponse {
  readonly PasswordPolicy: PasswordPolicy;
}
export interface GetAccountSummaryResponse {
  readonly SummaryMap?: summaryMapType | undefined;
}
export interface GetContextKeysForCustomPolicyRequest {
  readonly PolicyInputList: SimulationPolicyListType;
}
export interface GetContextKeysForPolicyResponse {
  readonly ContextKeyNames?: ContextKeyNamesResultListType | undefined;
}
export interface GetContextKeysForPrincipalPolicyRequest {
  readonly PolicyInputList?: SimulationPolicyListType | undefined;
  readonly PolicySourceArn: arnType;
}
export interface GetCredentialReportResponse {
  readonly Content?: ReportContentType | undefined;
  readonly GeneratedTime?: dateType | undefined;
  readonly ReportFormat?: ReportFormatType | undefined;
}
export interface GetGroupPolicyRequest {
  readonly GroupName: groupNameType;
  readonly PolicyName: policyNameType;
}
export interface GetGroupPolicyResponse {
  readonly GroupName: groupNameType;
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
}
export interface GetGroupRequest {
  readonly GroupName: groupNameType;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
}
export interface GetGroupResponse {
  readonly Group: Group;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Users: userListType;
}
export interface GetLoginProfileRequest {
  readonly UserName?: userNameType | undefined;
}
export interface GetLoginProfileResponse {
  readonly LoginProfile: LoginProfile;
}
export interface GetMFADeviceRequest {
  readonly SerialNumber: serialNumberType;
  readonly UserName?: userNameType | undefined;
}
export interface GetMFADeviceResponse {
  readonly Certifications?: CertificationMapType | undefined;
  readonly EnableDate?: dateType | undefined;
  readonly SerialNumber: serialNumberType;
  readonly UserName?: userNameType | undefined;
}
export interface GetOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: arnType;
}
export interface GetOpenIDConnectProviderResponse {
  readonly ClientIDList?: clientIDListType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly ThumbprintList?: thumbprintListType | undefined;
  readonly Url?: OpenIDConnectProviderUrlType | undefined;
}
export interface GetPolicyRequest {
  readonly PolicyArn: arnType;
}
export interface GetPolicyResponse {
  readonly Policy?: Policy | undefined;
}
export interface GetPolicyVersionRequest {
  readonly PolicyArn: arnType;
  readonly VersionId: policyVersionIdType;
}
export interface GetPolicyVersionResponse {
  readonly PolicyVersion?: PolicyVersion | undefined;
}
export interface GetRolePolicyRequest {
  readonly PolicyName: policyNameType;
  readonly RoleName: roleNameType;
}
export interface GetRolePolicyResponse {
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
  readonly RoleName: roleNameType;
}
export interface GetRoleRequest {
  readonly RoleName: roleNameType;
}
export interface GetRoleResponse {
  readonly Role: Role;
}
export interface GetServiceLinkedRoleDeletionStatusRequest {
  readonly DeletionTaskId: DeletionTaskIdType;
}
export interface GetServiceLinkedRoleDeletionStatusResponse {
  readonly Reason?: DeletionTaskFailureReasonType | undefined;
  readonly Status: DeletionTaskStatusType;
}
export interface GetUserPolicyRequest {
  readonly PolicyName: policyNameType;
  readonly UserName: existingUserNameType;
}
export interface GetUserPolicyResponse {
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
  readonly UserName: existingUserNameType;
}
export interface GetUserRequest {
  readonly UserName?: existingUserNameType | undefined;
}
export interface GetUserResponse {
  readonly User: User;
}
export interface Group {
  readonly Arn: arnType;
  readonly CreateDate: dateType;
  readonly GroupId: idType;
  readonly GroupName: groupNameType;
  readonly Path: pathType;
}
export interface GroupDetail {
  readonly Arn?: arnType | undefined;
  readonly AttachedManagedPolicies?: attachedPoliciesListType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly GroupId?: idType | undefined;
  readonly GroupName?: groupNameType | undefined;
  readonly GroupPolicyList?: policyDetailListType | undefined;
  readonly Path?: pathType | undefined;
}
export interface InstanceProfile {
  readonly Arn: arnType;
  readonly CreateDate: dateType;
  readonly InstanceProfileId: idType;
  readonly InstanceProfileName: instanceProfileNameType;
  readonly Path: pathType;
  readonly Roles: roleListType;
  readonly Tags?: tagListType | undefined;
}
export type LineNumber = number;
export interface ListAccessKeysRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName?: existingUserNameType | undefined;
}
export interface ListAccessKeysResponse {
  readonly AccessKeyMetadata: accessKeyMetadataListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListAccountAliasesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
}
export interface ListAccountAliasesResponse {
  readonly AccountAliases: accountAliasListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListAttachedGroupPoliciesRequest {
  readonly GroupName: groupNameType;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: policyPathType | undefined;
}
export interface ListAttachedGroupPoliciesResponse {
  readonly AttachedPolicies?: attachedPoliciesListType | undefined;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListAttachedRolePoliciesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: policyPathType | undefined;
  readonly RoleName: roleNameType;
}
export interface ListAttachedRolePoliciesResponse {
  readonly AttachedPolicies?: attachedPoliciesListType | undefined;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListAttachedUserPoliciesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: policyPathType | undefined;
  readonly UserName: userNameType;
}
export interface ListAttachedUserPoliciesResponse {
  readonly AttachedPolicies?: attachedPoliciesListType | undefined;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListEntitiesForPolicyRequest {
  readonly EntityFilter?: EntityType | undefined;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: pathType | undefined;
  readonly PolicyArn: arnType;
  readonly PolicyUsageFilter?: PolicyUsageType | undefined;
}
export interface ListEntitiesForPolicyResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly PolicyGroups?: PolicyGroupListType | undefined;
  readonly PolicyRoles?: PolicyRoleListType | undefined;
  readonly PolicyUsers?: PolicyUserListType | undefined;
}
export interface ListGroupPoliciesRequest {
  readonly GroupName: groupNameType;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
}
export interface ListGroupPoliciesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly PolicyNames: policyNameListType;
}
export interface ListGroupsForUserRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName: existingUserNameType;
}
export interface ListGroupsForUserResponse {
  readonly Groups: groupListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListGroupsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: pathPrefixType | undefined;
}
export interface ListGroupsResponse {
  readonly Groups: groupListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListInstanceProfileTagsRequest {
  readonly InstanceProfileName: instanceProfileNameType;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
}
export interface ListInstanceProfileTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export interface ListInstanceProfilesForRoleRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly RoleName: roleNameType;
}
export interface ListInstanceProfilesForRoleResponse {
  readonly InstanceProfiles: instanceProfileListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListInstanceProfilesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: pathPrefixType | undefined;
}
export interface ListInstanceProfilesResponse {
  readonly InstanceProfiles: instanceProfileListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListMFADeviceTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly SerialNumber: serialNumberType;
}
export interface ListMFADeviceTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export interface ListMFADevicesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName?: existingUserNameType | undefined;
}
export interface ListMFADevicesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly MFADevices: mfaDeviceListType;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListOpenIDConnectProviderTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly OpenIDConnectProviderArn: arnType;
}
export interface ListOpenIDConnectProviderTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export type ListOpenIDConnectProvidersRequest = Readonly<Record<never, never>>;
export interface ListOpenIDConnectProvidersResponse {
  readonly OpenIDConnectProviderList?: OpenIDConnectProviderListType | undefined;
}
export interface ListPoliciesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly OnlyAttached?: booleanType | undefined;
  readonly PathPrefix?: policyPathType | undefined;
  readonly PolicyUsageFilter?: PolicyUsageType | undefined;
  readonly Scope?: policyScopeType | undefined;
}
export interface ListPoliciesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Policies?: policyListType | undefined;
}
export interface ListPolicyTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PolicyArn: arnType;
}
export interface ListPolicyTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export interface ListPolicyVersionsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PolicyArn: arnType;
}
export interface ListPolicyVersionsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Versions?: policyDocumentVersionListType | undefined;
}
export interface ListRolePoliciesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly RoleName: roleNameType;
}
export interface ListRolePoliciesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly PolicyNames: policyNameListType;
}
export interface ListRoleTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly RoleName: roleNameType;
}
export interface ListRoleTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export interface ListRolesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: pathPrefixType | undefined;
}
export interface ListRolesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Roles: roleListType;
}
export interface ListSAMLProviderTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly SAMLProviderArn: arnType;
}
export interface ListSAMLProviderTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export type ListSAMLProvidersRequest = Readonly<Record<never, never>>;
export interface ListSAMLProvidersResponse {
  readonly SAMLProviderList?: SAMLProviderListType | undefined;
}
export interface ListSSHPublicKeysRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName?: userNameType | undefined;
}
export interface ListSSHPublicKeysResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly SSHPublicKeys?: SSHPublicKeyListType | undefined;
}
export interface ListServerCertificateTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly ServerCertificateName: serverCertificateNameType;
}
export interface ListServerCertificateTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export interface ListServerCertificatesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: pathPrefixType | undefined;
}
export interface ListServerCertificatesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly ServerCertificateMetadataList: serverCertificateMetadataListType;
}
export interface ListServiceSpecificCredentialsRequest {
  readonly AllUsers?: allUsers | undefined;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly ServiceName?: serviceName | undefined;
  readonly UserName?: userNameType | undefined;
}
export interface ListServiceSpecificCredentialsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly ServiceSpecificCredentials?: ServiceSpecificCredentialsListType | undefined;
}
export interface ListSigningCertificatesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName?: existingUserNameType | undefined;
}
export interface ListSigningCertificatesResponse {
  readonly Certificates: certificateListType;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface ListUserPoliciesRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName: existingUserNameType;
}
export interface ListUserPoliciesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly PolicyNames: policyNameListType;
}
export interface ListUserTagsRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly UserName: existingUserNameType;
}
export interface ListUserTagsResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Tags: tagListType;
}
export interface ListUsersRequest {
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PathPrefix?: pathPrefixType | undefined;
}
export interface ListUsersResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly Users: userListType;
}
export interface ListVirtualMFADevicesRequest {
  readonly AssignmentStatus?: assignmentStatusType | undefined;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
}
export interface ListVirtualMFADevicesResponse {
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
  readonly VirtualMFADevices: virtualMFADeviceListType;
}
export interface LoginProfile {
  readonly CreateDate: dateType;
  readonly PasswordResetRequired?: booleanType | undefined;
  readonly UserName: userNameType;
}
export interface MFADevice {
  readonly EnableDate: dateType;
  readonly SerialNumber: serialNumberType;
  readonly UserName: userNameType;
}
export interface ManagedPolicyDetail {
  readonly Arn?: arnType | undefined;
  readonly AttachmentCount?: attachmentCountType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly DefaultVersionId?: policyVersionIdType | undefined;
  readonly Description?: policyDescriptionType | undefined;
  readonly IsAttachable?: booleanType | undefined;
  readonly Path?: policyPathType | undefined;
  readonly PermissionsBoundaryUsageCount?: attachmentCountType | undefined;
  readonly PolicyId?: idType | undefined;
  readonly PolicyName?: policyNameType | undefined;
  readonly PolicyVersionList?: policyDocumentVersionListType | undefined;
  readonly UpdateDate?: dateType | undefined;
}
export type ManagedPolicyDetailListType = readonly ManagedPolicyDetail[];
export interface OpenIDConnectProviderListEntry {
  readonly Arn?: arnType | undefined;
}
export type OpenIDConnectProviderListType = readonly OpenIDConnectProviderListEntry[];
export type OpenIDConnectProviderUrlType = string;
export interface OrganizationsDecisionDetail {
  readonly AllowedByOrganizations?: booleanType | undefined;
}
export interface PasswordPolicy {
  readonly AllowUsersToChangePassword?: booleanType | undefined;
  readonly ExpirePasswords?: booleanType | undefined;
  readonly HardExpiry?: booleanObjectType | undefined;
  readonly MaxPasswordAge?: maxPasswordAgeType | undefined;
  readonly MinimumPasswordLength?: minimumPasswordLengthType | undefined;
  readonly PasswordReusePrevention?: passwordReusePreventionType | undefined;
  readonly RequireLowercaseCharacters?: booleanType | undefined;
  readonly RequireNumbers?: booleanType | undefined;
  readonly RequireSymbols?: booleanType | undefined;
  readonly RequireUppercaseCharacters?: booleanType | undefined;
}
export type PermissionsBoundaryAttachmentType = 'PermissionsBoundaryPolicy';
export interface PermissionsBoundaryDecisionDetail {
  readonly AllowedByPermissionsBoundary?: booleanType | undefined;
}
export interface Policy {
  readonly Arn?: arnType | undefined;
  readonly AttachmentCount?: attachmentCountType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly DefaultVersionId?: policyVersionIdType | undefined;
  readonly Description?: policyDescriptionType | undefined;
  readonly IsAttachable?: booleanType | undefined;
  readonly Path?: policyPathType | undefined;
  readonly PermissionsBoundaryUsageCount?: attachmentCountType | undefined;
  readonly PolicyId?: idType | undefined;
  readonly PolicyName?: policyNameType | undefined;
  readonly Tags?: tagListType | undefined;
  readonly UpdateDate?: dateType | undefined;
}
export interface PolicyDetail {
  readonly PolicyDocument?: policyDocumentType | undefined;
  readonly PolicyName?: policyNameType | undefined;
}
export type PolicyEvaluationDecisionType = 'allowed' | 'explicitDeny' | 'implicitDeny';
export interface PolicyGroup {
  readonly GroupId?: idType | undefined;
  readonly GroupName?: groupNameType | undefined;
}
export type PolicyGroupListType = readonly PolicyGroup[];
export type PolicyIdentifierType = string;
export interface PolicyRole {
  readonly RoleId?: idType | undefined;
  readonly RoleName?: roleNameType | undefined;
}
export type PolicyRoleListType = readonly PolicyRole[];
export type PolicySourceType = 'user' | 'group' | 'role' | 'aws-managed' | 'user-managed' | 'resource' | 'none';
export type PolicyUsageType = 'PermissionsPolicy' | 'PermissionsBoundary';
export interface PolicyUser {
  readonly UserId?: idType | undefined;
  readonly UserName?: userNameType | undefined;
}
export type PolicyUserListType = readonly PolicyUser[];
export interface PolicyVersion {
  readonly CreateDate?: dateType | undefined;
  readonly Document?: policyDocumentType | undefined;
  readonly IsDefaultVersion?: booleanType | undefined;
  readonly VersionId?: policyVersionIdType | undefined;
}
export interface Position {
  readonly Column?: ColumnNumber | undefined;
  readonly Line?: LineNumber | undefined;
}
export interface PutGroupPolicyRequest {
  readonly GroupName: groupNameType;
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
}
export interface PutRolePermissionsBoundaryRequest {
  readonly PermissionsBoundary: arnType;
  readonly RoleName: roleNameType;
}
export interface PutRolePolicyRequest {
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
  readonly RoleName: roleNameType;
}
export interface PutUserPermissionsBoundaryRequest {
  readonly PermissionsBoundary: arnType;
  readonly UserName: userNameType;
}
export interface PutUserPolicyRequest {
  readonly PolicyDocument: policyDocumentType;
  readonly PolicyName: policyNameType;
  readonly UserName: existingUserNameType;
}
export type ReasonType = string;
export type RegionNameType = string;
export interface RemoveClientIDFromOpenIDConnectProviderRequest {
  readonly ClientID: clientIDType;
  readonly OpenIDConnectProviderArn: arnType;
}
export interface RemoveUserFromGroupRequest {
  readonly GroupName: groupNameType;
  readonly UserName: existingUserNameType;
}
export type ReportContentType = Uint8Array;
export type ReportFormatType = 'text/csv';
export type ReportStateDescriptionType = string;
export type ReportStateType = 'STARTED' | 'INPROGRESS' | 'COMPLETE';
export type ResourceHandlingOptionType = string;
export type ResourceNameListType = readonly ResourceNameType[];
export type ResourceNameType = string;
export interface ResourceSpecificResult {
  readonly EvalDecisionDetails?: EvalDecisionDetailsType | undefined;
  readonly EvalResourceDecision: PolicyEvaluationDecisionType;
  readonly EvalResourceName: ResourceNameType;
  readonly MatchedStatements?: StatementListType | undefined;
  readonly MissingContextValues?: ContextKeyNamesResultListType | undefined;
  readonly PermissionsBoundaryDecisionDetail?: PermissionsBoundaryDecisionDetail | undefined;
}
export type ResourceSpecificResultListType = readonly ResourceSpecificResult[];
export interface ResyncMFADeviceRequest {
  readonly AuthenticationCode1: authenticationCodeType;
  readonly AuthenticationCode2: authenticationCodeType;
  readonly SerialNumber: serialNumberType;
  readonly UserName: existingUserNameType;
}
export interface Role {
  readonly Arn: arnType;
  readonly AssumeRolePolicyDocument?: policyDocumentType | undefined;
  readonly CreateDate: dateType;
  readonly Description?: roleDescriptionType | undefined;
  readonly MaxSessionDuration?: roleMaxSessionDurationType | undefined;
  readonly Path: pathType;
  readonly PermissionsBoundary?: AttachedPermissionsBoundary | undefined;
  readonly RoleId: idType;
  readonly RoleLastUsed?: RoleLastUsed | undefined;
  readonly RoleName: roleNameType;
  readonly Tags?: tagListType | undefined;
}
export interface RoleDetail {
  readonly Arn?: arnType | undefined;
  readonly AssumeRolePolicyDocument?: policyDocumentType | undefined;
  readonly AttachedManagedPolicies?: attachedPoliciesListType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly InstanceProfileList?: instanceProfileListType | undefined;
  readonly Path?: pathType | undefined;
  readonly PermissionsBoundary?: AttachedPermissionsBoundary | undefined;
  readonly RoleId?: idType | undefined;
  readonly RoleLastUsed?: RoleLastUsed | undefined;
  readonly RoleName?: roleNameType | undefined;
  readonly RolePolicyList?: policyDetailListType | undefined;
  readonly Tags?: tagListType | undefined;
}
export interface RoleLastUsed {
  readonly LastUsedDate?: dateType | undefined;
  readonly Region?: stringType | undefined;
}
export type RoleUsageListType = readonly RoleUsageType[];
export interface RoleUsageType {
  readonly Region?: RegionNameType | undefined;
  readonly Resources?: ArnListType | undefined;
}
export interface SAMLProviderListEntry {
  readonly Arn?: arnType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly ValidUntil?: dateType | undefined;
}
export type SAMLProviderListType = readonly SAMLProviderListEntry[];
export type SSHPublicKeyListType = readonly SSHPublicKeyMetadata[];
export interface SSHPublicKeyMetadata {
  readonly SSHPublicKeyId: publicKeyIdType;
  readonly Status: statusType;
  readonly UploadDate: dateType;
  readonly UserName: userNameType;
}
export interface ServerCertificateMetadata {
  readonly Arn: arnType;
  readonly Expiration?: dateType | undefined;
  readonly Path: pathType;
  readonly ServerCertificateId: idType;
  readonly ServerCertificateName: serverCertificateNameType;
  readonly UploadDate?: dateType | undefined;
}
export interface ServiceSpecificCredentialMetadata {
  readonly CreateDate: dateType;
  readonly ExpirationDate?: dateType | undefined;
  readonly ServiceCredentialAlias?: serviceCredentialAlias | undefined;
  readonly ServiceName: serviceName;
  readonly ServiceSpecificCredentialId: serviceSpecificCredentialId;
  readonly ServiceUserName?: serviceUserName | undefined;
  readonly Status: statusType;
  readonly UserName: userNameType;
}
export type ServiceSpecificCredentialsListType = readonly ServiceSpecificCredentialMetadata[];
export interface SetDefaultPolicyVersionRequest {
  readonly PolicyArn: arnType;
  readonly VersionId: policyVersionIdType;
}
export interface SigningCertificate {
  readonly CertificateBody: certificateBodyType;
  readonly CertificateId: certificateIdType;
  readonly Status: statusType;
  readonly UploadDate?: dateType | undefined;
  readonly UserName: userNameType;
}
export interface SimulateCustomPolicyRequest {
  readonly ActionNames: ActionNameListType;
  readonly CallerArn?: ResourceNameType | undefined;
  readonly ContextEntries?: ContextEntryListType | undefined;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PermissionsBoundaryPolicyInputList?: SimulationPolicyListType | undefined;
  readonly PolicyInputList: SimulationPolicyListType;
  readonly ResourceArns?: ResourceNameListType | undefined;
  readonly ResourceHandlingOption?: ResourceHandlingOptionType | undefined;
  readonly ResourceOwner?: ResourceNameType | undefined;
  readonly ResourcePolicy?: policyDocumentType | undefined;
}
export interface SimulatePolicyResponse {
  readonly EvaluationResults?: EvaluationResultsListType | undefined;
  readonly IsTruncated?: booleanType | undefined;
  readonly Marker?: responseMarkerType | undefined;
}
export interface SimulatePrincipalPolicyRequest {
  readonly ActionNames: ActionNameListType;
  readonly CallerArn?: ResourceNameType | undefined;
  readonly ContextEntries?: ContextEntryListType | undefined;
  readonly Marker?: markerType | undefined;
  readonly MaxItems?: maxItemsType | undefined;
  readonly PermissionsBoundaryPolicyInputList?: SimulationPolicyListType | undefined;
  readonly PolicyInputList?: SimulationPolicyListType | undefined;
  readonly PolicySourceArn: arnType;
  readonly ResourceArns?: ResourceNameListType | undefined;
  readonly ResourceHandlingOption?: ResourceHandlingOptionType | undefined;
  readonly ResourceOwner?: ResourceNameType | undefined;
  readonly ResourcePolicy?: policyDocumentType | undefined;
}
export type SimulationPolicyListType = readonly policyDocumentType[];
export interface Statement {
  readonly EndPosition?: Position | undefined;
  readonly SourcePolicyId?: PolicyIdentifierType | undefined;
  readonly SourcePolicyType?: PolicySourceType | undefined;
  readonly StartPosition?: Position | undefined;
}
export type StatementListType = readonly Statement[];
export interface Tag {
  readonly Key: tagKeyType;
  readonly Value: tagValueType;
}
export interface TagMFADeviceRequest {
  readonly SerialNumber: serialNumberType;
  readonly Tags: tagListType;
}
export interface TagOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: arnType;
  readonly Tags: tagListType;
}
export interface TagPolicyRequest {
  readonly PolicyArn: arnType;
  readonly Tags: tagListType;
}
export interface TagRoleRequest {
  readonly RoleName: roleNameType;
  readonly Tags: tagListType;
}
export interface TagUserRequest {
  readonly Tags: tagListType;
  readonly UserName: existingUserNameType;
}
export interface UntagMFADeviceRequest {
  readonly SerialNumber: serialNumberType;
  readonly TagKeys: tagKeyListType;
}
export interface UntagOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: arnType;
  readonly TagKeys: tagKeyListType;
}
export interface UntagPolicyRequest {
  readonly PolicyArn: arnType;
  readonly TagKeys: tagKeyListType;
}
export interface UntagRoleRequest {
  readonly RoleName: roleNameType;
  readonly TagKeys: tagKeyListType;
}
export interface UntagUserRequest {
  readonly TagKeys: tagKeyListType;
  readonly UserName: existingUserNameType;
}
export interface UpdateAccessKeyRequest {
  readonly AccessKeyId: accessKeyIdType;
  readonly Status: statusType;
  readonly UserName?: existingUserNameType | undefined;
}
export interface UpdateAccountPasswordPolicyRequest {
  readonly AllowUsersToChangePassword?: booleanType | undefined;
  readonly HardExpiry?: booleanObjectType | undefined;
  readonly MaxPasswordAge?: maxPasswordAgeType | undefined;
  readonly MinimumPasswordLength?: minimumPasswordLengthType | undefined;
  readonly PasswordReusePrevention?: passwordReusePreventionType | undefined;
  readonly RequireLowercaseCharacters?: booleanType | undefined;
  readonly RequireNumbers?: booleanType | undefined;
  readonly RequireSymbols?: booleanType | undefined;
  readonly RequireUppercaseCharacters?: booleanType | undefined;
}
export interface UpdateAssumeRolePolicyRequest {
  readonly PolicyDocument: policyDocumentType;
  readonly RoleName: roleNameType;
}
export interface UpdateGroupRequest {
  readonly GroupName: groupNameType;
  readonly NewGroupName?: groupNameType | undefined;
  readonly NewPath?: pathType | undefined;
}
export interface UpdateLoginProfileRequest {
  readonly Password?: passwordType | undefined;
  readonly PasswordResetRequired?: booleanObjectType | undefined;
  readonly UserName: userNameType;
}
export interface UpdateOpenIDConnectProviderThumbprintRequest {
  readonly OpenIDConnectProviderArn: arnType;
  readonly ThumbprintList: thumbprintListType;
}
export interface UpdateRoleDescriptionRequest {
  readonly Description: roleDescriptionType;
  readonly RoleName: roleNameType;
}
export interface UpdateRoleDescriptionResponse {
  readonly Role?: Role | undefined;
}
export interface UpdateRoleRequest {
  readonly Description?: roleDescriptionType | undefined;
  readonly MaxSessionDuration?: roleMaxSessionDurationType | undefined;
  readonly RoleName: roleNameType;
}
export type UpdateRoleResponse = Readonly<Record<never, never>>;
export interface UpdateUserRequest {
  readonly NewPath?: pathType | undefined;
  readonly NewUserName?: userNameType | undefined;
  readonly UserName: existingUserNameType;
}
export interface User {
  readonly Arn: arnType;
  readonly CreateDate: dateType;
  readonly PasswordLastUsed?: dateType | undefined;
  readonly Path: pathType;
  readonly PermissionsBoundary?: AttachedPermissionsBoundary | undefined;
  readonly Tags?: tagListType | undefined;
  readonly UserId: idType;
  readonly UserName: userNameType;
}
export interface UserDetail {
  readonly Arn?: arnType | undefined;
  readonly AttachedManagedPolicies?: attachedPoliciesListType | undefined;
  readonly CreateDate?: dateType | undefined;
  readonly GroupList?: groupNameListType | undefined;
  readonly Path?: pathType | undefined;
  readonly PermissionsBoundary?: AttachedPermissionsBoundary | undefined;
  readonly Tags?: tagListType | undefined;
  readonly UserId?: idType | undefined;
  readonly UserName?: userNameType | undefined;
  readonly UserPolicyList?: policyDetailListType | undefined;
}
export interface VirtualMFADevice {
  readonly Base32StringSeed?: BootstrapDatum | undefined;
  readonly EnableDate?: dateType | undefined;
  readonly QRCodePNG?: BootstrapDatum | undefined;
  readonly SerialNumber: serialNumberType;
  readonly Tags?: tagListType | undefined;
  readonly User?: User | undefined;
}
export type accessKeyIdType = string;
export type accessKeyMetadataListType = readonly AccessKeyMetadata[];
export type accessKeySecretType = string;
export type accountAliasListType = readonly accountAliasType[];
export type accountAliasType = string;
export type allUsers = boolean;
export type arnType = string;
export type assignmentStatusType = 'Assigned' | 'Unassigned' | 'Any';
export type attachedPoliciesListType = readonly AttachedPolicy[];
export type attachmentCountType = number;
export type authenticationCodeType = string;
export type booleanObjectType = boolean;
export type booleanType = boolean;
export type certificateBodyType = string;
export type certificateIdType = string;
export type certificateListType = readonly SigningCertificate[];
export type clientIDListType = readonly clientIDType[];
export type clientIDType = string;
export type credentialReportExpiredExceptionMessage = string;
export type credentialReportNotPresentExceptionMessage = string;
export type credentialReportNotReadyExceptionMessage = string;
export type customSuffixType = string;
export type dateType = Temporal.Instant;
export type deleteConflictMessage = string;
export type entityAlreadyExistsMessage = string;
export type entityListType = readonly EntityType[];
export type entityTemporarilyUnmodifiableMessage = string;
export type existingUserNameType = string;
export type groupDetailListType = readonly GroupDetail[];
export type groupListType = readonly Group[];
export type groupNameListType = readonly groupNameType[];
export type groupNameType = string;
export type idType = string;
export type instanceProfileListType = readonly InstanceProfile[];
export type instanceProfileNameType = string;
export type invalidAuthenticationCodeMessage = string;
export type invalidInputMessage = string;
export type invalidUserTypeMessage = string;
export type limitExceededMessage = string;
export type malformedPolicyDocumentMessage = string;
export type markerType = string;
export type maxItemsType = number;
export type maxPasswordAgeType = number;
export type mfaDeviceListType = readonly MFADevice[];
export type minimumPasswordLengthType = number;
export type noSuchEntityMessage = string;
export type openIdIdpCommunicationErrorExceptionMessage = string;
export type passwordPolicyViolationMessage = string;
export type passwordReusePreventionType = number;
export type passwordType = string;
export type pathPrefixType = string;
export type pathType = string;
export type policyDescriptionType = string;
export type policyDetailListType = readonly PolicyDetail[];
export type policyDocumentType = string;
export type policyDocumentVersionListType = readonly PolicyVersion[];
export type policyEvaluationErrorMessage = string;
export type policyListType = readonly Policy[];
export type policyNameListType = readonly policyNameType[];
export type policyNameType = string;
export type policyNotAttachableMessage = string;
export type policyPathType = string;
export type policyScopeType = 'All' | 'AWS' | 'Local';
export type policyVersionIdType = string;
export type publicKeyIdType = string;
export type responseMarkerType = string;
export type roleDescriptionType = string;
export type roleDetailListType = readonly RoleDetail[];
export type roleListType = readonly Role[];
export type roleMaxSessionDurationType = number;
export type roleNameType = string;
export type serialNumberType = string;
export type serverCertificateMetadataListType = readonly ServerCertificateMetadata[];
export type serverCertificateNameType = string;
export type serviceCredentialAlias = string;
export type serviceFailureExceptionMessage = string;
export type serviceName = string;
export type serviceNotSupportedMessage = string;
export type serviceSpecificCredentialId = string;
export type serviceUserName = string;
export type statusType = 'Active' | 'Inactive' | 'Expired';
export type stringType = string;
export type summaryKeyType = 'Users' | 'UsersQuota' | 'Groups' | 'GroupsQuota' | 'ServerCertificates' | 'ServerCertificatesQuota' | 'UserPolicySizeQuota' | 'GroupPolicySizeQuota' | 'GroupsPerUserQuota' | 'SigningCertificatesPerUserQuota' | 'AccessKeysPerUserQuota' | 'MFADevices' | 'MFADevicesInUse' | 'AccountMFAEnabled' | 'AccountAccessKeysPresent' | 'AccountPasswordPresent' | 'AccountSigningCertificatesPresent' | 'AttachedPoliciesPerGroupQuota' | 'AttachedPoliciesPerRoleQuota' | 'AttachedPoliciesPerUserQuota' | 'Policies' | 'PoliciesQuota' | 'PolicySizeQuota' | 'PolicyVersionsInUse' | 'PolicyVersionsInUseQuota' | 'VersionsPerPolicyQuota' | 'GlobalEndpointTokenVersion' | 'AssumeRolePolicySizeQuota' | 'InstanceProfiles' | 'InstanceProfilesQuota' | 'Providers' | 'RolePolicySizeQuota' | 'Roles' | 'RolesQuota';
export type summaryMapType = Readonly<Record<string, summaryValueType>>;
export type summaryValueType = number;
export type tagKeyListType = readonly tagKeyType[];
export type tagKeyType = string;
export type tagListType = readonly Tag[];
export type tagValueType = string;
export type thumbprintListType = readonly thumbprintType[];
export type thumbprintType = string;
export type unmodifiableEntityMessage = string;
export type userDetailListType = readonly UserDetail[];
export type userListType = readonly User[];
export type userNameType = string;
export type virtualMFADeviceListType = readonly VirtualMFADevice[];
export type virtualMFADeviceName = string;

export const model = {
 "apiVersion": "2010-05-08",
 "protocol": "query",
 "xmlNamespace": "https://iam.amazonaws.com/doc/2010-05-08/",
 "operations": {
  "AddClientIDToOpenIDConnectProvider": {
   "input": "AddClientIDToOpenIDConnectProviderRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "AddUserToGroup": {
   "input": "AddUserToGroupRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "AttachGroupPolicy": {
   "input": "AttachGroupPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "PolicyNotAttachable",
    "ServiceFailure"
   ]
  },
  "AttachRolePolicy": {
   "input": "AttachRolePolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "PolicyNotAttachable",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "AttachUserPolicy": {
   "input": "AttachUserPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "PolicyNotAttachable",
    "ServiceFailure"
   ]
  },
  "ChangePassword": {
   "input": "ChangePasswordRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "EntityTemporarilyUnmodifiable",
    "InvalidUserType",
    "LimitExceeded",
    "NoSuchEntity",
    "PasswordPolicyViolation",
    "ServiceFailure"
   ]
  },
  "CreateAccessKey": {
   "input": "CreateAccessKeyRequest",
   "output": "CreateAccessKeyResponse",
   "resultWrapper": "CreateAccessKeyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "CreateAccountAlias": {
   "input": "CreateAccountAliasRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "LimitExceeded",
    "ServiceFailure"
   ]
  },
  "CreateGroup": {
   "input": "CreateGroupRequest",
   "output": "CreateGroupResponse",
   "resultWrapper": "CreateGroupResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "EntityAlreadyExists",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "CreateLoginProfile": {
   "input": "CreateLoginProfileRequest",
   "output": "CreateLoginProfileResponse",
   "resultWrapper": "CreateLoginProfileResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "EntityAlreadyExists",
    "LimitExceeded",
    "NoSuchEntity",
    "PasswordPolicyViolation",
    "ServiceFailure"
   ]
  },
  "CreateOpenIDConnectProvider": {
   "input": "CreateOpenIDConnectProviderRequest",
   "output": "CreateOpenIDConnectProviderResponse",
   "resultWrapper": "CreateOpenIDConnectProviderResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "InvalidInput",
    "LimitExceeded",
    "OpenIdIdpCommunicationError",
    "ServiceFailure"
   ]
  },
  "CreatePolicy": {
   "input": "CreatePolicyRequest",
   "output": "CreatePolicyResponse",
   "resultWrapper": "CreatePolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "InvalidInput",
    "LimitExceeded",
    "MalformedPolicyDocument",
    "ServiceFailure"
   ]
  },
  "CreatePolicyVersion": {
   "input": "CreatePolicyVersionRequest",
   "output": "CreatePolicyVersionResponse",
   "resultWrapper": "CreatePolicyVersionResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "CreateRole": {
   "input": "CreateRoleRequest",
   "output": "CreateRoleResponse",
   "resultWrapper": "CreateRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "InvalidInput",
    "LimitExceeded",
    "MalformedPolicyDocument",
    "ServiceFailure"
   ]
  },
  "CreateServiceLinkedRole": {
   "input": "CreateServiceLinkedRoleRequest",
   "output": "CreateServiceLinkedRoleResponse",
   "resultWrapper": "CreateServiceLinkedRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "CreateUser": {
   "input": "CreateUserRequest",
   "output": "CreateUserResponse",
   "resultWrapper": "CreateUserResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "CreateVirtualMFADevice": {
   "input": "CreateVirtualMFADeviceRequest",
   "output": "CreateVirtualMFADeviceResponse",
   "resultWrapper": "CreateVirtualMFADeviceResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "InvalidInput",
    "LimitExceeded",
    "ServiceFailure"
   ]
  },
  "DeactivateMFADevice": {
   "input": "DeactivateMFADeviceRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityTemporarilyUnmodifiable",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteAccessKey": {
   "input": "DeleteAccessKeyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteAccountAlias": {
   "input": "DeleteAccountAliasRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteAccountPasswordPolicy": {
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteGroup": {
   "input": "DeleteGroupRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DeleteConflict",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteGroupPolicy": {
   "input": "DeleteGroupPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteLoginProfile": {
   "input": "DeleteLoginProfileRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "EntityTemporarilyUnmodifiable",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteOpenIDConnectProvider": {
   "input": "DeleteOpenIDConnectProviderRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeletePolicy": {
   "input": "DeletePolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DeleteConflict",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeletePolicyVersion": {
   "input": "DeletePolicyVersionRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DeleteConflict",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteRole": {
   "input": "DeleteRoleRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "DeleteConflict",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "DeleteRolePermissionsBoundary": {
   "input": "DeleteRolePermissionsBoundaryRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "DeleteRolePolicy": {
   "input": "DeleteRolePolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "DeleteServiceLinkedRole": {
   "input": "DeleteServiceLinkedRoleRequest",
   "output": "DeleteServiceLinkedRoleResponse",
   "resultWrapper": "DeleteServiceLinkedRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteUser": {
   "input": "DeleteUserRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "DeleteConflict",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteUserPermissionsBoundary": {
   "input": "DeleteUserPermissionsBoundaryRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteUserPolicy": {
   "input": "DeleteUserPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DeleteVirtualMFADevice": {
   "input": "DeleteVirtualMFADeviceRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "DeleteConflict",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DetachGroupPolicy": {
   "input": "DetachGroupPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "DetachRolePolicy": {
   "input": "DetachRolePolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "DetachUserPolicy": {
   "input": "DetachUserPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "EnableMFADevice": {
   "input": "EnableMFADeviceRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "EntityTemporarilyUnmodifiable",
    "InvalidAuthenticationCode",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GenerateCredentialReport": {
   "output": "GenerateCredentialReportResponse",
   "resultWrapper": "GenerateCredentialReportResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "ServiceFailure"
   ]
  },
  "GetAccessKeyLastUsed": {
   "input": "GetAccessKeyLastUsedRequest",
   "output": "GetAccessKeyLastUsedResponse",
   "resultWrapper": "GetAccessKeyLastUsedResult",
   "method": "POST",
   "uri": "/",
   "errors": []
  },
  "GetAccountAuthorizationDetails": {
   "input": "GetAccountAuthorizationDetailsRequest",
   "output": "GetAccountAuthorizationDetailsResponse",
   "resultWrapper": "GetAccountAuthorizationDetailsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "GetAccountPasswordPolicy": {
   "output": "GetAccountPasswordPolicyResponse",
   "resultWrapper": "GetAccountPasswordPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetAccountSummary": {
   "output": "GetAccountSummaryResponse",
   "resultWrapper": "GetAccountSummaryResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "GetContextKeysForCustomPolicy": {
   "input": "GetContextKeysForCustomPolicyRequest",
   "output": "GetContextKeysForPolicyResponse",
   "resultWrapper": "GetContextKeysForCustomPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput"
   ]
  },
  "GetContextKeysForPrincipalPolicy": {
   "input": "GetContextKeysForPrincipalPolicyRequest",
   "output": "GetContextKeysForPolicyResponse",
   "resultWrapper": "GetContextKeysForPrincipalPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity"
   ]
  },
  "GetCredentialReport": {
   "output": "GetCredentialReportResponse",
   "resultWrapper": "GetCredentialReportResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ReportExpired",
    "ReportInProgress",
    "ReportNotPresent",
    "ServiceFailure"
   ]
  },
  "GetGroup": {
   "input": "GetGroupRequest",
   "output": "GetGroupResponse",
   "resultWrapper": "GetGroupResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetGroupPolicy": {
   "input": "GetGroupPolicyRequest",
   "output": "GetGroupPolicyResponse",
   "resultWrapper": "GetGroupPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetLoginProfile": {
   "input": "GetLoginProfileRequest",
   "output": "GetLoginProfileResponse",
   "resultWrapper": "GetLoginProfileResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetMFADevice": {
   "input": "GetMFADeviceRequest",
   "output": "GetMFADeviceResponse",
   "resultWrapper": "GetMFADeviceResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetOpenIDConnectProvider": {
   "input": "GetOpenIDConnectProviderRequest",
   "output": "GetOpenIDConnectProviderResponse",
   "resultWrapper": "GetOpenIDConnectProviderResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetPolicy": {
   "input": "GetPolicyRequest",
   "output": "GetPolicyResponse",
   "resultWrapper": "GetPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetPolicyVersion": {
   "input": "GetPolicyVersionRequest",
   "output": "GetPolicyVersionResponse",
   "resultWrapper": "GetPolicyVersionResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetRole": {
   "input": "GetRoleRequest",
   "output": "GetRoleResponse",
   "resultWrapper": "GetRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetRolePolicy": {
   "input": "GetRolePolicyRequest",
   "output": "GetRolePolicyResponse",
   "resultWrapper": "GetRolePolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetServiceLinkedRoleDeletionStatus": {
   "input": "GetServiceLinkedRoleDeletionStatusRequest",
   "output": "GetServiceLinkedRoleDeletionStatusResponse",
   "resultWrapper": "GetServiceLinkedRoleDeletionStatusResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetUser": {
   "input": "GetUserRequest",
   "output": "GetUserResponse",
   "resultWrapper": "GetUserResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "GetUserPolicy": {
   "input": "GetUserPolicyRequest",
   "output": "GetUserPolicyResponse",
   "resultWrapper": "GetUserPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListAccessKeys": {
   "input": "ListAccessKeysRequest",
   "output": "ListAccessKeysResponse",
   "resultWrapper": "ListAccessKeysResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListAccountAliases": {
   "input": "ListAccountAliasesRequest",
   "output": "ListAccountAliasesResponse",
   "resultWrapper": "ListAccountAliasesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListAttachedGroupPolicies": {
   "input": "ListAttachedGroupPoliciesRequest",
   "output": "ListAttachedGroupPoliciesResponse",
   "resultWrapper": "ListAttachedGroupPoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListAttachedRolePolicies": {
   "input": "ListAttachedRolePoliciesRequest",
   "output": "ListAttachedRolePoliciesResponse",
   "resultWrapper": "ListAttachedRolePoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListAttachedUserPolicies": {
   "input": "ListAttachedUserPoliciesRequest",
   "output": "ListAttachedUserPoliciesResponse",
   "resultWrapper": "ListAttachedUserPoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListEntitiesForPolicy": {
   "input": "ListEntitiesForPolicyRequest",
   "output": "ListEntitiesForPolicyResponse",
   "resultWrapper": "ListEntitiesForPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListGroupPolicies": {
   "input": "ListGroupPoliciesRequest",
   "output": "ListGroupPoliciesResponse",
   "resultWrapper": "ListGroupPoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListGroups": {
   "input": "ListGroupsRequest",
   "output": "ListGroupsResponse",
   "resultWrapper": "ListGroupsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListGroupsForUser": {
   "input": "ListGroupsForUserRequest",
   "output": "ListGroupsForUserResponse",
   "resultWrapper": "ListGroupsForUserResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListInstanceProfileTags": {
   "input": "ListInstanceProfileTagsRequest",
   "output": "ListInstanceProfileTagsResponse",
   "resultWrapper": "ListInstanceProfileTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListInstanceProfiles": {
   "input": "ListInstanceProfilesRequest",
   "output": "ListInstanceProfilesResponse",
   "resultWrapper": "ListInstanceProfilesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListInstanceProfilesForRole": {
   "input": "ListInstanceProfilesForRoleRequest",
   "output": "ListInstanceProfilesForRoleResponse",
   "resultWrapper": "ListInstanceProfilesForRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListMFADeviceTags": {
   "input": "ListMFADeviceTagsRequest",
   "output": "ListMFADeviceTagsResponse",
   "resultWrapper": "ListMFADeviceTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListMFADevices": {
   "input": "ListMFADevicesRequest",
   "output": "ListMFADevicesResponse",
   "resultWrapper": "ListMFADevicesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListOpenIDConnectProviderTags": {
   "input": "ListOpenIDConnectProviderTagsRequest",
   "output": "ListOpenIDConnectProviderTagsResponse",
   "resultWrapper": "ListOpenIDConnectProviderTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListOpenIDConnectProviders": {
   "input": "ListOpenIDConnectProvidersRequest",
   "output": "ListOpenIDConnectProvidersResponse",
   "resultWrapper": "ListOpenIDConnectProvidersResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListPolicies": {
   "input": "ListPoliciesRequest",
   "output": "ListPoliciesResponse",
   "resultWrapper": "ListPoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListPolicyTags": {
   "input": "ListPolicyTagsRequest",
   "output": "ListPolicyTagsResponse",
   "resultWrapper": "ListPolicyTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListPolicyVersions": {
   "input": "ListPolicyVersionsRequest",
   "output": "ListPolicyVersionsResponse",
   "resultWrapper": "ListPolicyVersionsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListRolePolicies": {
   "input": "ListRolePoliciesRequest",
   "output": "ListRolePoliciesResponse",
   "resultWrapper": "ListRolePoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListRoleTags": {
   "input": "ListRoleTagsRequest",
   "output": "ListRoleTagsResponse",
   "resultWrapper": "ListRoleTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListRoles": {
   "input": "ListRolesRequest",
   "output": "ListRolesResponse",
   "resultWrapper": "ListRolesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListSAMLProviderTags": {
   "input": "ListSAMLProviderTagsRequest",
   "output": "ListSAMLProviderTagsResponse",
   "resultWrapper": "ListSAMLProviderTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListSAMLProviders": {
   "input": "ListSAMLProvidersRequest",
   "output": "ListSAMLProvidersResponse",
   "resultWrapper": "ListSAMLProvidersResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListSSHPublicKeys": {
   "input": "ListSSHPublicKeysRequest",
   "output": "ListSSHPublicKeysResponse",
   "resultWrapper": "ListSSHPublicKeysResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity"
   ]
  },
  "ListServerCertificateTags": {
   "input": "ListServerCertificateTagsRequest",
   "output": "ListServerCertificateTagsResponse",
   "resultWrapper": "ListServerCertificateTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListServerCertificates": {
   "input": "ListServerCertificatesRequest",
   "output": "ListServerCertificatesResponse",
   "resultWrapper": "ListServerCertificatesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListServiceSpecificCredentials": {
   "input": "ListServiceSpecificCredentialsRequest",
   "output": "ListServiceSpecificCredentialsResponse",
   "resultWrapper": "ListServiceSpecificCredentialsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "NotSupportedService"
   ]
  },
  "ListSigningCertificates": {
   "input": "ListSigningCertificatesRequest",
   "output": "ListSigningCertificatesResponse",
   "resultWrapper": "ListSigningCertificatesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListUserPolicies": {
   "input": "ListUserPoliciesRequest",
   "output": "ListUserPoliciesResponse",
   "resultWrapper": "ListUserPoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListUserTags": {
   "input": "ListUserTagsRequest",
   "output": "ListUserTagsResponse",
   "resultWrapper": "ListUserTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ListUsers": {
   "input": "ListUsersRequest",
   "output": "ListUsersResponse",
   "resultWrapper": "ListUsersResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ServiceFailure"
   ]
  },
  "ListVirtualMFADevices": {
   "input": "ListVirtualMFADevicesRequest",
   "output": "ListVirtualMFADevicesResponse",
   "resultWrapper": "ListVirtualMFADevicesResult",
   "method": "POST",
   "uri": "/",
   "errors": []
  },
  "PutGroupPolicy": {
   "input": "PutGroupPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "PutRolePermissionsBoundary": {
   "input": "PutRolePermissionsBoundaryRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "PolicyNotAttachable",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "PutRolePolicy": {
   "input": "PutRolePolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "PutUserPermissionsBoundary": {
   "input": "PutUserPermissionsBoundaryRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "PolicyNotAttachable",
    "ServiceFailure"
   ]
  },
  "PutUserPolicy": {
   "input": "PutUserPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "RemoveClientIDFromOpenIDConnectProvider": {
   "input": "RemoveClientIDFromOpenIDConnectProviderRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "RemoveUserFromGroup": {
   "input": "RemoveUserFromGroupRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "ResyncMFADevice": {
   "input": "ResyncMFADeviceRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidAuthenticationCode",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "SetDefaultPolicyVersion": {
   "input": "SetDefaultPolicyVersionRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "SimulateCustomPolicy": {
   "input": "SimulateCustomPolicyRequest",
   "output": "SimulatePolicyResponse",
   "resultWrapper": "SimulateCustomPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "PolicyEvaluation"
   ]
  },
  "SimulatePrincipalPolicy": {
   "input": "SimulatePrincipalPolicyRequest",
   "output": "SimulatePolicyResponse",
   "resultWrapper": "SimulatePrincipalPolicyResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "NoSuchEntity",
    "PolicyEvaluation"
   ]
  },
  "TagMFADevice": {
   "input": "TagMFADeviceRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "TagOpenIDConnectProvider": {
   "input": "TagOpenIDConnectProviderRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "TagPolicy": {
   "input": "TagPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "TagRole": {
   "input": "TagRoleRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "TagUser": {
   "input": "TagUserRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UntagMFADevice": {
   "input": "UntagMFADeviceRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UntagOpenIDConnectProvider": {
   "input": "UntagOpenIDConnectProviderRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UntagPolicy": {
   "input": "UntagPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UntagRole": {
   "input": "UntagRoleRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UntagUser": {
   "input": "UntagUserRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UpdateAccessKey": {
   "input": "UpdateAccessKeyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidInput",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UpdateAccountPasswordPolicy": {
   "input": "UpdateAccountPasswordPolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UpdateAssumeRolePolicy": {
   "input": "UpdateAssumeRolePolicyRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LimitExceeded",
    "MalformedPolicyDocument",
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "UpdateGroup": {
   "input": "UpdateGroupRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "EntityAlreadyExists",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UpdateLoginProfile": {
   "input": "UpdateLoginProfileRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "EntityTemporarilyUnmodifiable",
    "LimitExceeded",
    "NoSuchEntity",
    "PasswordPolicyViolation",
    "ServiceFailure"
   ]
  },
  "UpdateOpenIDConnectProviderThumbprint": {
   "input": "UpdateOpenIDConnectProviderThumbprintRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "InvalidInput",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  },
  "UpdateRole": {
   "input": "UpdateRoleRequest",
   "output": "UpdateRoleResponse",
   "resultWrapper": "UpdateRoleResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "UpdateRoleDescription": {
   "input": "UpdateRoleDescriptionRequest",
   "output": "UpdateRoleDescriptionResponse",
   "resultWrapper": "UpdateRoleDescriptionResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "NoSuchEntity",
    "ServiceFailure",
    "UnmodifiableEntity"
   ]
  },
  "UpdateUser": {
   "input": "UpdateUserRequest",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ConcurrentModification",
    "EntityAlreadyExists",
    "EntityTemporarilyUnmodifiable",
    "LimitExceeded",
    "NoSuchEntity",
    "ServiceFailure"
   ]
  }
 },
 "shapes": {
  "AccessKey": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "SecretAccessKey": {
     "shape": "accessKeySecretType"
    },
    "Status": {
     "shape": "statusType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "AccessKeyId",
    "Status",
    "SecretAccessKey"
   ]
  },
  "AccessKeyLastUsed": {
   "type": "structure",
   "members": {
    "LastUsedDate": {
     "shape": "dateType"
    },
    "Region": {
     "shape": "stringType"
    },
    "ServiceName": {
     "shape": "stringType"
    }
   },
   "required": [
    "ServiceName",
    "Region"
   ]
  },
  "AccessKeyMetadata": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "Status": {
     "shape": "statusType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "ActionNameListType": {
   "type": "list",
   "member": {
    "shape": "ActionNameType"
   }
  },
  "ActionNameType": {
   "type": "string",
   "min": 3,
   "max": 128
  },
  "AddClientIDToOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "ClientID": {
     "shape": "clientIDType"
    },
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn",
    "ClientID"
   ]
  },
  "AddUserToGroupRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "GroupName",
    "UserName"
   ]
  },
  "ArnListType": {
   "type": "list",
   "member": {
    "shape": "arnType"
   }
  },
  "AttachGroupPolicyRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "PolicyArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "GroupName",
    "PolicyArn"
   ]
  },
  "AttachRolePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyArn"
   ]
  },
  "AttachUserPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyArn"
   ]
  },
  "AttachedPermissionsBoundary": {
   "type": "structure",
   "members": {
    "PermissionsBoundaryArn": {
     "shape": "arnType"
    },
    "PermissionsBoundaryType": {
     "shape": "PermissionsBoundaryAttachmentType"
    }
   }
  },
  "AttachedPolicy": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    }
   }
  },
  "BootstrapDatum": {
   "type": "blob",
   "sensitive": true
  },
  "CertificationKeyType": {
   "type": "string",
   "pattern": "[\\u0020-\\u00FF]+",
   "min": 1,
   "max": 128
  },
  "CertificationMapType": {
   "type": "map",
   "key": {
    "shape": "CertificationKeyType"
   },
   "value": {
    "shape": "CertificationValueType"
   }
  },
  "CertificationValueType": {
   "type": "string",
   "pattern": "[\\u0020-\\u00FF]+",
   "min": 1,
   "max": 32
  },
  "ChangePasswordRequest": {
   "type": "structure",
   "members": {
    "NewPassword": {
     "shape": "passwordType"
    },
    "OldPassword": {
     "shape": "passwordType"
    }
   },
   "required": [
    "OldPassword",
    "NewPassword"
   ]
  },
  "ColumnNumber": {
   "type": "integer"
  },
  "ConcurrentModificationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "ConcurrentModificationMessage"
    }
   },
   "error": {
    "code": "ConcurrentModification",
    "status": 409
   }
  },
  "ConcurrentModificationMessage": {
   "type": "string"
  },
  "ContextEntry": {
   "type": "structure",
   "members": {
    "ContextKeyName": {
     "shape": "ContextKeyNameType"
    },
    "ContextKeyType": {
     "shape": "ContextKeyTypeEnum"
    },
    "ContextKeyValues": {
     "shape": "ContextKeyValueListType"
    }
   }
  },
  "ContextEntryListType": {
   "type": "list",
   "member": {
    "shape": "ContextEntry"
   }
  },
  "ContextKeyNameType": {
   "type": "string",
   "min": 5,
   "max": 256
  },
  "ContextKeyNamesResultListType": {
   "type": "list",
   "member": {
    "shape": "ContextKeyNameType"
   }
  },
  "ContextKeyTypeEnum": {
   "type": "string",
   "enum": [
    "string",
    "stringList",
    "numeric",
    "numericList",
    "boolean",
    "booleanList",
    "ip",
    "ipList",
    "binary",
    "binaryList",
    "date",
    "dateList"
   ]
  },
  "ContextKeyValueListType": {
   "type": "list",
   "member": {
    "shape": "ContextKeyValueType"
   }
  },
  "ContextKeyValueType": {
   "type": "string"
  },
  "CreateAccessKeyRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "CreateAccessKeyResponse": {
   "type": "structure",
   "members": {
    "AccessKey": {
     "shape": "AccessKey"
    }
   },
   "required": [
    "AccessKey"
   ]
  },
  "CreateAccountAliasRequest": {
   "type": "structure",
   "members": {
    "AccountAlias": {
     "shape": "accountAliasType"
    }
   },
   "required": [
    "AccountAlias"
   ]
  },
  "CreateGroupRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "Path": {
     "shape": "pathType"
    }
   },
   "required": [
    "GroupName"
   ]
  },
  "CreateGroupResponse": {
   "type": "structure",
   "members": {
    "Group": {
     "shape": "Group"
    }
   },
   "required": [
    "Group"
   ]
  },
  "CreateLoginProfileRequest": {
   "type": "structure",
   "members": {
    "Password": {
     "shape": "passwordType"
    },
    "PasswordResetRequired": {
     "shape": "booleanType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "CreateLoginProfileResponse": {
   "type": "structure",
   "members": {
    "LoginProfile": {
     "shape": "LoginProfile"
    }
   },
   "required": [
    "LoginProfile"
   ]
  },
  "CreateOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "ClientIDList": {
     "shape": "clientIDListType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "ThumbprintList": {
     "shape": "thumbprintListType"
    },
    "Url": {
     "shape": "OpenIDConnectProviderUrlType"
    }
   },
   "required": [
    "Url"
   ]
  },
  "CreateOpenIDConnectProviderResponse": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   }
  },
  "CreatePolicyRequest": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "policyDescriptionType"
    },
    "Path": {
     "shape": "policyPathType"
    },
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "CreatePolicyResponse": {
   "type": "structure",
   "members": {
    "Policy": {
     "shape": "Policy"
    }
   }
  },
  "CreatePolicyVersionRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "SetAsDefault": {
     "shape": "booleanType"
    }
   },
   "required": [
    "PolicyArn",
    "PolicyDocument"
   ]
  },
  "CreatePolicyVersionResponse": {
   "type": "structure",
   "members": {
    "PolicyVersion": {
     "shape": "PolicyVersion"
    }
   }
  },
  "CreateRoleRequest": {
   "type": "structure",
   "members": {
    "AssumeRolePolicyDocument": {
     "shape": "policyDocumentType"
    },
    "Description": {
     "shape": "roleDescriptionType"
    },
    "MaxSessionDuration": {
     "shape": "roleMaxSessionDurationType"
    },
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "arnType"
    },
    "RoleName": {
     "shape": "roleNameType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "RoleName",
    "AssumeRolePolicyDocument"
   ]
  },
  "CreateRoleResponse": {
   "type": "structure",
   "members": {
    "Role": {
     "shape": "Role"
    }
   },
   "required": [
    "Role"
   ]
  },
  "CreateServiceLinkedRoleRequest": {
   "type": "structure",
   "members": {
    "AWSServiceName": {
     "shape": "groupNameType"
    },
    "CustomSuffix": {
     "shape": "customSuffixType"
    },
    "Description": {
     "shape": "roleDescriptionType"
    }
   },
   "required": [
    "AWSServiceName"
   ]
  },
  "CreateServiceLinkedRoleResponse": {
   "type": "structure",
   "members": {
    "Role": {
     "shape": "Role"
    }
   }
  },
  "CreateUserRequest": {
   "type": "structure",
   "members": {
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "arnType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "CreateUserResponse": {
   "type": "structure",
   "members": {
    "User": {
     "shape": "User"
    }
   }
  },
  "CreateVirtualMFADeviceRequest": {
   "type": "structure",
   "members": {
    "Path": {
     "shape": "pathType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "VirtualMFADeviceName": {
     "shape": "virtualMFADeviceName"
    }
   },
   "required": [
    "VirtualMFADeviceName"
   ]
  },
  "CreateVirtualMFADeviceResponse": {
   "type": "structure",
   "members": {
    "VirtualMFADevice": {
     "shape": "VirtualMFADevice"
    }
   },
   "required": [
    "VirtualMFADevice"
   ]
  },
  "CredentialReportExpiredException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "credentialReportExpiredExceptionMessage"
    }
   },
   "error": {
    "code": "ReportExpired",
    "status": 410
   }
  },
  "CredentialReportNotPresentException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "credentialReportNotPresentExceptionMessage"
    }
   },
   "error": {
    "code": "ReportNotPresent",
    "status": 410
   }
  },
  "CredentialReportNotReadyException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "credentialReportNotReadyExceptionMessage"
    }
   },
   "error": {
    "code": "ReportInProgress",
    "status": 404
   }
  },
  "DeactivateMFADeviceRequest": {
   "type": "structure",
   "members": {
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "SerialNumber"
   ]
  },
  "DeleteAccessKeyRequest": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "AccessKeyId"
   ]
  },
  "DeleteAccountAliasRequest": {
   "type": "structure",
   "members": {
    "AccountAlias": {
     "shape": "accountAliasType"
    }
   },
   "required": [
    "AccountAlias"
   ]
  },
  "DeleteConflictException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "deleteConflictMessage"
    }
   },
   "error": {
    "code": "DeleteConflict",
    "status": 409
   }
  },
  "DeleteGroupPolicyRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    }
   },
   "required": [
    "GroupName",
    "PolicyName"
   ]
  },
  "DeleteGroupRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    }
   },
   "required": [
    "GroupName"
   ]
  },
  "DeleteLoginProfileRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "DeleteOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn"
   ]
  },
  "DeletePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "PolicyArn"
   ]
  },
  "DeletePolicyVersionRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "VersionId": {
     "shape": "policyVersionIdType"
    }
   },
   "required": [
    "PolicyArn",
    "VersionId"
   ]
  },
  "DeleteRolePermissionsBoundaryRequest": {
   "type": "structure",
   "members": {
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "DeleteRolePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyName": {
     "shape": "policyNameType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyName"
   ]
  },
  "DeleteRoleRequest": {
   "type": "structure",
   "members": {
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "DeleteServiceLinkedRoleRequest": {
   "type": "structure",
   "members": {
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "DeleteServiceLinkedRoleResponse": {
   "type": "structure",
   "members": {
    "DeletionTaskId": {
     "shape": "DeletionTaskIdType"
    }
   },
   "required": [
    "DeletionTaskId"
   ]
  },
  "DeleteUserPermissionsBoundaryRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "DeleteUserPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyName": {
     "shape": "policyNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyName"
   ]
  },
  "DeleteUserRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "DeleteVirtualMFADeviceRequest": {
   "type": "structure",
   "members": {
    "SerialNumber": {
     "shape": "serialNumberType"
    }
   },
   "required": [
    "SerialNumber"
   ]
  },
  "DeletionTaskFailureReasonType": {
   "type": "structure",
   "members": {
    "Reason": {
     "shape": "ReasonType"
    },
    "RoleUsageList": {
     "shape": "RoleUsageListType"
    }
   }
  },
  "DeletionTaskIdType": {
   "type": "string",
   "min": 1,
   "max": 1000
  },
  "DeletionTaskStatusType": {
   "type": "string",
   "enum": [
    "SUCCEEDED",
    "IN_PROGRESS",
    "FAILED",
    "NOT_STARTED"
   ]
  },
  "DetachGroupPolicyRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "PolicyArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "GroupName",
    "PolicyArn"
   ]
  },
  "DetachRolePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyArn"
   ]
  },
  "DetachUserPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyArn"
   ]
  },
  "EnableMFADeviceRequest": {
   "type": "structure",
   "members": {
    "AuthenticationCode1": {
     "shape": "authenticationCodeType"
    },
    "AuthenticationCode2": {
     "shape": "authenticationCodeType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "SerialNumber",
    "AuthenticationCode1",
    "AuthenticationCode2"
   ]
  },
  "EntityAlreadyExistsException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "entityAlreadyExistsMessage"
    }
   },
   "error": {
    "code": "EntityAlreadyExists",
    "status": 409
   }
  },
  "EntityTemporarilyUnmodifiableException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "entityTemporarilyUnmodifiableMessage"
    }
   },
   "error": {
    "code": "EntityTemporarilyUnmodifiable",
    "status": 409
   }
  },
  "EntityType": {
   "type": "string",
   "enum": [
    "User",
    "Role",
    "Group",
    "LocalManagedPolicy",
    "AWSManagedPolicy"
   ]
  },
  "EvalDecisionDetailsType": {
   "type": "map",
   "key": {
    "shape": "EvalDecisionSourceType"
   },
   "value": {
    "shape": "PolicyEvaluationDecisionType"
   }
  },
  "EvalDecisionSourceType": {
   "type": "string",
   "min": 3,
   "max": 256
  },
  "EvaluationResult": {
   "type": "structure",
   "members": {
    "EvalActionName": {
     "shape": "ActionNameType"
    },
    "EvalDecision": {
     "shape": "PolicyEvaluationDecisionType"
    },
    "EvalDecisionDetails": {
     "shape": "EvalDecisionDetailsType"
    },
    "EvalResourceName": {
     "shape": "ResourceNameType"
    },
    "MatchedStatements": {
     "shape": "StatementListType"
    },
    "MissingContextValues": {
     "shape": "ContextKeyNamesResultListType"
    },
    "OrganizationsDecisionDetail": {
     "shape": "OrganizationsDecisionDetail"
    },
    "PermissionsBoundaryDecisionDetail": {
     "shape": "PermissionsBoundaryDecisionDetail"
    },
    "ResourceSpecificResults": {
     "shape": "ResourceSpecificResultListType"
    }
   },
   "required": [
    "EvalActionName",
    "EvalDecision"
   ]
  },
  "EvaluationResultsListType": {
   "type": "list",
   "member": {
    "shape": "EvaluationResult"
   }
  },
  "GenerateCredentialReportResponse": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "ReportStateDescriptionType"
    },
    "State": {
     "shape": "ReportStateType"
    }
   }
  },
  "GetAccessKeyLastUsedRequest": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    }
   },
   "required": [
    "AccessKeyId"
   ]
  },
  "GetAccessKeyLastUsedResponse": {
   "type": "structure",
   "members": {
    "AccessKeyLastUsed": {
     "shape": "AccessKeyLastUsed"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "GetAccountAuthorizationDetailsRequest": {
   "type": "structure",
   "members": {
    "Filter": {
     "shape": "entityListType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    }
   }
  },
  "GetAccountAuthorizationDetailsResponse": {
   "type": "structure",
   "members": {
    "GroupDetailList": {
     "shape": "groupDetailListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Policies": {
     "shape": "ManagedPolicyDetailListType"
    },
    "RoleDetailList": {
     "shape": "roleDetailListType"
    },
    "UserDetailList": {
     "shape": "userDetailListType"
    }
   }
  },
  "GetAccountPasswordPolicyResponse": {
   "type": "structure",
   "members": {
    "PasswordPolicy": {
     "shape": "PasswordPolicy"
    }
   },
   "required": [
    "PasswordPolicy"
   ]
  },
  "GetAccountSummaryResponse": {
   "type": "structure",
   "members": {
    "SummaryMap": {
     "shape": "summaryMapType"
    }
   }
  },
  "GetContextKeysForCustomPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyInputList": {
     "shape": "SimulationPolicyListType"
    }
   },
   "required": [
    "PolicyInputList"
   ]
  },
  "GetContextKeysForPolicyResponse": {
   "type": "structure",
   "members": {
    "ContextKeyNames": {
     "shape": "ContextKeyNamesResultListType"
    }
   }
  },
  "GetContextKeysForPrincipalPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyInputList": {
     "shape": "SimulationPolicyListType"
    },
    "PolicySourceArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "PolicySourceArn"
   ]
  },
  "GetCredentialReportResponse": {
   "type": "structure",
   "members": {
    "Content": {
     "shape": "ReportContentType"
    },
    "GeneratedTime": {
     "shape": "dateType"
    },
    "ReportFormat": {
     "shape": "ReportFormatType"
    }
   }
  },
  "GetGroupPolicyRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    }
   },
   "required": [
    "GroupName",
    "PolicyName"
   ]
  },
  "GetGroupPolicyResponse": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    }
   },
   "required": [
    "GroupName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "GetGroupRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    }
   },
   "required": [
    "GroupName"
   ]
  },
  "GetGroupResponse": {
   "type": "structure",
   "members": {
    "Group": {
     "shape": "Group"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Users": {
     "shape": "userListType"
    }
   },
   "required": [
    "Group",
    "Users"
   ]
  },
  "GetLoginProfileRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "GetLoginProfileResponse": {
   "type": "structure",
   "members": {
    "LoginProfile": {
     "shape": "LoginProfile"
    }
   },
   "required": [
    "LoginProfile"
   ]
  },
  "GetMFADeviceRequest": {
   "type": "structure",
   "members": {
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "SerialNumber"
   ]
  },
  "GetMFADeviceResponse": {
   "type": "structure",
   "members": {
    "Certifications": {
     "shape": "CertificationMapType"
    },
    "EnableDate": {
     "shape": "dateType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "SerialNumber"
   ]
  },
  "GetOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn"
   ]
  },
  "GetOpenIDConnectProviderResponse": {
   "type": "structure",
   "members": {
    "ClientIDList": {
     "shape": "clientIDListType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "ThumbprintList": {
     "shape": "thumbprintListType"
    },
    "Url": {
     "shape": "OpenIDConnectProviderUrlType"
    }
   }
  },
  "GetPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "PolicyArn"
   ]
  },
  "GetPolicyResponse": {
   "type": "structure",
   "members": {
    "Policy": {
     "shape": "Policy"
    }
   }
  },
  "GetPolicyVersionRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "VersionId": {
     "shape": "policyVersionIdType"
    }
   },
   "required": [
    "PolicyArn",
    "VersionId"
   ]
  },
  "GetPolicyVersionResponse": {
   "type": "structure",
   "members": {
    "PolicyVersion": {
     "shape": "PolicyVersion"
    }
   }
  },
  "GetRolePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyName": {
     "shape": "policyNameType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyName"
   ]
  },
  "GetRolePolicyResponse": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "GetRoleRequest": {
   "type": "structure",
   "members": {
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "GetRoleResponse": {
   "type": "structure",
   "members": {
    "Role": {
     "shape": "Role"
    }
   },
   "required": [
    "Role"
   ]
  },
  "GetServiceLinkedRoleDeletionStatusRequest": {
   "type": "structure",
   "members": {
    "DeletionTaskId": {
     "shape": "DeletionTaskIdType"
    }
   },
   "required": [
    "DeletionTaskId"
   ]
  },
  "GetServiceLinkedRoleDeletionStatusResponse": {
   "type": "structure",
   "members": {
    "Reason": {
     "shape": "DeletionTaskFailureReasonType"
    },
    "Status": {
     "shape": "DeletionTaskStatusType"
    }
   },
   "required": [
    "Status"
   ]
  },
  "GetUserPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyName": {
     "shape": "policyNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyName"
   ]
  },
  "GetUserPolicyResponse": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "GetUserRequest": {
   "type": "structure",
   "members": {
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "GetUserResponse": {
   "type": "structure",
   "members": {
    "User": {
     "shape": "User"
    }
   },
   "required": [
    "User"
   ]
  },
  "Group": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "GroupId": {
     "shape": "idType"
    },
    "GroupName": {
     "shape": "groupNameType"
    },
    "Path": {
     "shape": "pathType"
    }
   },
   "required": [
    "Path",
    "GroupName",
    "GroupId",
    "Arn",
    "CreateDate"
   ]
  },
  "GroupDetail": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AttachedManagedPolicies": {
     "shape": "attachedPoliciesListType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "GroupId": {
     "shape": "idType"
    },
    "GroupName": {
     "shape": "groupNameType"
    },
    "GroupPolicyList": {
     "shape": "policyDetailListType"
    },
    "Path": {
     "shape": "pathType"
    }
   }
  },
  "InstanceProfile": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "InstanceProfileId": {
     "shape": "idType"
    },
    "InstanceProfileName": {
     "shape": "instanceProfileNameType"
    },
    "Path": {
     "shape": "pathType"
    },
    "Roles": {
     "shape": "roleListType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Path",
    "InstanceProfileName",
    "InstanceProfileId",
    "Arn",
    "CreateDate",
    "Roles"
   ]
  },
  "InvalidAuthenticationCodeException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "invalidAuthenticationCodeMessage"
    }
   },
   "error": {
    "code": "InvalidAuthenticationCode",
    "status": 403
   }
  },
  "InvalidInputException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "invalidInputMessage"
    }
   },
   "error": {
    "code": "InvalidInput",
    "status": 400
   }
  },
  "InvalidUserTypeException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "invalidUserTypeMessage"
    }
   },
   "error": {
    "code": "InvalidUserType",
    "status": 400
   }
  },
  "LimitExceededException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "limitExceededMessage"
    }
   },
   "error": {
    "code": "LimitExceeded",
    "status": 409
   }
  },
  "LineNumber": {
   "type": "integer"
  },
  "ListAccessKeysRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "ListAccessKeysResponse": {
   "type": "structure",
   "members": {
    "AccessKeyMetadata": {
     "shape": "accessKeyMetadataListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "AccessKeyMetadata"
   ]
  },
  "ListAccountAliasesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    }
   }
  },
  "ListAccountAliasesResponse": {
   "type": "structure",
   "members": {
    "AccountAliases": {
     "shape": "accountAliasListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "AccountAliases"
   ]
  },
  "ListAttachedGroupPoliciesRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "policyPathType"
    }
   },
   "required": [
    "GroupName"
   ]
  },
  "ListAttachedGroupPoliciesResponse": {
   "type": "structure",
   "members": {
    "AttachedPolicies": {
     "shape": "attachedPoliciesListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   }
  },
  "ListAttachedRolePoliciesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "policyPathType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "ListAttachedRolePoliciesResponse": {
   "type": "structure",
   "members": {
    "AttachedPolicies": {
     "shape": "attachedPoliciesListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   }
  },
  "ListAttachedUserPoliciesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "policyPathType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "ListAttachedUserPoliciesResponse": {
   "type": "structure",
   "members": {
    "AttachedPolicies": {
     "shape": "attachedPoliciesListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   }
  },
  "ListEntitiesForPolicyRequest": {
   "type": "structure",
   "members": {
    "EntityFilter": {
     "shape": "EntityType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "pathType"
    },
    "PolicyArn": {
     "shape": "arnType"
    },
    "PolicyUsageFilter": {
     "shape": "PolicyUsageType"
    }
   },
   "required": [
    "PolicyArn"
   ]
  },
  "ListEntitiesForPolicyResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "PolicyGroups": {
     "shape": "PolicyGroupListType"
    },
    "PolicyRoles": {
     "shape": "PolicyRoleListType"
    },
    "PolicyUsers": {
     "shape": "PolicyUserListType"
    }
   }
  },
  "ListGroupPoliciesRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    }
   },
   "required": [
    "GroupName"
   ]
  },
  "ListGroupPoliciesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "PolicyNames": {
     "shape": "policyNameListType"
    }
   },
   "required": [
    "PolicyNames"
   ]
  },
  "ListGroupsForUserRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "ListGroupsForUserResponse": {
   "type": "structure",
   "members": {
    "Groups": {
     "shape": "groupListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "Groups"
   ]
  },
  "ListGroupsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "pathPrefixType"
    }
   }
  },
  "ListGroupsResponse": {
   "type": "structure",
   "members": {
    "Groups": {
     "shape": "groupListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "Groups"
   ]
  },
  "ListInstanceProfileTagsRequest": {
   "type": "structure",
   "members": {
    "InstanceProfileName": {
     "shape": "instanceProfileNameType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    }
   },
   "required": [
    "InstanceProfileName"
   ]
  },
  "ListInstanceProfileTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListInstanceProfilesForRoleRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "ListInstanceProfilesForRoleResponse": {
   "type": "structure",
   "members": {
    "InstanceProfiles": {
     "shape": "instanceProfileListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "InstanceProfiles"
   ]
  },
  "ListInstanceProfilesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "pathPrefixType"
    }
   }
  },
  "ListInstanceProfilesResponse": {
   "type": "structure",
   "members": {
    "InstanceProfiles": {
     "shape": "instanceProfileListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "InstanceProfiles"
   ]
  },
  "ListMFADeviceTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    }
   },
   "required": [
    "SerialNumber"
   ]
  },
  "ListMFADeviceTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListMFADevicesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "ListMFADevicesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "MFADevices": {
     "shape": "mfaDeviceListType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "MFADevices"
   ]
  },
  "ListOpenIDConnectProviderTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn"
   ]
  },
  "ListOpenIDConnectProviderTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListOpenIDConnectProvidersRequest": {
   "type": "structure",
   "members": {}
  },
  "ListOpenIDConnectProvidersResponse": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderList": {
     "shape": "OpenIDConnectProviderListType"
    }
   }
  },
  "ListPoliciesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "OnlyAttached": {
     "shape": "booleanType"
    },
    "PathPrefix": {
     "shape": "policyPathType"
    },
    "PolicyUsageFilter": {
     "shape": "PolicyUsageType"
    },
    "Scope": {
     "shape": "policyScopeType"
    }
   }
  },
  "ListPoliciesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Policies": {
     "shape": "policyListType"
    }
   }
  },
  "ListPolicyTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PolicyArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "PolicyArn"
   ]
  },
  "ListPolicyTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListPolicyVersionsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PolicyArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "PolicyArn"
   ]
  },
  "ListPolicyVersionsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Versions": {
     "shape": "policyDocumentVersionListType"
    }
   }
  },
  "ListRolePoliciesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "ListRolePoliciesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "PolicyNames": {
     "shape": "policyNameListType"
    }
   },
   "required": [
    "PolicyNames"
   ]
  },
  "ListRoleTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "ListRoleTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListRolesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "pathPrefixType"
    }
   }
  },
  "ListRolesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Roles": {
     "shape": "roleListType"
    }
   },
   "required": [
    "Roles"
   ]
  },
  "ListSAMLProviderTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "SAMLProviderArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "SAMLProviderArn"
   ]
  },
  "ListSAMLProviderTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListSAMLProvidersRequest": {
   "type": "structure",
   "members": {}
  },
  "ListSAMLProvidersResponse": {
   "type": "structure",
   "members": {
    "SAMLProviderList": {
     "shape": "SAMLProviderListType"
    }
   }
  },
  "ListSSHPublicKeysRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "ListSSHPublicKeysResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "SSHPublicKeys": {
     "shape": "SSHPublicKeyListType"
    }
   }
  },
  "ListServerCertificateTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "ServerCertificateName": {
     "shape": "serverCertificateNameType"
    }
   },
   "required": [
    "ServerCertificateName"
   ]
  },
  "ListServerCertificateTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListServerCertificatesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "pathPrefixType"
    }
   }
  },
  "ListServerCertificatesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "ServerCertificateMetadataList": {
     "shape": "serverCertificateMetadataListType"
    }
   },
   "required": [
    "ServerCertificateMetadataList"
   ]
  },
  "ListServiceSpecificCredentialsRequest": {
   "type": "structure",
   "members": {
    "AllUsers": {
     "shape": "allUsers"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "ServiceName": {
     "shape": "serviceName"
    },
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "ListServiceSpecificCredentialsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "ServiceSpecificCredentials": {
     "shape": "ServiceSpecificCredentialsListType"
    }
   }
  },
  "ListSigningCertificatesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   }
  },
  "ListSigningCertificatesResponse": {
   "type": "structure",
   "members": {
    "Certificates": {
     "shape": "certificateListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   },
   "required": [
    "Certificates"
   ]
  },
  "ListUserPoliciesRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "ListUserPoliciesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "PolicyNames": {
     "shape": "policyNameListType"
    }
   },
   "required": [
    "PolicyNames"
   ]
  },
  "ListUserTagsRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "ListUserTagsResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Tags"
   ]
  },
  "ListUsersRequest": {
   "type": "structure",
   "members": {
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PathPrefix": {
     "shape": "pathPrefixType"
    }
   }
  },
  "ListUsersResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "Users": {
     "shape": "userListType"
    }
   },
   "required": [
    "Users"
   ]
  },
  "ListVirtualMFADevicesRequest": {
   "type": "structure",
   "members": {
    "AssignmentStatus": {
     "shape": "assignmentStatusType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    }
   }
  },
  "ListVirtualMFADevicesResponse": {
   "type": "structure",
   "members": {
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    },
    "VirtualMFADevices": {
     "shape": "virtualMFADeviceListType"
    }
   },
   "required": [
    "VirtualMFADevices"
   ]
  },
  "LoginProfile": {
   "type": "structure",
   "members": {
    "CreateDate": {
     "shape": "dateType"
    },
    "PasswordResetRequired": {
     "shape": "booleanType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "CreateDate"
   ]
  },
  "MFADevice": {
   "type": "structure",
   "members": {
    "EnableDate": {
     "shape": "dateType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "SerialNumber",
    "EnableDate"
   ]
  },
  "MalformedPolicyDocumentException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "malformedPolicyDocumentMessage"
    }
   },
   "error": {
    "code": "MalformedPolicyDocument",
    "status": 400
   }
  },
  "ManagedPolicyDetail": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AttachmentCount": {
     "shape": "attachmentCountType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "DefaultVersionId": {
     "shape": "policyVersionIdType"
    },
    "Description": {
     "shape": "policyDescriptionType"
    },
    "IsAttachable": {
     "shape": "booleanType"
    },
    "Path": {
     "shape": "policyPathType"
    },
    "PermissionsBoundaryUsageCount": {
     "shape": "attachmentCountType"
    },
    "PolicyId": {
     "shape": "idType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "PolicyVersionList": {
     "shape": "policyDocumentVersionListType"
    },
    "UpdateDate": {
     "shape": "dateType"
    }
   }
  },
  "ManagedPolicyDetailListType": {
   "type": "list",
   "member": {
    "shape": "ManagedPolicyDetail"
   }
  },
  "NoSuchEntityException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "noSuchEntityMessage"
    }
   },
   "error": {
    "code": "NoSuchEntity",
    "status": 404
   }
  },
  "OpenIDConnectProviderListEntry": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    }
   }
  },
  "OpenIDConnectProviderListType": {
   "type": "list",
   "member": {
    "shape": "OpenIDConnectProviderListEntry"
   }
  },
  "OpenIDConnectProviderUrlType": {
   "type": "string",
   "min": 1,
   "max": 255
  },
  "OpenIdIdpCommunicationErrorException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "openIdIdpCommunicationErrorExceptionMessage"
    }
   },
   "error": {
    "code": "OpenIdIdpCommunicationError",
    "status": 400
   }
  },
  "OrganizationsDecisionDetail": {
   "type": "structure",
   "members": {
    "AllowedByOrganizations": {
     "shape": "booleanType"
    }
   }
  },
  "PasswordPolicy": {
   "type": "structure",
   "members": {
    "AllowUsersToChangePassword": {
     "shape": "booleanType"
    },
    "ExpirePasswords": {
     "shape": "booleanType"
    },
    "HardExpiry": {
     "shape": "booleanObjectType"
    },
    "MaxPasswordAge": {
     "shape": "maxPasswordAgeType"
    },
    "MinimumPasswordLength": {
     "shape": "minimumPasswordLengthType"
    },
    "PasswordReusePrevention": {
     "shape": "passwordReusePreventionType"
    },
    "RequireLowercaseCharacters": {
     "shape": "booleanType"
    },
    "RequireNumbers": {
     "shape": "booleanType"
    },
    "RequireSymbols": {
     "shape": "booleanType"
    },
    "RequireUppercaseCharacters": {
     "shape": "booleanType"
    }
   }
  },
  "PasswordPolicyViolationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "passwordPolicyViolationMessage"
    }
   },
   "error": {
    "code": "PasswordPolicyViolation",
    "status": 400
   }
  },
  "PermissionsBoundaryAttachmentType": {
   "type": "string",
   "enum": [
    "PermissionsBoundaryPolicy"
   ]
  },
  "PermissionsBoundaryDecisionDetail": {
   "type": "structure",
   "members": {
    "AllowedByPermissionsBoundary": {
     "shape": "booleanType"
    }
   }
  },
  "Policy": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AttachmentCount": {
     "shape": "attachmentCountType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "DefaultVersionId": {
     "shape": "policyVersionIdType"
    },
    "Description": {
     "shape": "policyDescriptionType"
    },
    "IsAttachable": {
     "shape": "booleanType"
    },
    "Path": {
     "shape": "policyPathType"
    },
    "PermissionsBoundaryUsageCount": {
     "shape": "attachmentCountType"
    },
    "PolicyId": {
     "shape": "idType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "UpdateDate": {
     "shape": "dateType"
    }
   }
  },
  "PolicyDetail": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    }
   }
  },
  "PolicyEvaluationDecisionType": {
   "type": "string",
   "enum": [
    "allowed",
    "explicitDeny",
    "implicitDeny"
   ]
  },
  "PolicyEvaluationException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "policyEvaluationErrorMessage"
    }
   },
   "error": {
    "code": "PolicyEvaluation",
    "status": 500
   }
  },
  "PolicyGroup": {
   "type": "structure",
   "members": {
    "GroupId": {
     "shape": "idType"
    },
    "GroupName": {
     "shape": "groupNameType"
    }
   }
  },
  "PolicyGroupListType": {
   "type": "list",
   "member": {
    "shape": "PolicyGroup"
   }
  },
  "PolicyIdentifierType": {
   "type": "string"
  },
  "PolicyNotAttachableException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "policyNotAttachableMessage"
    }
   },
   "error": {
    "code": "PolicyNotAttachable",
    "status": 400
   }
  },
  "PolicyRole": {
   "type": "structure",
   "members": {
    "RoleId": {
     "shape": "idType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   }
  },
  "PolicyRoleListType": {
   "type": "list",
   "member": {
    "shape": "PolicyRole"
   }
  },
  "PolicySourceType": {
   "type": "string",
   "enum": [
    "user",
    "group",
    "role",
    "aws-managed",
    "user-managed",
    "resource",
    "none"
   ]
  },
  "PolicyUsageType": {
   "type": "string",
   "enum": [
    "PermissionsPolicy",
    "PermissionsBoundary"
   ]
  },
  "PolicyUser": {
   "type": "structure",
   "members": {
    "UserId": {
     "shape": "idType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   }
  },
  "PolicyUserListType": {
   "type": "list",
   "member": {
    "shape": "PolicyUser"
   }
  },
  "PolicyVersion": {
   "type": "structure",
   "members": {
    "CreateDate": {
     "shape": "dateType"
    },
    "Document": {
     "shape": "policyDocumentType"
    },
    "IsDefaultVersion": {
     "shape": "booleanType"
    },
    "VersionId": {
     "shape": "policyVersionIdType"
    }
   }
  },
  "Position": {
   "type": "structure",
   "members": {
    "Column": {
     "shape": "ColumnNumber"
    },
    "Line": {
     "shape": "LineNumber"
    }
   }
  },
  "PutGroupPolicyRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    }
   },
   "required": [
    "GroupName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "PutRolePermissionsBoundaryRequest": {
   "type": "structure",
   "members": {
    "PermissionsBoundary": {
     "shape": "arnType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PermissionsBoundary"
   ]
  },
  "PutRolePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "PutUserPermissionsBoundaryRequest": {
   "type": "structure",
   "members": {
    "PermissionsBoundary": {
     "shape": "arnType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "PermissionsBoundary"
   ]
  },
  "PutUserPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "PolicyName": {
     "shape": "policyNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "PolicyName",
    "PolicyDocument"
   ]
  },
  "ReasonType": {
   "type": "string",
   "max": 1000
  },
  "RegionNameType": {
   "type": "string",
   "min": 1,
   "max": 100
  },
  "RemoveClientIDFromOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "ClientID": {
     "shape": "clientIDType"
    },
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn",
    "ClientID"
   ]
  },
  "RemoveUserFromGroupRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "GroupName",
    "UserName"
   ]
  },
  "ReportContentType": {
   "type": "blob"
  },
  "ReportFormatType": {
   "type": "string",
   "enum": [
    "text/csv"
   ]
  },
  "ReportStateDescriptionType": {
   "type": "string"
  },
  "ReportStateType": {
   "type": "string",
   "enum": [
    "STARTED",
    "INPROGRESS",
    "COMPLETE"
   ]
  },
  "ResourceHandlingOptionType": {
   "type": "string",
   "min": 1,
   "max": 64
  },
  "ResourceNameListType": {
   "type": "list",
   "member": {
    "shape": "ResourceNameType"
   }
  },
  "ResourceNameType": {
   "type": "string",
   "min": 1,
   "max": 2048
  },
  "ResourceSpecificResult": {
   "type": "structure",
   "members": {
    "EvalDecisionDetails": {
     "shape": "EvalDecisionDetailsType"
    },
    "EvalResourceDecision": {
     "shape": "PolicyEvaluationDecisionType"
    },
    "EvalResourceName": {
     "shape": "ResourceNameType"
    },
    "MatchedStatements": {
     "shape": "StatementListType"
    },
    "MissingContextValues": {
     "shape": "ContextKeyNamesResultListType"
    },
    "PermissionsBoundaryDecisionDetail": {
     "shape": "PermissionsBoundaryDecisionDetail"
    }
   },
   "required": [
    "EvalResourceName",
    "EvalResourceDecision"
   ]
  },
  "ResourceSpecificResultListType": {
   "type": "list",
   "member": {
    "shape": "ResourceSpecificResult"
   }
  },
  "ResyncMFADeviceRequest": {
   "type": "structure",
   "members": {
    "AuthenticationCode1": {
     "shape": "authenticationCodeType"
    },
    "AuthenticationCode2": {
     "shape": "authenticationCodeType"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "SerialNumber",
    "AuthenticationCode1",
    "AuthenticationCode2"
   ]
  },
  "Role": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AssumeRolePolicyDocument": {
     "shape": "policyDocumentType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "Description": {
     "shape": "roleDescriptionType"
    },
    "MaxSessionDuration": {
     "shape": "roleMaxSessionDurationType"
    },
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "AttachedPermissionsBoundary"
    },
    "RoleId": {
     "shape": "idType"
    },
    "RoleLastUsed": {
     "shape": "RoleLastUsed"
    },
    "RoleName": {
     "shape": "roleNameType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "Path",
    "RoleName",
    "RoleId",
    "Arn",
    "CreateDate"
   ]
  },
  "RoleDetail": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AssumeRolePolicyDocument": {
     "shape": "policyDocumentType"
    },
    "AttachedManagedPolicies": {
     "shape": "attachedPoliciesListType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "InstanceProfileList": {
     "shape": "instanceProfileListType"
    },
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "AttachedPermissionsBoundary"
    },
    "RoleId": {
     "shape": "idType"
    },
    "RoleLastUsed": {
     "shape": "RoleLastUsed"
    },
    "RoleName": {
     "shape": "roleNameType"
    },
    "RolePolicyList": {
     "shape": "policyDetailListType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   }
  },
  "RoleLastUsed": {
   "type": "structure",
   "members": {
    "LastUsedDate": {
     "shape": "dateType"
    },
    "Region": {
     "shape": "stringType"
    }
   }
  },
  "RoleUsageListType": {
   "type": "list",
   "member": {
    "shape": "RoleUsageType"
   }
  },
  "RoleUsageType": {
   "type": "structure",
   "members": {
    "Region": {
     "shape": "RegionNameType"
    },
    "Resources": {
     "shape": "ArnListType"
    }
   }
  },
  "SAMLProviderListEntry": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "ValidUntil": {
     "shape": "dateType"
    }
   }
  },
  "SAMLProviderListType": {
   "type": "list",
   "member": {
    "shape": "SAMLProviderListEntry"
   }
  },
  "SSHPublicKeyListType": {
   "type": "list",
   "member": {
    "shape": "SSHPublicKeyMetadata"
   }
  },
  "SSHPublicKeyMetadata": {
   "type": "structure",
   "members": {
    "SSHPublicKeyId": {
     "shape": "publicKeyIdType"
    },
    "Status": {
     "shape": "statusType"
    },
    "UploadDate": {
     "shape": "dateType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "SSHPublicKeyId",
    "Status",
    "UploadDate"
   ]
  },
  "ServerCertificateMetadata": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "Expiration": {
     "shape": "dateType"
    },
    "Path": {
     "shape": "pathType"
    },
    "ServerCertificateId": {
     "shape": "idType"
    },
    "ServerCertificateName": {
     "shape": "serverCertificateNameType"
    },
    "UploadDate": {
     "shape": "dateType"
    }
   },
   "required": [
    "Path",
    "ServerCertificateName",
    "ServerCertificateId",
    "Arn"
   ]
  },
  "ServiceFailureException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "serviceFailureExceptionMessage"
    }
   },
   "error": {
    "code": "ServiceFailure",
    "status": 500
   }
  },
  "ServiceNotSupportedException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "serviceNotSupportedMessage"
    }
   },
   "error": {
    "code": "NotSupportedService",
    "status": 404
   }
  },
  "ServiceSpecificCredentialMetadata": {
   "type": "structure",
   "members": {
    "CreateDate": {
     "shape": "dateType"
    },
    "ExpirationDate": {
     "shape": "dateType"
    },
    "ServiceCredentialAlias": {
     "shape": "serviceCredentialAlias"
    },
    "ServiceName": {
     "shape": "serviceName"
    },
    "ServiceSpecificCredentialId": {
     "shape": "serviceSpecificCredentialId"
    },
    "ServiceUserName": {
     "shape": "serviceUserName"
    },
    "Status": {
     "shape": "statusType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "Status",
    "CreateDate",
    "ServiceSpecificCredentialId",
    "ServiceName"
   ]
  },
  "ServiceSpecificCredentialsListType": {
   "type": "list",
   "member": {
    "shape": "ServiceSpecificCredentialMetadata"
   }
  },
  "SetDefaultPolicyVersionRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "VersionId": {
     "shape": "policyVersionIdType"
    }
   },
   "required": [
    "PolicyArn",
    "VersionId"
   ]
  },
  "SigningCertificate": {
   "type": "structure",
   "members": {
    "CertificateBody": {
     "shape": "certificateBodyType"
    },
    "CertificateId": {
     "shape": "certificateIdType"
    },
    "Status": {
     "shape": "statusType"
    },
    "UploadDate": {
     "shape": "dateType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName",
    "CertificateId",
    "CertificateBody",
    "Status"
   ]
  },
  "SimulateCustomPolicyRequest": {
   "type": "structure",
   "members": {
    "ActionNames": {
     "shape": "ActionNameListType"
    },
    "CallerArn": {
     "shape": "ResourceNameType"
    },
    "ContextEntries": {
     "shape": "ContextEntryListType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PermissionsBoundaryPolicyInputList": {
     "shape": "SimulationPolicyListType"
    },
    "PolicyInputList": {
     "shape": "SimulationPolicyListType"
    },
    "ResourceArns": {
     "shape": "ResourceNameListType"
    },
    "ResourceHandlingOption": {
     "shape": "ResourceHandlingOptionType"
    },
    "ResourceOwner": {
     "shape": "ResourceNameType"
    },
    "ResourcePolicy": {
     "shape": "policyDocumentType"
    }
   },
   "required": [
    "PolicyInputList",
    "ActionNames"
   ]
  },
  "SimulatePolicyResponse": {
   "type": "structure",
   "members": {
    "EvaluationResults": {
     "shape": "EvaluationResultsListType"
    },
    "IsTruncated": {
     "shape": "booleanType"
    },
    "Marker": {
     "shape": "responseMarkerType"
    }
   }
  },
  "SimulatePrincipalPolicyRequest": {
   "type": "structure",
   "members": {
    "ActionNames": {
     "shape": "ActionNameListType"
    },
    "CallerArn": {
     "shape": "ResourceNameType"
    },
    "ContextEntries": {
     "shape": "ContextEntryListType"
    },
    "Marker": {
     "shape": "markerType"
    },
    "MaxItems": {
     "shape": "maxItemsType"
    },
    "PermissionsBoundaryPolicyInputList": {
     "shape": "SimulationPolicyListType"
    },
    "PolicyInputList": {
     "shape": "SimulationPolicyListType"
    },
    "PolicySourceArn": {
     "shape": "arnType"
    },
    "ResourceArns": {
     "shape": "ResourceNameListType"
    },
    "ResourceHandlingOption": {
     "shape": "ResourceHandlingOptionType"
    },
    "ResourceOwner": {
     "shape": "ResourceNameType"
    },
    "ResourcePolicy": {
     "shape": "policyDocumentType"
    }
   },
   "required": [
    "PolicySourceArn",
    "ActionNames"
   ]
  },
  "SimulationPolicyListType": {
   "type": "list",
   "member": {
    "shape": "policyDocumentType"
   }
  },
  "Statement": {
   "type": "structure",
   "members": {
    "EndPosition": {
     "shape": "Position"
    },
    "SourcePolicyId": {
     "shape": "PolicyIdentifierType"
    },
    "SourcePolicyType": {
     "shape": "PolicySourceType"
    },
    "StartPosition": {
     "shape": "Position"
    }
   }
  },
  "StatementListType": {
   "type": "list",
   "member": {
    "shape": "Statement"
   }
  },
  "Tag": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "tagKeyType"
    },
    "Value": {
     "shape": "tagValueType"
    }
   },
   "required": [
    "Key",
    "Value"
   ]
  },
  "TagMFADeviceRequest": {
   "type": "structure",
   "members": {
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "SerialNumber",
    "Tags"
   ]
  },
  "TagOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn",
    "Tags"
   ]
  },
  "TagPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "PolicyArn",
    "Tags"
   ]
  },
  "TagRoleRequest": {
   "type": "structure",
   "members": {
    "RoleName": {
     "shape": "roleNameType"
    },
    "Tags": {
     "shape": "tagListType"
    }
   },
   "required": [
    "RoleName",
    "Tags"
   ]
  },
  "TagUserRequest": {
   "type": "structure",
   "members": {
    "Tags": {
     "shape": "tagListType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "Tags"
   ]
  },
  "UnmodifiableEntityException": {
   "type": "structure",
   "members": {
    "message": {
     "shape": "unmodifiableEntityMessage"
    }
   },
   "error": {
    "code": "UnmodifiableEntity",
    "status": 400
   }
  },
  "UntagMFADeviceRequest": {
   "type": "structure",
   "members": {
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "TagKeys": {
     "shape": "tagKeyListType"
    }
   },
   "required": [
    "SerialNumber",
    "TagKeys"
   ]
  },
  "UntagOpenIDConnectProviderRequest": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    },
    "TagKeys": {
     "shape": "tagKeyListType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn",
    "TagKeys"
   ]
  },
  "UntagPolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyArn": {
     "shape": "arnType"
    },
    "TagKeys": {
     "shape": "tagKeyListType"
    }
   },
   "required": [
    "PolicyArn",
    "TagKeys"
   ]
  },
  "UntagRoleRequest": {
   "type": "structure",
   "members": {
    "RoleName": {
     "shape": "roleNameType"
    },
    "TagKeys": {
     "shape": "tagKeyListType"
    }
   },
   "required": [
    "RoleName",
    "TagKeys"
   ]
  },
  "UntagUserRequest": {
   "type": "structure",
   "members": {
    "TagKeys": {
     "shape": "tagKeyListType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName",
    "TagKeys"
   ]
  },
  "UpdateAccessKeyRequest": {
   "type": "structure",
   "members": {
    "AccessKeyId": {
     "shape": "accessKeyIdType"
    },
    "Status": {
     "shape": "statusType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "AccessKeyId",
    "Status"
   ]
  },
  "UpdateAccountPasswordPolicyRequest": {
   "type": "structure",
   "members": {
    "AllowUsersToChangePassword": {
     "shape": "booleanType"
    },
    "HardExpiry": {
     "shape": "booleanObjectType"
    },
    "MaxPasswordAge": {
     "shape": "maxPasswordAgeType"
    },
    "MinimumPasswordLength": {
     "shape": "minimumPasswordLengthType"
    },
    "PasswordReusePrevention": {
     "shape": "passwordReusePreventionType"
    },
    "RequireLowercaseCharacters": {
     "shape": "booleanType"
    },
    "RequireNumbers": {
     "shape": "booleanType"
    },
    "RequireSymbols": {
     "shape": "booleanType"
    },
    "RequireUppercaseCharacters": {
     "shape": "booleanType"
    }
   }
  },
  "UpdateAssumeRolePolicyRequest": {
   "type": "structure",
   "members": {
    "PolicyDocument": {
     "shape": "policyDocumentType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "PolicyDocument"
   ]
  },
  "UpdateGroupRequest": {
   "type": "structure",
   "members": {
    "GroupName": {
     "shape": "groupNameType"
    },
    "NewGroupName": {
     "shape": "groupNameType"
    },
    "NewPath": {
     "shape": "pathType"
    }
   },
   "required": [
    "GroupName"
   ]
  },
  "UpdateLoginProfileRequest": {
   "type": "structure",
   "members": {
    "Password": {
     "shape": "passwordType"
    },
    "PasswordResetRequired": {
     "shape": "booleanObjectType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "UpdateOpenIDConnectProviderThumbprintRequest": {
   "type": "structure",
   "members": {
    "OpenIDConnectProviderArn": {
     "shape": "arnType"
    },
    "ThumbprintList": {
     "shape": "thumbprintListType"
    }
   },
   "required": [
    "OpenIDConnectProviderArn",
    "ThumbprintList"
   ]
  },
  "UpdateRoleDescriptionRequest": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "roleDescriptionType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName",
    "Description"
   ]
  },
  "UpdateRoleDescriptionResponse": {
   "type": "structure",
   "members": {
    "Role": {
     "shape": "Role"
    }
   }
  },
  "UpdateRoleRequest": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "roleDescriptionType"
    },
    "MaxSessionDuration": {
     "shape": "roleMaxSessionDurationType"
    },
    "RoleName": {
     "shape": "roleNameType"
    }
   },
   "required": [
    "RoleName"
   ]
  },
  "UpdateRoleResponse": {
   "type": "structure",
   "members": {}
  },
  "UpdateUserRequest": {
   "type": "structure",
   "members": {
    "NewPath": {
     "shape": "pathType"
    },
    "NewUserName": {
     "shape": "userNameType"
    },
    "UserName": {
     "shape": "existingUserNameType"
    }
   },
   "required": [
    "UserName"
   ]
  },
  "User": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "PasswordLastUsed": {
     "shape": "dateType"
    },
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "AttachedPermissionsBoundary"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "UserId": {
     "shape": "idType"
    },
    "UserName": {
     "shape": "userNameType"
    }
   },
   "required": [
    "Path",
    "UserName",
    "UserId",
    "Arn",
    "CreateDate"
   ]
  },
  "UserDetail": {
   "type": "structure",
   "members": {
    "Arn": {
     "shape": "arnType"
    },
    "AttachedManagedPolicies": {
     "shape": "attachedPoliciesListType"
    },
    "CreateDate": {
     "shape": "dateType"
    },
    "GroupList": {
     "shape": "groupNameListType"
    },
    "Path": {
     "shape": "pathType"
    },
    "PermissionsBoundary": {
     "shape": "AttachedPermissionsBoundary"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "UserId": {
     "shape": "idType"
    },
    "UserName": {
     "shape": "userNameType"
    },
    "UserPolicyList": {
     "shape": "policyDetailListType"
    }
   }
  },
  "VirtualMFADevice": {
   "type": "structure",
   "members": {
    "Base32StringSeed": {
     "shape": "BootstrapDatum"
    },
    "EnableDate": {
     "shape": "dateType"
    },
    "QRCodePNG": {
     "shape": "BootstrapDatum"
    },
    "SerialNumber": {
     "shape": "serialNumberType"
    },
    "Tags": {
     "shape": "tagListType"
    },
    "User": {
     "shape": "User"
    }
   },
   "required": [
    "SerialNumber"
   ]
  },
  "accessKeyIdType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 16,
   "max": 128
  },
  "accessKeyMetadataListType": {
   "type": "list",
   "member": {
    "shape": "AccessKeyMetadata"
   }
  },
  "accessKeySecretType": {
   "type": "string",
   "sensitive": true
  },
  "accountAliasListType": {
   "type": "list",
   "member": {
    "shape": "accountAliasType"
   }
  },
  "accountAliasType": {
   "type": "string",
   "pattern": "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
   "min": 3,
   "max": 63
  },
  "allUsers": {
   "type": "boolean"
  },
  "arnType": {
   "type": "string",
   "min": 20,
   "max": 2048
  },
  "assignmentStatusType": {
   "type": "string",
   "enum": [
    "Assigned",
    "Unassigned",
    "Any"
   ]
  },
  "attachedPoliciesListType": {
   "type": "list",
   "member": {
    "shape": "AttachedPolicy"
   }
  },
  "attachmentCountType": {
   "type": "integer"
  },
  "authenticationCodeType": {
   "type": "string",
   "pattern": "[\\d]+",
   "min": 6,
   "max": 6
  },
  "booleanObjectType": {
   "type": "boolean"
  },
  "booleanType": {
   "type": "boolean"
  },
  "certificateBodyType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1,
   "max": 16384
  },
  "certificateIdType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 24,
   "max": 128
  },
  "certificateListType": {
   "type": "list",
   "member": {
    "shape": "SigningCertificate"
   }
  },
  "clientIDListType": {
   "type": "list",
   "member": {
    "shape": "clientIDType"
   }
  },
  "clientIDType": {
   "type": "string",
   "min": 1,
   "max": 255
  },
  "credentialReportExpiredExceptionMessage": {
   "type": "string"
  },
  "credentialReportNotPresentExceptionMessage": {
   "type": "string"
  },
  "credentialReportNotReadyExceptionMessage": {
   "type": "string"
  },
  "customSuffixType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 64
  },
  "dateType": {
   "type": "timestamp"
  },
  "deleteConflictMessage": {
   "type": "string"
  },
  "entityAlreadyExistsMessage": {
   "type": "string"
  },
  "entityListType": {
   "type": "list",
   "member": {
    "shape": "EntityType"
   }
  },
  "entityTemporarilyUnmodifiableMessage": {
   "type": "string"
  },
  "existingUserNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "groupDetailListType": {
   "type": "list",
   "member": {
    "shape": "GroupDetail"
   }
  },
  "groupListType": {
   "type": "list",
   "member": {
    "shape": "Group"
   }
  },
  "groupNameListType": {
   "type": "list",
   "member": {
    "shape": "groupNameType"
   }
  },
  "groupNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "idType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 16,
   "max": 128
  },
  "instanceProfileListType": {
   "type": "list",
   "member": {
    "shape": "InstanceProfile"
   }
  },
  "instanceProfileNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "invalidAuthenticationCodeMessage": {
   "type": "string"
  },
  "invalidInputMessage": {
   "type": "string"
  },
  "invalidUserTypeMessage": {
   "type": "string"
  },
  "limitExceededMessage": {
   "type": "string"
  },
  "malformedPolicyDocumentMessage": {
   "type": "string"
  },
  "markerType": {
   "type": "string",
   "pattern": "[\\u0020-\\u00FF]+",
   "min": 1,
   "max": 320
  },
  "maxItemsType": {
   "type": "integer",
   "min": 1,
   "max": 1000
  },
  "maxPasswordAgeType": {
   "type": "integer",
   "min": 1,
   "max": 1095
  },
  "mfaDeviceListType": {
   "type": "list",
   "member": {
    "shape": "MFADevice"
   }
  },
  "minimumPasswordLengthType": {
   "type": "integer",
   "min": 6,
   "max": 128
  },
  "noSuchEntityMessage": {
   "type": "string"
  },
  "openIdIdpCommunicationErrorExceptionMessage": {
   "type": "string"
  },
  "passwordPolicyViolationMessage": {
   "type": "string"
  },
  "passwordReusePreventionType": {
   "type": "integer",
   "min": 1,
   "max": 24
  },
  "passwordType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1,
   "max": 128,
   "sensitive": true
  },
  "pathPrefixType": {
   "type": "string",
   "pattern": "\\u002F[\\u0021-\\u007F]*",
   "min": 1,
   "max": 512
  },
  "pathType": {
   "type": "string",
   "pattern": "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
   "min": 1,
   "max": 512
  },
  "policyDescriptionType": {
   "type": "string",
   "max": 1000
  },
  "policyDetailListType": {
   "type": "list",
   "member": {
    "shape": "PolicyDetail"
   }
  },
  "policyDocumentType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
   "min": 1,
   "max": 131072
  },
  "policyDocumentVersionListType": {
   "type": "list",
   "member": {
    "shape": "PolicyVersion"
   }
  },
  "policyEvaluationErrorMessage": {
   "type": "string"
  },
  "policyListType": {
   "type": "list",
   "member": {
    "shape": "Policy"
   }
  },
  "policyNameListType": {
   "type": "list",
   "member": {
    "shape": "policyNameType"
   }
  },
  "policyNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "policyNotAttachableMessage": {
   "type": "string"
  },
  "policyPathType": {
   "type": "string",
   "pattern": "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/",
   "min": 1,
   "max": 512
  },
  "policyScopeType": {
   "type": "string",
   "enum": [
    "All",
    "AWS",
    "Local"
   ]
  },
  "policyVersionIdType": {
   "type": "string",
   "pattern": "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"
  },
  "publicKeyIdType": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 20,
   "max": 128
  },
  "responseMarkerType": {
   "type": "string"
  },
  "roleDescriptionType": {
   "type": "string",
   "pattern": "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
   "max": 1000
  },
  "roleDetailListType": {
   "type": "list",
   "member": {
    "shape": "RoleDetail"
   }
  },
  "roleListType": {
   "type": "list",
   "member": {
    "shape": "Role"
   }
  },
  "roleMaxSessionDurationType": {
   "type": "integer",
   "min": 3600,
   "max": 43200
  },
  "roleNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 64
  },
  "serialNumberType": {
   "type": "string",
   "pattern": "[\\w+=/:,.@-]+",
   "min": 9,
   "max": 256
  },
  "serverCertificateMetadataListType": {
   "type": "list",
   "member": {
    "shape": "ServerCertificateMetadata"
   }
  },
  "serverCertificateNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 128
  },
  "serviceCredentialAlias": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 0,
   "max": 200
  },
  "serviceFailureExceptionMessage": {
   "type": "string"
  },
  "serviceName": {
   "type": "string"
  },
  "serviceNotSupportedMessage": {
   "type": "string"
  },
  "serviceSpecificCredentialId": {
   "type": "string",
   "pattern": "[\\w]+",
   "min": 20,
   "max": 128
  },
  "serviceUserName": {
   "type": "string",
   "pattern": "[\\w+=,.@-]*",
   "min": 0,
   "max": 200
  },
  "statusType": {
   "type": "string",
   "enum": [
    "Active",
    "Inactive",
    "Expired"
   ]
  },
  "stringType": {
   "type": "string"
  },
  "summaryKeyType": {
   "type": "string",
   "enum": [
    "Users",
    "UsersQuota",
    "Groups",
    "GroupsQuota",
    "ServerCertificates",
    "ServerCertificatesQuota",
    "UserPolicySizeQuota",
    "GroupPolicySizeQuota",
    "GroupsPerUserQuota",
    "SigningCertificatesPerUserQuota",
    "AccessKeysPerUserQuota",
    "MFADevices",
    "MFADevicesInUse",
    "AccountMFAEnabled",
    "AccountAccessKeysPresent",
    "AccountPasswordPresent",
    "AccountSigningCertificatesPresent",
    "AttachedPoliciesPerGroupQuota",
    "AttachedPoliciesPerRoleQuota",
    "AttachedPoliciesPerUserQuota",
    "Policies",
    "PoliciesQuota",
    "PolicySizeQuota",
    "PolicyVersionsInUse",
    "PolicyVersionsInUseQuota",
    "VersionsPerPolicyQuota",
    "GlobalEndpointTokenVersion",
    "AssumeRolePolicySizeQuota",
    "InstanceProfiles",
    "InstanceProfilesQuota",
    "Providers",
    "RolePolicySizeQuota",
    "Roles",
    "RolesQuota"
   ]
  },
  "summaryMapType": {
   "type": "map",
   "key": {
    "shape": "summaryKeyType"
   },
   "value": {
    "shape": "summaryValueType"
   }
  },
  "summaryValueType": {
   "type": "integer"
  },
  "tagKeyListType": {
   "type": "list",
   "member": {
    "shape": "tagKeyType"
   },
   "max": 50
  },
  "tagKeyType": {
   "type": "string",
   "pattern": "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
   "min": 1,
   "max": 128
  },
  "tagListType": {
   "type": "list",
   "member": {
    "shape": "Tag"
   },
   "max": 50
  },
  "tagValueType": {
   "type": "string",
   "pattern": "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
   "min": 0,
   "max": 256
  },
  "thumbprintListType": {
   "type": "list",
   "member": {
    "shape": "thumbprintType"
   }
  },
  "thumbprintType": {
   "type": "string",
   "min": 40,
   "max": 40
  },
  "unmodifiableEntityMessage": {
   "type": "string"
  },
  "userDetailListType": {
   "type": "list",
   "member": {
    "shape": "UserDetail"
   }
  },
  "userListType": {
   "type": "list",
   "member": {
    "shape": "User"
   }
  },
  "userNameType": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1,
   "max": 64
  },
  "virtualMFADeviceListType": {
   "type": "list",
   "member": {
    "shape": "VirtualMFADevice"
   }
  },
  "virtualMFADeviceName": {
   "type": "string",
   "pattern": "[\\w+=,.@-]+",
   "min": 1
  }
 }
} as const satisfies ServiceModel;

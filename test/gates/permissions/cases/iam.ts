import { anywhere, type Case, type Cases, type Permission } from '../case.ts';
import { allowAll, tags, trusting, type Scene } from '../scene.ts';
import { groupOperations, roleOperations } from './iam-groups-and-roles.ts';
import { userOperations } from './iam-users.ts';

const user = (scene: Scene): string => scene.arn(`user/${scene.name}-user`);
const policy = (scene: Scene): Promise<string> => scene.policy();
const provider = (scene: Scene): Promise<string> => scene.provider();
const fresh = (scene: Scene): string => `${scene.name}-new`;

const versions = async (scene: Scene): Promise<unknown> =>
  scene.iam('CreatePolicyVersion', { PolicyArn: await scene.policy(), PolicyDocument: allowAll });
const alias = (scene: Scene): string => `${scene.name}-alias`;
const setAlias = (scene: Scene): Promise<unknown> =>
  scene.iam('CreateAccountAlias', { AccountAlias: alias(scene) });
const passwordPolicy = (scene: Scene): Promise<unknown> =>
  scene.iam('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 9 });

const policyOperations: Readonly<Record<string, Case>> = {
  CreatePolicy: {
    on: (scene) => scene.arn(`policy/${fresh(scene)}`),
    input: (scene) => ({ PolicyName: fresh(scene), Tags: tags }),
    also: (scene): Permission[] => [['iam:TagPolicy', scene.arn(`policy/${fresh(scene)}`)]],
  },
  CreatePolicyVersion: { on: policy },
  DeletePolicy: { on: policy },
  DeletePolicyVersion: { on: policy, given: versions, input: () => ({ VersionId: 'v2' }) },
  GetPolicy: { on: policy },
  GetPolicyVersion: { on: policy },
  ListEntitiesForPolicy: {
    on: policy,
    given: async (scene) => {
      const PolicyArn = await scene.policy();
      await scene.iam('AttachUserPolicy', { PolicyArn, UserName: await scene.user() });
      await scene.iam('AttachRolePolicy', { PolicyArn, RoleName: await scene.role() });
    },
  },
  ListPolicies: { on: anywhere, given: policy },
  ListPolicyTags: { on: policy },
  ListPolicyVersions: { on: policy, given: versions },
  SetDefaultPolicyVersion: { on: policy, given: versions, input: () => ({ VersionId: 'v2' }) },
  TagPolicy: { on: policy },
  UntagPolicy: { on: policy },
};

const providerOperations: Readonly<Record<string, Case>> = {
  AddClientIDToOpenIDConnectProvider: { on: provider, input: () => ({ ClientID: 'second' }) },
  CreateOpenIDConnectProvider: {
    on: (scene) => scene.arn(`oidc-provider/${fresh(scene)}.example`),
    input: (scene) => ({ Url: `https://${fresh(scene)}.example`, Tags: tags }),
    also: (scene): Permission[] => [
      ['iam:TagOpenIDConnectProvider', scene.arn(`oidc-provider/${fresh(scene)}.example`)],
    ],
  },
  DeleteOpenIDConnectProvider: { on: provider },
  GetOpenIDConnectProvider: { on: provider },
  ListOpenIDConnectProviderTags: { on: provider },
  ListOpenIDConnectProviders: { on: anywhere, given: provider },
  RemoveClientIDFromOpenIDConnectProvider: { on: provider },
  TagOpenIDConnectProvider: { on: provider },
  UntagOpenIDConnectProvider: { on: provider },
  UpdateOpenIDConnectProviderThumbprint: { on: provider },
};

const accountOperations: Readonly<Record<string, Case>> = {
  CreateAccountAlias: {
    on: anywhere,
    input: (scene) => ({ AccountAlias: alias(scene) }),
    toldByAws: ['AccountAlias'],
  },
  DeleteAccountAlias: {
    on: anywhere,
    given: setAlias,
    input: (scene) => ({ AccountAlias: alias(scene) }),
  },
  DeleteAccountPasswordPolicy: { on: anywhere, given: passwordPolicy },
  GenerateCredentialReport: { on: anywhere },
  GetAccountAuthorizationDetails: { on: anywhere, given: (scene) => scene.user() },
  GetAccountPasswordPolicy: { on: anywhere, given: passwordPolicy },
  GetAccountSummary: { on: anywhere },
  GetContextKeysForCustomPolicy: { on: anywhere },
  GetContextKeysForPrincipalPolicy: { on: user },
  GetCredentialReport: {
    on: anywhere,
    given: (scene) => scene.iam('GenerateCredentialReport', {}),
  },
  ListAccountAliases: { on: anywhere, given: setAlias, isOnePage: true },
  ListInstanceProfileTags: {
    on: (scene) => scene.arn('instance-profile/none'),
    input: () => ({ InstanceProfileName: 'none' }),
    answers: 'NoSuchEntityException',
    isOnePage: true,
  },
  ListInstanceProfiles: { on: (scene) => scene.arn('instance-profile/'), isOnePage: true },
  ListSAMLProviderTags: {
    on: (scene) => scene.arn('saml-provider/none'),
    input: (scene) => ({ SAMLProviderArn: scene.arn('saml-provider/none') }),
    answers: 'NoSuchEntityException',
    isOnePage: true,
  },
  ListSAMLProviders: { on: anywhere },
  ListServerCertificateTags: {
    on: (scene) => scene.arn('server-certificate/none'),
    input: () => ({ ServerCertificateName: 'none' }),
    answers: 'NoSuchEntityException',
    isOnePage: true,
  },
  ListServerCertificates: { on: anywhere, isOnePage: true },
  SimulateCustomPolicy: { on: anywhere },
  SimulatePrincipalPolicy: { on: user },
  UpdateAccountPasswordPolicy: { on: anywhere, input: () => ({ MinimumPasswordLength: 8 }) },
};

export const iamCases: Cases = {
  members: {
    AccessKeyId: (scene) => scene.accessKey(),
    ActionNames: () => ['iam:GetUser', 'iam:GetRole'],
    AssumeRolePolicyDocument: (scene) => trusting(scene.arn('root')),
    ClientID: () => 'client',
    GroupName: (scene) => scene.group(),
    OpenIDConnectProviderArn: provider,
    PermissionsBoundary: policy,
    PolicyArn: policy,
    PolicyDocument: () => allowAll,
    PolicyInputList: () => [allowAll],
    PolicyName: () => 'own',
    PolicySourceArn: async (scene) => scene.arn(`user/${await scene.user()}`),
    RoleName: (scene) => scene.role(),
    SerialNumber: (scene) => scene.device(),
    TagKeys: () => ['team'],
    Tags: () => tags,
    ThumbprintList: () => ['b'.repeat(40)],
    UserName: (scene) => scene.user(),
    VersionId: () => 'v1',
  },
  always: ['UserName'],
  operations: {
    ...userOperations,
    ...groupOperations,
    ...roleOperations,
    ...policyOperations,
    ...providerOperations,
    ...accountOperations,
  },
};

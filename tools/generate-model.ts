/**
 * Writes `src/services/<room>/model.ts` from a folder of AWS service models (botocore's `service-2.json`
 * form, one file per service). It takes names, constraints and error codes; no documentation text.
 *
 *   node tools/generate-model.ts MODELS [--check]     --check: report a stale file instead of writing
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which operations each room answers. A new name here breaks the build until the room has the operation. */
const rooms: Readonly<Record<string, { file: string; operations: readonly string[] }>> = {
  acm: {
    file: 'acm.json',
    operations: [
      'AddTagsToCertificate',
      'DeleteCertificate',
      'DescribeCertificate',
      'ExportCertificate',
      'GetAccountConfiguration',
      'GetCertificate',
      'ImportCertificate',
      'ListCertificates',
      'ListTagsForCertificate',
      'PutAccountConfiguration',
      'RemoveTagsFromCertificate',
      'RenewCertificate',
      'RequestCertificate',
      'RevokeCertificate',
    ],
  },
  kms: {
    file: 'kms.json',
    operations: [
      'CreateAlias',
      'CreateGrant',
      'CreateKey',
      'Decrypt',
      'DeleteAlias',
      'DescribeKey',
      'DisableKey',
      'EnableKey',
      'Encrypt',
      'GenerateDataKey',
      'GenerateRandom',
      'GetKeyPolicy',
      'ListAliases',
      'ListGrants',
      'ListKeyPolicies',
      'ListKeys',
      'PutKeyPolicy',
      'ReEncrypt',
      'RetireGrant',
      'RevokeGrant',
    ],
  },
  elbv2: {
    file: 'elbv2.json',
    operations: [
      'AddListenerCertificates',
      'AddTags',
      'CreateListener',
      'CreateLoadBalancer',
      'CreateTargetGroup',
      'DeleteListener',
      'DeleteLoadBalancer',
      'DeleteTargetGroup',
      'DeregisterTargets',
      'DescribeListenerAttributes',
      'DescribeListenerCertificates',
      'DescribeListeners',
      'DescribeLoadBalancerAttributes',
      'DescribeLoadBalancers',
      'DescribeSSLPolicies',
      'DescribeTags',
      'DescribeTargetGroupAttributes',
      'DescribeTargetGroups',
      'DescribeTargetHealth',
      'ModifyListener',
      'ModifyListenerAttributes',
      'ModifyLoadBalancerAttributes',
      'ModifyTargetGroupAttributes',
      'RegisterTargets',
      'RemoveListenerCertificates',
      'RemoveTags',
    ],
  },
  route53: {
    file: 'route53.json',
    operations: [
      'ChangeResourceRecordSets',
      'ChangeTagsForResource',
      'CreateHostedZone',
      'DeleteHostedZone',
      'GetChange',
      'GetDNSSEC',
      'GetHostedZone',
      'GetHostedZoneCount',
      'ListHostedZones',
      'ListHostedZonesByName',
      'ListResourceRecordSets',
      'ListTagsForResource',
      'ListTagsForResources',
      'UpdateHostedZoneComment',
    ],
  },
  iam: {
    file: 'iam.json',
    operations: [
      'AddClientIDToOpenIDConnectProvider',
      'AddUserToGroup',
      'AttachGroupPolicy',
      'AttachRolePolicy',
      'AttachUserPolicy',
      'ChangePassword',
      'CreateAccessKey',
      'CreateAccountAlias',
      'CreateGroup',
      'CreateLoginProfile',
      'CreateOpenIDConnectProvider',
      'CreatePolicy',
      'CreatePolicyVersion',
      'CreateRole',
      'CreateServiceLinkedRole',
      'CreateUser',
      'CreateVirtualMFADevice',
      'DeactivateMFADevice',
      'DeleteAccessKey',
      'DeleteAccountAlias',
      'DeleteAccountPasswordPolicy',
      'DeleteGroup',
      'DeleteGroupPolicy',
      'DeleteLoginProfile',
      'DeleteOpenIDConnectProvider',
      'DeletePolicy',
      'DeletePolicyVersion',
      'DeleteRole',
      'DeleteRolePermissionsBoundary',
      'DeleteRolePolicy',
      'DeleteServiceLinkedRole',
      'DeleteUser',
      'DeleteUserPermissionsBoundary',
      'DeleteUserPolicy',
      'DeleteVirtualMFADevice',
      'DetachGroupPolicy',
      'DetachRolePolicy',
      'DetachUserPolicy',
      'EnableMFADevice',
      'GenerateCredentialReport',
      'GetAccessKeyLastUsed',
      'GetAccountAuthorizationDetails',
      'GetAccountPasswordPolicy',
      'GetAccountSummary',
      'GetContextKeysForCustomPolicy',
      'GetContextKeysForPrincipalPolicy',
      'GetCredentialReport',
      'GetGroup',
      'GetGroupPolicy',
      'GetLoginProfile',
      'GetMFADevice',
      'GetOpenIDConnectProvider',
      'GetPolicy',
      'GetPolicyVersion',
      'GetRole',
      'GetRolePolicy',
      'GetServiceLinkedRoleDeletionStatus',
      'GetUser',
      'GetUserPolicy',
      'ListAccessKeys',
      'ListAccountAliases',
      'ListAttachedGroupPolicies',
      'ListAttachedRolePolicies',
      'ListAttachedUserPolicies',
      'ListEntitiesForPolicy',
      'ListGroupPolicies',
      'ListGroups',
      'ListGroupsForUser',
      'ListInstanceProfileTags',
      'ListInstanceProfiles',
      'ListInstanceProfilesForRole',
      'ListMFADeviceTags',
      'ListMFADevices',
      'ListOpenIDConnectProviderTags',
      'ListOpenIDConnectProviders',
      'ListPolicies',
      'ListPolicyTags',
      'ListPolicyVersions',
      'ListRolePolicies',
      'ListRoleTags',
      'ListRoles',
      'ListSAMLProviderTags',
      'ListSAMLProviders',
      'ListSSHPublicKeys',
      'ListServerCertificateTags',
      'ListServerCertificates',
      'ListServiceSpecificCredentials',
      'ListSigningCertificates',
      'ListUserPolicies',
      'ListUserTags',
      'ListUsers',
      'ListVirtualMFADevices',
      'PutGroupPolicy',
      'PutRolePermissionsBoundary',
      'PutRolePolicy',
      'PutUserPermissionsBoundary',
      'PutUserPolicy',
      'RemoveClientIDFromOpenIDConnectProvider',
      'RemoveUserFromGroup',
      'ResyncMFADevice',
      'SetDefaultPolicyVersion',
      'SimulateCustomPolicy',
      'SimulatePrincipalPolicy',
      'TagMFADevice',
      'TagOpenIDConnectProvider',
      'TagPolicy',
      'TagRole',
      'TagUser',
      'UntagMFADevice',
      'UntagOpenIDConnectProvider',
      'UntagPolicy',
      'UntagRole',
      'UntagUser',
      'UpdateAccessKey',
      'UpdateAccountPasswordPolicy',
      'UpdateAssumeRolePolicy',
      'UpdateGroup',
      'UpdateLoginProfile',
      'UpdateOpenIDConnectProviderThumbprint',
      'UpdateRole',
      'UpdateRoleDescription',
      'UpdateUser',
    ],
  },
  sts: {
    file: 'sts.json',
    operations: [
      'AssumeRole',
      'AssumeRoleWithWebIdentity',
      'DecodeAuthorizationMessage',
      'GetAccessKeyInfo',
      'GetCallerIdentity',
      'GetFederationToken',
      'GetSessionToken',
    ],
  },
  cloudtrail: { file: 'cloudtrail.json', operations: ['LookupEvents'] },
};

interface Ref {
  shape: string;
  locationName?: string;
  location?: string;
  flattened?: boolean;
  xmlAttribute?: boolean;
  xmlNamespace?: { uri: string } | string;
}
interface RawShape {
  type: string;
  members?: Record<string, Ref>;
  required?: string[];
  member?: Ref;
  key?: Ref;
  value?: Ref;
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
  sensitive?: boolean;
  flattened?: boolean;
  union?: boolean;
  payload?: string;
  exception?: boolean;
  timestampFormat?: string;
  error?: { code?: string; httpStatusCode?: number };
}
interface RawModel {
  metadata: { apiVersion: string; protocol: string; targetPrefix?: string; xmlNamespace?: string };
  operations: Record<
    string,
    {
      input?: Ref;
      output?: Ref & { resultWrapper?: string };
      errors?: { shape: string }[];
      http: { method: string; requestUri: string; responseCode?: number };
    }
  >;
  shapes: Record<string, RawShape>;
}

/** The whole text of a room's model.ts. */
export function generateModel(raw: RawModel, operationNames: readonly string[]): string {
  const used = new Set<string>();
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    const shape = shapeOf(raw, name);
    for (const ref of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value])
      if (ref) use(ref.shape);
  };
  const operations: Record<string, unknown> = {};
  for (const name of operationNames.toSorted()) {
    const operation = raw.operations[name];
    if (operation === undefined) throw new Error(`the model has no operation ${name}`);
    if (operation.input) use(operation.input.shape);
    if (operation.output) use(operation.output.shape);
    for (const error of operation.errors ?? []) use(error.shape);
    operations[name] = withoutUndefined({
      input: operation.input?.shape,
      output: operation.output?.shape,
      resultWrapper: operation.output?.resultWrapper,
      method: operation.http.method,
      uri: operation.http.requestUri,
      status: operation.http.responseCode === 200 ? undefined : operation.http.responseCode,
      inputElement: operation.input?.locationName,
      errors: (operation.errors ?? []).map((error) => errorCode(raw, error.shape)).toSorted(),
    });
  }
  const shapes = Object.fromEntries(
    [...used].toSorted().map((name) => [name, shapeData(raw, name)]),
  );
  const model = withoutUndefined({
    apiVersion: raw.metadata.apiVersion,
    protocol: raw.metadata.protocol,
    targetPrefix: raw.metadata.targetPrefix,
    xmlNamespace: raw.metadata.xmlNamespace,
    operations,
    shapes,
  });
  const types = [...used].toSorted().filter((name) => shapeOf(raw, name).exception !== true);
  return [
    '// Made by tools/generate-model.ts. Do not edit.',
    "import type { ServiceModel } from '../../aws/model.ts';",
    '',
    `export type OperationName = ${operationNames.toSorted().map(quote).join(' | ')};`,
    '',
    ...types.map((name) => typeOf(raw, name)),
    '',
    `export const model = ${JSON.stringify(model, undefined, 1)} as const satisfies ServiceModel;`,
    '',
  ].join('\n');
}

function shapeOf(raw: RawModel, name: string): RawShape {
  const shape = raw.shapes[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  return shape;
}

function errorCode(raw: RawModel, name: string): string {
  return shapeOf(raw, name).error?.code ?? name;
}

function refData(ref: Ref, defaultName?: string): Record<string, unknown> {
  const namespace = typeof ref.xmlNamespace === 'object' ? ref.xmlNamespace.uri : ref.xmlNamespace;
  return withoutUndefined({
    shape: ref.shape,
    name: ref.locationName === defaultName ? undefined : ref.locationName,
    location: ref.location,
    xmlNamespace: namespace,
    xmlAttribute: ref.xmlAttribute,
    flattened: ref.flattened,
  });
}

function shapeData(raw: RawModel, name: string): Record<string, unknown> {
  const shape = shapeOf(raw, name);
  const bounds = { min: shape.min, max: shape.max };
  const sensitive = shape.sensitive === true ? true : undefined;
  switch (shape.type) {
    case 'structure':
      return withoutUndefined({
        type: 'structure',
        members: Object.fromEntries(
          Object.entries(shape.members ?? {}).map(([member, ref]) => [
            member,
            refData(ref, member),
          ]),
        ),
        required: shape.required,
        union: shape.union,
        sensitive,
        payload: shape.payload,
        error:
          shape.exception === true
            ? { code: errorCode(raw, name), status: shape.error?.httpStatusCode ?? 400 }
            : undefined,
      });
    case 'list':
      return withoutUndefined({
        type: 'list',
        member: refData(shape.member!),
        ...bounds,
        flattened: shape.flattened,
      });
    case 'map':
      return withoutUndefined({
        type: 'map',
        key: refData(shape.key!),
        value: refData(shape.value!),
        ...bounds,
        flattened: shape.flattened,
      });
    case 'string':
    case 'character':
      return withoutUndefined({
        type: 'string',
        enum: shape.enum,
        // A colon that is escaped for nothing is no JavaScript.
        pattern: shape.pattern?.replaceAll('\\:', ':'),
        ...bounds,
        sensitive,
      });
    case 'blob':
      return withoutUndefined({ type: 'blob', ...bounds, sensitive });
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return withoutUndefined({ type: shape.type, ...bounds });
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return withoutUndefined({ type: 'timestamp', format: shape.timestampFormat });
    default:
      throw new Error(`shape ${name} has the unknown type ${shape.type}`);
  }
}

function typeOf(raw: RawModel, name: string): string {
  const shape = shapeOf(raw, name);
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {}).map(([member, ref]) =>
        shape.required?.includes(member) === true
          ? `  readonly ${member}: ${typeName(raw, ref)};`
          : `  readonly ${member}?: ${typeName(raw, ref)} | undefined;`,
      );
      return members.length === 0
        ? `export type ${safe(name)} = Readonly<Record<never, never>>;`
        : `export interface ${safe(name)} {\n${members.join('\n')}\n}`;
    }
    case 'list':
      return `export type ${safe(name)} = readonly ${typeName(raw, shape.member!)}[];`;
    case 'map':
      return `export type ${safe(name)} = Readonly<Record<string, ${typeName(raw, shape.value!)}>>;`;
    case 'string':
    case 'character':
      return `export type ${safe(name)} = ${shape.enum === undefined ? 'string' : shape.enum.map(quote).join(' | ')};`;
    case 'blob':
      return `export type ${safe(name)} = Uint8Array;`;
    case 'boolean':
      return `export type ${safe(name)} = boolean;`;
    case 'timestamp':
      return `export type ${safe(name)} = Temporal.Instant;`;
    default:
      return `export type ${safe(name)} = number;`;
  }
}

function typeName(raw: RawModel, ref: Ref): string {
  shapeOf(raw, ref.shape);
  return safe(ref.shape);
}

/** Names that TypeScript has already. */
function safe(name: string): string {
  return ['String', 'Boolean', 'Integer', 'Long', 'Double', 'Error', 'Date', 'Map', 'Set'].includes(
    name,
  )
    ? `${name}Value`
    : name;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

function withoutUndefined(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

if (import.meta.main) {
  const [folder, flag] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write('usage: node tools/generate-model.ts MODELS [--check]\n');
    process.exitCode = 2;
  } else {
    for (const [room, { file, operations }] of Object.entries(rooms)) {
      const text = generateModel(
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as RawModel,
        operations,
      );
      const target = join(import.meta.dirname, '..', 'src', 'services', room, 'model.ts');
      if (flag !== '--check') writeFileSync(target, text);
      else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
        process.stderr.write(`${target} is stale\n`);
        process.exitCode = 1;
      }
    }
  }
}

import type { Input } from '../permissions/client.ts';
import type { Scene } from '../permissions/scene.ts';
import { createListener, fresh, throughServices } from './calls.ts';
import type { Called, KeyCase, KeyCases } from './case.ts';

const requestCertificate =
  (more: Input = {}) =>
  (scene: Scene): Called => [
    'acm',
    'RequestCertificate',
    { DomainName: `${fresh(scene)}.${scene.home.suffix}`, ...more },
  ];

const acmKeys: KeyCases = {
  'acm:CertificateAuthority': {
    operator: 'ArnLike',
    right: 'arn:aws:acm-pca:*:*:certificate-authority/*',
    wrong: 'arn:aws:acm-pca:*:*:certificate-authority/other',
    call: requestCertificate({
      CertificateAuthorityArn:
        'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555',
    }),
    answers: 'InvalidParameterException',
    absent: { call: requestCertificate() },
  },
  'acm:CertificateKeyPairOrigin': {
    right: 'AWS_MANAGED',
    wrong: 'ACM_IMPORTED',
    call: requestCertificate(),
  },
  'acm:CertificateTransparencyLogging': {
    right: 'DISABLED',
    wrong: 'ENABLED',
    call: requestCertificate({
      Options: { CertificateTransparencyLoggingPreference: 'DISABLED' },
    }),
  },
  'acm:DomainNames': {
    operator: 'ForAllValues:StringLike',
    right: ({ home }) => `*.${home.suffix}`,
    wrong: '*.elsewhere.example',
    call: requestCertificate(),
  },
  'acm:Export': {
    right: 'ENABLED',
    wrong: 'DISABLED',
    call: requestCertificate({ Options: { Export: 'ENABLED' } }),
  },
  'acm:KeyAlgorithm': {
    right: 'EC_prime256v1',
    wrong: 'RSA_2048',
    call: requestCertificate({ KeyAlgorithm: 'EC_prime256v1' }),
  },
  'acm:ValidationMethod': { right: 'DNS', wrong: 'EMAIL', call: requestCertificate() },
};

const onKey =
  (operation: string, more: Input = {}) =>
  async (scene: Scene): Promise<Called> => [
    'kms',
    operation,
    { KeyId: await scene.key(), ...more },
  ];
const describe = onKey('DescribeKey');
const encrypt = onKey('Encrypt', {
  Plaintext: Buffer.from('x'),
  EncryptionContext: { purpose: 'test' },
});
const encryptWithoutContext = onKey('Encrypt', { Plaintext: Buffer.from('x') });
const grantTo = (scene: Scene): Input => ({
  GranteePrincipal: scene.home.probeArn,
  Operations: ['Encrypt'],
});
const createGrant = async (scene: Scene): Promise<Called> =>
  onKey('CreateGrant', grantTo(scene))(scene);
const createFullGrant = async (scene: Scene): Promise<Called> =>
  onKey('CreateGrant', {
    ...grantTo(scene),
    RetiringPrincipal: scene.arn('root'),
    Constraints: { EncryptionContextSubset: { purpose: 'test' } },
  })(scene);
const reEncryptTo =
  (which: string) =>
  async (scene: Scene): Promise<Called> => [
    'kms',
    'ReEncrypt',
    { CiphertextBlob: await scene.ciphertext(), DestinationKeyId: await scene.key(which) },
  ];
const describeByAlias = async (scene: Scene): Promise<Called> => [
  'kms',
  'DescribeKey',
  { KeyId: await scene.alias() },
];
const aliasOf = ({ name }: Scene): string => `alias/${name}`;
const specific = (right: string, wrong: string): KeyCase => ({ right, wrong, call: describe });

const kmsKeys: KeyCases = {
  'kms:BypassPolicyLockoutSafetyCheck': {
    operator: 'Bool',
    right: 'true',
    wrong: 'false',
    call: (): Called => ['kms', 'CreateKey', { BypassPolicyLockoutSafetyCheck: true }],
  },
  'kms:CallerAccount': {
    right: ({ home }) => home.account,
    wrong: '999999999999',
    call: describe,
  },
  'kms:CustomerMasterKeySpec': specific('SYMMETRIC_DEFAULT', 'RSA_2048'),
  'kms:CustomerMasterKeyUsage': specific('ENCRYPT_DECRYPT', 'SIGN_VERIFY'),
  'kms:EncryptionAlgorithm': {
    right: 'SYMMETRIC_DEFAULT',
    wrong: 'RSAES_OAEP_SHA_256',
    call: encrypt,
    absent: { call: describe },
  },
  'kms:EncryptionContext:purpose': {
    right: 'test',
    wrong: 'other',
    call: encrypt,
    absent: { call: encryptWithoutContext },
  },
  'kms:EncryptionContextKeys': {
    operator: 'ForAnyValue:StringEquals',
    right: 'purpose',
    wrong: 'other',
    call: encrypt,
    absent: { call: encryptWithoutContext },
  },
  'kms:GrantConstraintType': {
    right: 'EncryptionContextSubset',
    wrong: 'EncryptionContextEquals',
    call: createFullGrant,
    absent: { call: createGrant },
  },
  'kms:GranteePrincipal': {
    operator: 'ArnEquals',
    right: ({ home }) => home.probeArn,
    wrong: (scene) => scene.arn('user/other'),
    call: createGrant,
  },
  'kms:GrantIsForAWSResource': [
    { operator: 'Bool', right: 'false', wrong: 'true', call: createGrant },
    { ...throughServices, operator: 'Bool', right: 'true', wrong: 'false' },
  ],
  'kms:GrantOperations': {
    operator: 'ForAllValues:StringEquals',
    right: 'Encrypt',
    wrong: 'Decrypt',
    call: createGrant,
  },
  'kms:KeyOrigin': specific('AWS_KMS', 'EXTERNAL'),
  'kms:KeySpec': specific('SYMMETRIC_DEFAULT', 'RSA_2048'),
  'kms:KeyUsage': specific('ENCRYPT_DECRYPT', 'SIGN_VERIFY'),
  'kms:MultiRegion': { ...specific('false', 'true'), operator: 'Bool' },
  'kms:ReEncryptOnSameKey': [
    { operator: 'Bool', right: 'true', wrong: 'false', call: reEncryptTo('key') },
    { operator: 'Bool', right: 'false', wrong: 'true', call: reEncryptTo('second key') },
  ],
  'kms:RequestAlias': {
    right: aliasOf,
    wrong: 'alias/other',
    call: describeByAlias,
    absent: { call: describe },
  },
  'kms:ResourceAliases': {
    operator: 'ForAnyValue:StringEquals',
    right: aliasOf,
    wrong: 'alias/other',
    call: async (scene): Promise<Called> => {
      await scene.alias();
      return describe(scene);
    },
    absent: {
      call: async (scene): Promise<Called> => [
        'kms',
        'DescribeKey',
        { KeyId: await scene.key('second key') },
      ],
    },
  },
  'kms:RetiringPrincipal': {
    operator: 'ArnEquals',
    right: (scene) => scene.arn('root'),
    wrong: (scene) => scene.arn('user/other'),
    call: createFullGrant,
    absent: { call: createGrant },
  },
  'kms:ViaService': {
    ...throughServices,
    right: ({ world }) => `acm.${world.region}.amazonaws.com`,
    wrong: ({ world }) => `elasticloadbalancing.${world.region}.amazonaws.com`,
    absent: { call: createGrant },
  },
};

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const createUser =
  (more: Input = {}) =>
  (scene: Scene): Called => ['iam', 'CreateUser', { UserName: fresh(scene), ...more }];
const onUser =
  (operation: string, more: Input = {}) =>
  async (scene: Scene): Promise<Called> => [
    'iam',
    operation,
    { UserName: await scene.user(), ...more },
  ];
const boundedBy = (operation: string): KeyCase => ({
  operator: 'ArnEquals',
  right: readOnly,
  wrong: 'arn:aws:iam::aws:policy/AdministratorAccess',
  call: onUser(operation, { PermissionsBoundary: readOnly }),
});

const iamKeys: KeyCases = {
  'iam:AWSServiceName': {
    right: 'acm.amazonaws.com',
    wrong: 'elasticloadbalancing.amazonaws.com',
    call: async (scene): Promise<Called> => {
      const RoleName = 'AWSServiceRoleForCertificateManager';
      await scene.home.admin.call('iam', 'CreateServiceLinkedRole', {
        AWSServiceName: 'acm.amazonaws.com',
      });
      return ['iam', 'DeleteServiceLinkedRole', { RoleName }];
    },
  },
  'iam:PermissionsBoundary': [
    {
      ...boundedBy('CreateUser'),
      call: createUser({ PermissionsBoundary: readOnly }),
      absent: { call: createUser() },
    },
    boundedBy('PutUserPermissionsBoundary'),
  ],
  'iam:PolicyARN': {
    operator: 'ArnEquals',
    right: readOnly,
    wrong: 'arn:aws:iam::aws:policy/AdministratorAccess',
    call: onUser('AttachUserPolicy', { PolicyArn: readOnly }),
    absent: { call: onUser('GetUser') },
  },
  'iam:ResourceTag/team': {
    right: 'a',
    wrong: 'b',
    call: onUser('GetUser'),
    absent: {
      call: async (scene): Promise<Called> => [
        'iam',
        'GetGroup',
        { GroupName: await scene.group() },
      ],
    },
  },
};

const assumeRole =
  (more: Input = {}) =>
  async (scene: Scene): Promise<Called> => [
    'sts',
    'AssumeRole',
    { RoleArn: scene.arn(`role/${await scene.role()}`), RoleSessionName: 'session', ...more },
  ];
const Tags = [{ Key: 'project', Value: 'x' }];

const stsKeys: KeyCases = {
  'sts:ExternalId': {
    right: 'secret-1',
    wrong: 'secret-2',
    call: assumeRole({ ExternalId: 'secret-1' }),
    absent: { call: assumeRole() },
  },
  'sts:RoleSessionName': { right: 'session', wrong: 'other', call: assumeRole() },
  'sts:SourceIdentity': {
    right: 'alice',
    wrong: 'bob',
    call: assumeRole({ SourceIdentity: 'alice' }),
    absent: { call: assumeRole() },
  },
  'sts:TransitiveTagKeys': {
    operator: 'ForAnyValue:StringEquals',
    right: 'project',
    wrong: 'team',
    call: assumeRole({ Tags, TransitiveTagKeys: ['project'] }),
    absent: { call: assumeRole({ Tags }) },
  },
};

const createBalancer =
  (more: Input = {}) =>
  (scene: Scene): Called => [
    'elasticloadbalancing',
    'CreateLoadBalancer',
    { Name: fresh(scene), Subnets: ['subnet-1', 'subnet-2'], ...more },
  ];
const describeAttributes = async (scene: Scene): Promise<Called> => [
  'elasticloadbalancing',
  'ModifyLoadBalancerAttributes',
  {
    LoadBalancerArn: await scene.balancer(),
    Attributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }],
  },
];

const elbKeys: KeyCases = {
  'elasticloadbalancing:CreateAction': {
    right: 'CreateLoadBalancer',
    wrong: 'CreateTargetGroup',
    call: createBalancer({ Tags: [{ Key: 'team', Value: 'a' }] }),
    denies: 'elasticloadbalancing:AddTags',
  },
  'elasticloadbalancing:ListenerProtocol': {
    right: 'HTTPS',
    wrong: 'HTTP',
    call: createListener(),
    denies: 'elasticloadbalancing:CreateListener',
  },
  'elasticloadbalancing:ResourceTag/team': {
    right: 'a',
    wrong: 'b',
    call: describeAttributes,
    absent: { call: createBalancer() },
  },
  'elasticloadbalancing:Scheme': {
    right: 'internal',
    wrong: 'internet-facing',
    call: createBalancer({ Scheme: 'internal' }),
  },
  'elasticloadbalancing:SecurityGroup': {
    operator: 'ForAllValues:StringEquals',
    right: 'sg-1',
    wrong: 'sg-2',
    call: createBalancer({ SecurityGroups: ['sg-1'] }),
    absent: { call: createBalancer() },
  },
  'elasticloadbalancing:SecurityPolicy': {
    right: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    wrong: 'ELBSecurityPolicy-2016-08',
    call: createListener({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
    denies: 'elasticloadbalancing:CreateListener',
  },
  'elasticloadbalancing:Subnet': {
    operator: 'ForAllValues:StringLike',
    right: 'subnet-*',
    wrong: 'subnet-1',
    call: createBalancer(),
  },
};

const changeRecord = async (scene: Scene): Promise<Called> => [
  'route53',
  'ChangeResourceRecordSets',
  {
    HostedZoneId: await scene.zone(),
    ChangeBatch: {
      Changes: [
        {
          Action: 'UPSERT',
          ResourceRecordSet: {
            Name: `WWW.${scene.name}.${scene.home.suffix}`,
            Type: 'A',
            TTL: 60,
            ResourceRecords: [{ Value: '192.0.2.1' }],
          },
        },
      ],
    },
  },
];
const ofRecords = (right: KeyCase['right'], wrong: string): KeyCase => ({
  operator: 'ForAllValues:StringEquals',
  right,
  wrong,
  call: changeRecord,
  absent: {
    call: async (scene): Promise<Called> => [
      'route53',
      'GetHostedZone',
      { Id: await scene.zone() },
    ],
  },
});

const route53Keys: KeyCases = {
  'route53:ChangeResourceRecordSetsActions': ofRecords('UPSERT', 'DELETE'),
  'route53:ChangeResourceRecordSetsNormalizedRecordNames': ofRecords(
    ({ name, home }) => `www.${name}.${home.suffix}`,
    'other.test',
  ),
  'route53:ChangeResourceRecordSetsRecordTypes': ofRecords('A', 'CNAME'),
};

/** @see Service Authorization Reference, "Condition keys" of each service */
export const serviceKeys: KeyCases = {
  ...acmKeys,
  ...kmsKeys,
  ...iamKeys,
  ...stsKeys,
  ...elbKeys,
  ...route53Keys,
};

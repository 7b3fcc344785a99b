interface AwsPolicyFacts {
  /** `/` when absent. */
  readonly path?: string;
  readonly description: string;
  readonly statements: readonly object[];
}

const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

/** Reading calls of the services that are here. */
const reads = [
  'acm:Describe*',
  'acm:Get*',
  'acm:List*',
  'acm:Search*',
  'cloudtrail:Describe*',
  'cloudtrail:Get*',
  'cloudtrail:List*',
  'cloudtrail:LookupEvents',
  'elasticloadbalancing:Describe*',
  'iam:Generate*',
  'iam:Get*',
  'iam:List*',
  'iam:Simulate*',
  'kms:Describe*',
  'kms:Get*',
  'kms:List*',
  'route53:Get*',
  'route53:List*',
  'sts:GetAccessKeyInfo',
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
];

/**
 * AWS's managed policies that matter here. They have the names of AWS's and the same effect on the services that are here;
 * their texts are our own.
 * @see AWS Managed Policy Reference Guide
 */
export const awsPolicyFacts: Readonly<Record<string, AwsPolicyFacts>> = {
  AdministratorAccess: {
    description: 'Allows every action on every resource.',
    statements: [allow('*')],
  },
  PowerUserAccess: {
    description: 'Allows everything but the management of users, groups and roles.',
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow([
        'iam:CreateServiceLinkedRole',
        'iam:DeleteServiceLinkedRole',
        'iam:ListRoles',
        'organizations:DescribeOrganization',
        'account:GetAccountInformation',
        'account:GetPrimaryEmail',
        'account:ListRegions',
      ]),
    ],
  },
  ReadOnlyAccess: {
    description: 'Allows reading everything, and no change.',
    statements: [allow(reads)],
  },
  SecurityAudit: {
    description: 'Allows an auditor to read how security is configured.',
    statements: [allow(reads.filter((each) => each !== 'sts:GetSessionToken'))],
  },
  IAMFullAccess: {
    description: 'Allows every action of IAM.',
    statements: [
      allow([
        'iam:*',
        'organizations:DescribeAccount',
        'organizations:DescribeOrganization',
        'organizations:ListPolicies',
      ]),
    ],
  },
  IAMReadOnlyAccess: {
    description: 'Allows reading everything in IAM.',
    statements: [
      allow([
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ]),
    ],
  },
  IAMUserChangePassword: {
    description: 'Allows users to change their own passwords.',
    statements: [
      {
        Effect: 'Allow',
        Action: 'iam:ChangePassword',
        Resource: ['arn:aws:iam::*:user/${aws:username}'],
      },
      allow('iam:GetAccountPasswordPolicy'),
    ],
  },
  AWSCertificateManagerFullAccess: {
    description: 'Allows every action of Certificate Manager.',
    statements: [
      allow('acm:*'),
      {
        Effect: 'Allow',
        Action: 'iam:CreateServiceLinkedRole',
        Resource:
          'arn:aws:iam::*:role/aws-service-role/acm.amazonaws.com/AWSServiceRoleForCertificateManager*',
        Condition: { StringEquals: { 'iam:AWSServiceName': 'acm.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: [
          'iam:DeleteServiceLinkedRole',
          'iam:GetServiceLinkedRoleDeletionStatus',
          'iam:GetRole',
        ],
        Resource:
          'arn:aws:iam::*:role/aws-service-role/acm.amazonaws.com/AWSServiceRoleForCertificateManager*',
      },
    ],
  },
  AWSCertificateManagerReadOnly: {
    description: 'Allows reading certificates.',
    statements: [
      allow([
        'acm:DescribeCertificate',
        'acm:GetCertificate',
        'acm:ListCertificates',
        'acm:ListTagsForCertificate',
        'acm:GetAccountConfiguration',
        'acm:SearchCertificates',
      ]),
    ],
  },
  AWSKeyManagementServicePowerUser: {
    description:
      'Allows creating keys and managing their aliases and tags, and seeing who may use them.',
    statements: [
      allow([
        'kms:CreateAlias',
        'kms:CreateKey',
        'kms:DeleteAlias',
        'kms:Describe*',
        'kms:GenerateRandom',
        'kms:Get*',
        'kms:List*',
        'kms:TagResource',
        'kms:UntagResource',
        'iam:ListGroups',
        'iam:ListRoles',
        'iam:ListUsers',
      ]),
    ],
  },
  AWSCloudTrail_FullAccess: {
    description: 'Allows every action of CloudTrail, and making what trails need.',
    statements: [
      allow('cloudtrail:*'),
      allow(['kms:CreateKey', 'kms:CreateAlias', 'kms:ListKeys', 'kms:ListAliases']),
      allow(['iam:ListRoles', 'iam:GetRolePolicy', 'iam:GetUser']),
    ],
  },
  AWSCloudTrail_ReadOnlyAccess: {
    description: 'Allows reading trails and events.',
    statements: [
      allow([
        'cloudtrail:Get*',
        'cloudtrail:Describe*',
        'cloudtrail:List*',
        'cloudtrail:LookupEvents',
      ]),
    ],
  },
  ElasticLoadBalancingFullAccess: {
    description: 'Allows every action of Elastic Load Balancing.',
    statements: [
      allow('elasticloadbalancing:*'),
      allow('iam:CreateServiceLinkedRole', {
        Condition: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
      }),
    ],
  },
  ElasticLoadBalancingReadOnly: {
    description: 'Allows reading load balancers.',
    statements: [allow('elasticloadbalancing:Describe*')],
  },
  AmazonRoute53FullAccess: {
    description: 'Allows every action of Route 53.',
    statements: [
      allow(['route53:*', 'route53domains:*', 'elasticloadbalancing:DescribeLoadBalancers']),
    ],
  },
  AmazonRoute53ReadOnlyAccess: {
    description: 'Allows reading hosted zones and records.',
    statements: [allow(['route53:Get*', 'route53:List*', 'route53:TestDNSAnswer'])],
  },
};

import {
  gatewayTargetPrefix,
  type ReportStatusRequest,
  type TargetStatus,
} from '../../aws/gateway-feed.ts';
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'ProveGrants' | 'ReportStatus' | 'WatchConfiguration';

type Listed<Each> = readonly Exclude<Each, undefined>[];

const listenerStates: Listed<ReportStatusRequest['Listeners'][number]['State']> = [
  'active',
  'failed',
];
const targetStates: Listed<TargetStatus['State']> = [
  'initial',
  'healthy',
  'unhealthy',
  'unavailable',
];
const targetReasons: Listed<TargetStatus['Reason']> = [
  'Elb.InitialHealthChecking',
  'Target.ResponseCodeMismatch',
  'Target.Timeout',
  'Target.FailedHealthChecks',
  'Target.IpUnusable',
  'Target.HealthCheckDisabled',
];

/** Written by hand, as the service is no AWS service; src/aws/gateway-feed.ts has the types. */
export const model = {
  apiVersion: '2026-11-24',
  protocol: 'json',
  targetPrefix: gatewayTargetPrefix,
  operations: {
    ProveGrants: operation('ProveGrants'),
    ReportStatus: operation('ReportStatus'),
    WatchConfiguration: operation('WatchConfiguration'),
  },
  shapes: {
    WatchConfigurationRequest: {
      type: 'structure',
      members: { Cursor: { shape: 'Cursor' }, WaitSeconds: { shape: 'WaitSeconds' } },
    },
    WatchConfigurationResponse: {
      type: 'structure',
      members: {
        Cursor: { shape: 'Cursor' },
        IsComplete: { shape: 'Boolean' },
        LoadBalancers: { shape: 'LoadBalancers' },
        Removed: { shape: 'Arns' },
      },
    },
    ProveGrantsRequest: {
      type: 'structure',
      members: { HolderDocument: { shape: 'HolderDocument' }, Grants: { shape: 'ProvenGrants' } },
      required: ['HolderDocument', 'Grants'],
    },
    ProveGrantsResponse: { type: 'structure', members: { Gone: { shape: 'GrantIds' } } },
    ReportStatusRequest: {
      type: 'structure',
      members: {
        Listeners: { shape: 'ListenerStatuses' },
        Targets: { shape: 'TargetStatuses' },
      },
      required: ['Listeners', 'Targets'],
    },
    ReportStatusResponse: { type: 'structure', members: {} },

    LoadBalancers: list('LoadBalancer'),
    LoadBalancer: structure({
      LoadBalancerArn: 'Arn',
      Account: 'String',
      Region: 'String',
      DNSName: 'String',
      Address: 'String',
      Attributes: 'Attributes',
      Listeners: 'Listeners',
      TargetGroups: 'TargetGroups',
    }),
    Attributes: { type: 'map', key: { shape: 'String' }, value: { shape: 'String' } },
    Listeners: list('Listener'),
    Listener: structure({
      ListenerArn: 'Arn',
      Protocol: 'String',
      Port: 'Integer',
      SslPolicy: 'String',
      Certificates: 'Certificates',
      DefaultActions: 'Actions',
    }),
    Certificates: list('Certificate'),
    Certificate: structure({
      CertificateArn: 'Arn',
      IsDefault: 'Boolean',
      CertificatePem: 'String',
      ChainPem: 'String',
      Ciphertext: 'Ciphertext',
      KmsKeyArn: 'Arn',
      GrantId: 'GrantId',
      Revision: 'Integer',
    }),
    Actions: list('Action'),
    Action: structure({
      Type: 'String',
      ForwardConfig: 'ForwardConfig',
      FixedResponseConfig: 'FixedResponseConfig',
      RedirectConfig: 'RedirectConfig',
    }),
    ForwardConfig: structure({ TargetGroups: 'TargetGroupTuples' }),
    TargetGroupTuples: list('TargetGroupTuple'),
    TargetGroupTuple: structure({ TargetGroupArn: 'Arn', Weight: 'Integer' }),
    FixedResponseConfig: structure({
      StatusCode: 'String',
      ContentType: 'String',
      MessageBody: 'String',
    }),
    RedirectConfig: structure({
      StatusCode: 'String',
      Protocol: 'String',
      Host: 'String',
      Port: 'String',
      Path: 'String',
      Query: 'String',
    }),
    TargetGroups: list('TargetGroup'),
    TargetGroup: structure({
      TargetGroupArn: 'Arn',
      Protocol: 'String',
      Port: 'Integer',
      HealthCheckEnabled: 'Boolean',
      HealthCheckProtocol: 'String',
      HealthCheckPort: 'String',
      HealthCheckPath: 'String',
      HealthCheckIntervalSeconds: 'Integer',
      HealthCheckTimeoutSeconds: 'Integer',
      HealthyThresholdCount: 'Integer',
      UnhealthyThresholdCount: 'Integer',
      MatcherHttpCode: 'String',
      Targets: 'Targets',
    }),
    Targets: list('Target'),
    Target: structure({ Id: 'String', Port: 'Port' }),

    ProvenGrants: { type: 'list', member: { shape: 'ProvenGrant' }, max: 10_000 },
    ProvenGrant: structure(
      { KmsKeyArn: 'Arn', GrantId: 'GrantId', CertificateArn: 'Arn', LoadBalancerArn: 'Arn' },
      ['KmsKeyArn', 'GrantId', 'CertificateArn', 'LoadBalancerArn'],
    ),
    GrantIds: list('GrantId'),

    ListenerStatuses: { type: 'list', member: { shape: 'ListenerStatus' }, max: 10_000 },
    ListenerStatus: structure(
      { ListenerArn: 'Arn', State: 'ListenerState', Reason: 'Text' },
      ['ListenerArn', 'State'],
    ),
    ListenerState: { type: 'string', enum: listenerStates },
    TargetStatuses: { type: 'list', member: { shape: 'TargetStatus' }, max: 10_000 },
    TargetStatus: structure(
      {
        TargetGroupArn: 'Arn',
        Id: 'TargetId',
        Port: 'Port',
        State: 'TargetState',
        Reason: 'TargetReason',
        Description: 'Text',
      },
      ['TargetGroupArn', 'Id', 'Port', 'State'],
    ),
    TargetState: { type: 'string', enum: targetStates },
    TargetReason: { type: 'string', enum: targetReasons },

    Arns: list('Arn'),
    Arn: { type: 'string', min: 20, max: 2048 },
    Boolean: { type: 'boolean' },
    Ciphertext: { type: 'string', sensitive: true },
    Cursor: { type: 'string', max: 64 },
    GrantId: { type: 'string', min: 1, max: 128 },
    HolderDocument: { type: 'string', min: 1, max: 16_384 },
    Integer: { type: 'integer' },
    Port: { type: 'integer', min: 1, max: 65_535 },
    String: { type: 'string' },
    TargetId: { type: 'string', min: 2, max: 64 },
    Text: { type: 'string', max: 1024 },
    WaitSeconds: { type: 'integer', min: 0, max: 30 },
  },
} as const satisfies ServiceModel;

function operation<const Name extends OperationName>(name: Name) {
  return {
    input: `${name}Request`,
    output: `${name}Response`,
    method: 'POST',
    uri: '/',
    errors: [],
  } as const;
}

function list<const Member extends string>(shape: Member) {
  return { type: 'list', member: { shape } } as const;
}

function structure(members: Readonly<Record<string, string>>, required: readonly string[] = []) {
  return {
    type: 'structure',
    members: Object.fromEntries(
      Object.entries(members).map(([name, shape]) => [name, { shape }]),
    ),
    required,
  } as const;
}

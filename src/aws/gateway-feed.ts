/**
 * The wire of the service through which a gateway learns what to serve: awsJson1.1, signing name `holdfast`,
 * target prefix `HoldfastGateway`. It is no AWS service; members are written as AWS writes them.
 */
export const gatewaySigningName = 'holdfast';
export const gatewayTargetPrefix = 'HoldfastGateway';

/** Action `holdfast:WatchConfiguration`. */
export interface WatchConfigurationRequest {
  /** Of the last answer; absent, or unknown to the server, asks for everything. */
  readonly Cursor?: string | undefined;
  /** How long to wait for a change, 0 to 30; 20 when absent. */
  readonly WaitSeconds?: number | undefined;
}

export interface WatchConfigurationResponse {
  readonly Cursor: string;
  /** True when `LoadBalancers` is all there is: what is not in it is gone. */
  readonly IsComplete: boolean;
  /** Each one changed since the cursor, with its whole state. Empty when the wait ran out. */
  readonly LoadBalancers: readonly GatewayLoadBalancer[];
  /** ARNs of load balancers deleted since the cursor. */
  readonly Removed: readonly string[];
}

export interface GatewayLoadBalancer {
  readonly LoadBalancerArn: string;
  readonly Account: string;
  readonly Region: string;
  readonly DNSName: string;
  /** The IP address to bind, for example `127.0.3.7`. */
  readonly Address: string;
  /** Those that the customer set. */
  readonly Attributes?: Readonly<Record<string, string>> | undefined;
  readonly Listeners: readonly GatewayListener[];
  readonly TargetGroups: readonly GatewayTargetGroup[];
}

export interface GatewayListener {
  readonly ListenerArn: string;
  readonly Protocol: 'HTTP' | 'HTTPS';
  /** As the customer named it; the gateway adds its port offset. */
  readonly Port: number;
  /** A name in `sslPolicies`; for HTTPS. */
  readonly SslPolicy?: string | undefined;
  /** For HTTPS: exactly one of them is the default. */
  readonly Certificates: readonly GatewayCertificate[];
  readonly DefaultActions: readonly GatewayAction[];
}

export interface GatewayCertificate {
  readonly CertificateArn: string;
  readonly IsDefault: boolean;
  readonly CertificatePem: string;
  readonly ChainPem?: string | undefined;
  /** Base64: the private key under the KMS key, encryption context `aws:acm:arn` and `aws:elasticloadbalancing:arn`. */
  readonly Ciphertext: string;
  readonly KmsKeyArn: string;
  /** Absent once the grant is gone: the certificate is then no longer served. */
  readonly GrantId?: string | undefined;
  /** Grows with every renewal, reimport and new association. */
  readonly Revision: number;
}

/** AWS's Action, of the three types that are served. */
export type GatewayAction =
  | GatewayForwardAction
  | GatewayFixedResponseAction
  | GatewayRedirectAction;

interface GatewayForwardAction {
  readonly Type: 'forward';
  readonly ForwardConfig: {
    /** `Weight` 0 to 999, 1 when absent. */
    readonly TargetGroups: readonly {
      readonly TargetGroupArn: string;
      readonly Weight?: number | undefined;
    }[];
  };
}

export interface GatewayFixedResponseAction {
  readonly Type: 'fixed-response';
  readonly FixedResponseConfig: {
    readonly StatusCode: string;
    readonly ContentType?: string | undefined;
    readonly MessageBody?: string | undefined;
  };
}

export interface GatewayRedirectAction {
  readonly Type: 'redirect';
  readonly RedirectConfig: {
    readonly StatusCode: 'HTTP_301' | 'HTTP_302';
    /** Each may contain `#{protocol}`, `#{host}`, `#{port}`, `#{path}`, `#{query}`; absent keeps the request's own. */
    readonly Protocol?: string | undefined;
    readonly Host?: string | undefined;
    readonly Port?: string | undefined;
    readonly Path?: string | undefined;
    readonly Query?: string | undefined;
  };
}

export interface GatewayTargetGroup {
  readonly TargetGroupArn: string;
  readonly Protocol: 'HTTP' | 'HTTPS';
  readonly Port: number;
  readonly HealthCheckEnabled: boolean;
  readonly HealthCheckProtocol: 'HTTP' | 'HTTPS';
  /** `traffic-port` or a number. */
  readonly HealthCheckPort: string;
  readonly HealthCheckPath: string;
  readonly HealthCheckIntervalSeconds: number;
  readonly HealthCheckTimeoutSeconds: number;
  readonly HealthyThresholdCount: number;
  readonly UnhealthyThresholdCount: number;
  /** `Matcher.HttpCode`: `200`, `200,204` or `200-299`. */
  readonly MatcherHttpCode: string;
  readonly Targets: readonly { readonly Id: string; readonly Port: number }[];
}

/** Action `holdfast:ProveGrants`: every 60 s, every grant that the gateway lives on, in one call and one audit record. */
export interface ProveGrantsRequest {
  /** Base64 of a fresh signed recipient document: proves that the enrolled holder is asking. */
  readonly HolderDocument: string;
  readonly Grants: readonly ProvenGrant[];
}

export interface ProvenGrant {
  readonly KmsKeyArn: string;
  readonly GrantId: string;
  readonly CertificateArn: string;
  readonly LoadBalancerArn: string;
}

export interface ProveGrantsResponse {
  /** The GrantIds of the request that are revoked, retired or unknown. */
  readonly Gone: readonly string[];
}

/** Action `holdfast:ReportStatus`: what changed since the last report, or everything after a (re)connect. */
export interface ReportStatusRequest {
  readonly Listeners: readonly ListenerStatus[];
  readonly Targets: readonly TargetStatus[];
}

export interface ListenerStatus {
  readonly ListenerArn: string;
  readonly State: 'active' | 'failed';
  /** For people, for example `127.0.0.5:443 is in use by another process`. */
  readonly Reason?: string | undefined;
}

export interface TargetStatus {
  readonly TargetGroupArn: string;
  readonly Id: string;
  readonly Port: number;
  readonly State: 'initial' | 'healthy' | 'unhealthy' | 'unavailable';
  /** AWS's TargetHealthReasonEnum. */
  readonly Reason?:
    | 'Elb.InitialHealthChecking'
    | 'Target.ResponseCodeMismatch'
    | 'Target.Timeout'
    | 'Target.FailedHealthChecks'
    | 'Target.IpUnusable'
    | 'Target.HealthCheckDisabled'
    | undefined;
  readonly Description?: string | undefined;
}

export type ReportStatusResponse = Readonly<Record<string, never>>;

/** Condition keys and members of the encryption context of a certificate's key in use by a load balancer. */
export function gatewayEncryptionContext(
  certificateArn: string,
  loadBalancerArn: string,
): { readonly 'aws:acm:arn': string; readonly 'aws:elasticloadbalancing:arn': string } {
  return { 'aws:acm:arn': certificateArn, 'aws:elasticloadbalancing:arn': loadBalancerArn };
}

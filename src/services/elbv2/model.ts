// Made by tools/generate-model.ts. Do not edit.
import type { ServiceModel } from '../../aws/model.ts';

export type OperationName = 'AddListenerCertificates' | 'AddTags' | 'CreateListener' | 'CreateLoadBalancer' | 'CreateTargetGroup' | 'DeleteListener' | 'DeleteLoadBalancer' | 'DeleteTargetGroup' | 'DeregisterTargets' | 'DescribeListenerAttributes' | 'DescribeListenerCertificates' | 'DescribeListeners' | 'DescribeLoadBalancerAttributes' | 'DescribeLoadBalancers' | 'DescribeSSLPolicies' | 'DescribeTags' | 'DescribeTargetGroupAttributes' | 'DescribeTargetGroups' | 'DescribeTargetHealth' | 'ModifyListener' | 'ModifyListenerAttributes' | 'ModifyLoadBalancerAttributes' | 'ModifyTargetGroupAttributes' | 'RegisterTargets' | 'RemoveListenerCertificates' | 'RemoveTags';

export interface Action {
  readonly AuthenticateCognitoConfig?: AuthenticateCognitoActionConfig | undefined;
  readonly AuthenticateOidcConfig?: AuthenticateOidcActionConfig | undefined;
  readonly FixedResponseConfig?: FixedResponseActionConfig | undefined;
  readonly ForwardConfig?: ForwardActionConfig | undefined;
  readonly JwtValidationConfig?: JwtValidationActionConfig | undefined;
  readonly Order?: ActionOrder | undefined;
  readonly RedirectConfig?: RedirectActionConfig | undefined;
  readonly TargetGroupArn?: TargetGroupArn | undefined;
  readonly Type: ActionTypeEnum;
}
export type ActionOrder = number;
export type ActionTypeEnum = 'forward' | 'authenticate-oidc' | 'authenticate-cognito' | 'redirect' | 'fixed-response' | 'jwt-validation';
export type Actions = readonly Action[];
export interface AddListenerCertificatesInput {
  readonly Certificates: CertificateList;
  readonly ListenerArn: ListenerArn;
}
export interface AddListenerCertificatesOutput {
  readonly Certificates?: CertificateList | undefined;
}
export interface AddTagsInput {
  readonly ResourceArns: ResourceArns;
  readonly Tags: TagList;
}
export type AddTagsOutput = Readonly<Record<never, never>>;
export interface AdministrativeOverride {
  readonly Description?: Description | undefined;
  readonly Reason?: TargetAdministrativeOverrideReasonEnum | undefined;
  readonly State?: TargetAdministrativeOverrideStateEnum | undefined;
}
export type AdvertiseTrustStoreCaNamesEnum = 'on' | 'off';
export type AllocationId = string;
export type AlpnPolicyName = readonly AlpnPolicyValue[];
export type AlpnPolicyValue = string;
export interface AnomalyDetection {
  readonly MitigationInEffect?: MitigationInEffectEnum | undefined;
  readonly Result?: AnomalyResultEnum | undefined;
}
export type AnomalyResultEnum = 'anomalous' | 'normal';
export type AuthenticateCognitoActionAuthenticationRequestExtraParams = Readonly<Record<string, AuthenticateCognitoActionAuthenticationRequestParamValue>>;
export type AuthenticateCognitoActionAuthenticationRequestParamName = string;
export type AuthenticateCognitoActionAuthenticationRequestParamValue = string;
export type AuthenticateCognitoActionConditionalBehaviorEnum = 'deny' | 'allow' | 'authenticate';
export interface AuthenticateCognitoActionConfig {
  readonly AuthenticationRequestExtraParams?: AuthenticateCognitoActionAuthenticationRequestExtraParams | undefined;
  readonly OnUnauthenticatedRequest?: AuthenticateCognitoActionConditionalBehaviorEnum | undefined;
  readonly Scope?: AuthenticateCognitoActionScope | undefined;
  readonly SessionCookieName?: AuthenticateCognitoActionSessionCookieName | undefined;
  readonly SessionTimeout?: AuthenticateCognitoActionSessionTimeout | undefined;
  readonly UserPoolArn: AuthenticateCognitoActionUserPoolArn;
  readonly UserPoolClientId: AuthenticateCognitoActionUserPoolClientId;
  readonly UserPoolDomain: AuthenticateCognitoActionUserPoolDomain;
}
export type AuthenticateCognitoActionScope = string;
export type AuthenticateCognitoActionSessionCookieName = string;
export type AuthenticateCognitoActionSessionTimeout = number;
export type AuthenticateCognitoActionUserPoolArn = string;
export type AuthenticateCognitoActionUserPoolClientId = string;
export type AuthenticateCognitoActionUserPoolDomain = string;
export type AuthenticateOidcActionAuthenticationRequestExtraParams = Readonly<Record<string, AuthenticateOidcActionAuthenticationRequestParamValue>>;
export type AuthenticateOidcActionAuthenticationRequestParamName = string;
export type AuthenticateOidcActionAuthenticationRequestParamValue = string;
export type AuthenticateOidcActionAuthorizationEndpoint = string;
export type AuthenticateOidcActionClientId = string;
export type AuthenticateOidcActionClientSecret = string;
export type AuthenticateOidcActionConditionalBehaviorEnum = 'deny' | 'allow' | 'authenticate';
export interface AuthenticateOidcActionConfig {
  readonly AuthenticationRequestExtraParams?: AuthenticateOidcActionAuthenticationRequestExtraParams | undefined;
  readonly AuthorizationEndpoint: AuthenticateOidcActionAuthorizationEndpoint;
  readonly ClientId: AuthenticateOidcActionClientId;
  readonly ClientSecret?: AuthenticateOidcActionClientSecret | undefined;
  readonly Issuer: AuthenticateOidcActionIssuer;
  readonly OnUnauthenticatedRequest?: AuthenticateOidcActionConditionalBehaviorEnum | undefined;
  readonly Scope?: AuthenticateOidcActionScope | undefined;
  readonly SessionCookieName?: AuthenticateOidcActionSessionCookieName | undefined;
  readonly SessionTimeout?: AuthenticateOidcActionSessionTimeout | undefined;
  readonly TokenEndpoint: AuthenticateOidcActionTokenEndpoint;
  readonly UseExistingClientSecret?: AuthenticateOidcActionUseExistingClientSecret | undefined;
  readonly UserInfoEndpoint: AuthenticateOidcActionUserInfoEndpoint;
}
export type AuthenticateOidcActionIssuer = string;
export type AuthenticateOidcActionScope = string;
export type AuthenticateOidcActionSessionCookieName = string;
export type AuthenticateOidcActionSessionTimeout = number;
export type AuthenticateOidcActionTokenEndpoint = string;
export type AuthenticateOidcActionUseExistingClientSecret = boolean;
export type AuthenticateOidcActionUserInfoEndpoint = string;
export interface AvailabilityZone {
  readonly LoadBalancerAddresses?: LoadBalancerAddresses | undefined;
  readonly OutpostId?: OutpostId | undefined;
  readonly SourceNatIpv6Prefixes?: SourceNatIpv6Prefixes | undefined;
  readonly SubnetId?: SubnetId | undefined;
  readonly ZoneName?: ZoneName | undefined;
}
export type AvailabilityZones = readonly AvailabilityZone[];
export type CanonicalHostedZoneId = string;
export interface Certificate {
  readonly CertificateArn?: CertificateArn | undefined;
  readonly IsDefault?: Default | undefined;
}
export type CertificateArn = string;
export type CertificateList = readonly Certificate[];
export interface Cipher {
  readonly Name?: CipherName | undefined;
  readonly Priority?: CipherPriority | undefined;
}
export type CipherName = string;
export type CipherPriority = number;
export type Ciphers = readonly Cipher[];
export interface CreateListenerInput {
  readonly AlpnPolicy?: AlpnPolicyName | undefined;
  readonly Certificates?: CertificateList | undefined;
  readonly DefaultActions: Actions;
  readonly LoadBalancerArn: LoadBalancerArn;
  readonly MutualAuthentication?: MutualAuthenticationAttributes | undefined;
  readonly Port?: Port | undefined;
  readonly Protocol?: ProtocolEnum | undefined;
  readonly SslPolicy?: SslPolicyName | undefined;
  readonly Tags?: TagList | undefined;
}
export interface CreateListenerOutput {
  readonly Listeners?: Listeners | undefined;
}
export interface CreateLoadBalancerInput {
  readonly CustomerOwnedIpv4Pool?: CustomerOwnedIpv4Pool | undefined;
  readonly EnablePrefixForIpv6SourceNat?: EnablePrefixForIpv6SourceNatEnum | undefined;
  readonly IpAddressType?: IpAddressType | undefined;
  readonly IpamPools?: IpamPools | undefined;
  readonly Name: LoadBalancerName;
  readonly Scheme?: LoadBalancerSchemeEnum | undefined;
  readonly SecurityGroups?: SecurityGroups | undefined;
  readonly SubnetMappings?: SubnetMappings | undefined;
  readonly Subnets?: Subnets | undefined;
  readonly Tags?: TagList | undefined;
  readonly Type?: LoadBalancerTypeEnum | undefined;
}
export interface CreateLoadBalancerOutput {
  readonly LoadBalancers?: LoadBalancers | undefined;
}
export interface CreateTargetGroupInput {
  readonly HealthCheckEnabled?: HealthCheckEnabled | undefined;
  readonly HealthCheckIntervalSeconds?: HealthCheckIntervalSeconds | undefined;
  readonly HealthCheckPath?: Path | undefined;
  readonly HealthCheckPort?: HealthCheckPort | undefined;
  readonly HealthCheckProtocol?: ProtocolEnum | undefined;
  readonly HealthCheckTimeoutSeconds?: HealthCheckTimeoutSeconds | undefined;
  readonly HealthyThresholdCount?: HealthCheckThresholdCount | undefined;
  readonly IpAddressType?: TargetGroupIpAddressTypeEnum | undefined;
  readonly Matcher?: Matcher | undefined;
  readonly Name: TargetGroupName;
  readonly Port?: Port | undefined;
  readonly Protocol?: ProtocolEnum | undefined;
  readonly ProtocolVersion?: ProtocolVersion | undefined;
  readonly Tags?: TagList | undefined;
  readonly TargetControlPort?: TargetControlPort | undefined;
  readonly TargetType?: TargetTypeEnum | undefined;
  readonly UnhealthyThresholdCount?: HealthCheckThresholdCount | undefined;
  readonly VpcId?: VpcId | undefined;
}
export interface CreateTargetGroupOutput {
  readonly TargetGroups?: TargetGroups | undefined;
}
export type CreatedTime = Temporal.Instant;
export type CustomerOwnedIpv4Pool = string;
export type DNSName = string;
export type Default = boolean;
export interface DeleteListenerInput {
  readonly ListenerArn: ListenerArn;
}
export type DeleteListenerOutput = Readonly<Record<never, never>>;
export interface DeleteLoadBalancerInput {
  readonly LoadBalancerArn: LoadBalancerArn;
}
export type DeleteLoadBalancerOutput = Readonly<Record<never, never>>;
export interface DeleteTargetGroupInput {
  readonly TargetGroupArn: TargetGroupArn;
}
export type DeleteTargetGroupOutput = Readonly<Record<never, never>>;
export interface DeregisterTargetsInput {
  readonly TargetGroupArn: TargetGroupArn;
  readonly Targets: TargetDescriptions;
}
export type DeregisterTargetsOutput = Readonly<Record<never, never>>;
export interface DescribeListenerAttributesInput {
  readonly ListenerArn: ListenerArn;
}
export interface DescribeListenerAttributesOutput {
  readonly Attributes?: ListenerAttributes | undefined;
}
export interface DescribeListenerCertificatesInput {
  readonly ListenerArn: ListenerArn;
  readonly Marker?: Marker | undefined;
  readonly PageSize?: PageSize | undefined;
}
export interface DescribeListenerCertificatesOutput {
  readonly Certificates?: CertificateList | undefined;
  readonly NextMarker?: Marker | undefined;
}
export interface DescribeListenersInput {
  readonly ListenerArns?: ListenerArns | undefined;
  readonly LoadBalancerArn?: LoadBalancerArn | undefined;
  readonly Marker?: Marker | undefined;
  readonly PageSize?: PageSize | undefined;
}
export interface DescribeListenersOutput {
  readonly Listeners?: Listeners | undefined;
  readonly NextMarker?: Marker | undefined;
}
export interface DescribeLoadBalancerAttributesInput {
  readonly LoadBalancerArn: LoadBalancerArn;
}
export interface DescribeLoadBalancerAttributesOutput {
  readonly Attributes?: LoadBalancerAttributes | undefined;
}
export interface DescribeLoadBalancersInput {
  readonly LoadBalancerArns?: LoadBalancerArns | undefined;
  readonly Marker?: Marker | undefined;
  readonly Names?: LoadBalancerNames | undefined;
  readonly PageSize?: PageSize | undefined;
}
export interface DescribeLoadBalancersOutput {
  readonly LoadBalancers?: LoadBalancers | undefined;
  readonly NextMarker?: Marker | undefined;
}
export interface DescribeSSLPoliciesInput {
  readonly LoadBalancerType?: LoadBalancerTypeEnum | undefined;
  readonly Marker?: Marker | undefined;
  readonly Names?: SslPolicyNames | undefined;
  readonly PageSize?: PageSize | undefined;
}
export interface DescribeSSLPoliciesOutput {
  readonly NextMarker?: Marker | undefined;
  readonly SslPolicies?: SslPolicies | undefined;
}
export interface DescribeTagsInput {
  readonly ResourceArns: ResourceArns;
}
export interface DescribeTagsOutput {
  readonly TagDescriptions?: TagDescriptions | undefined;
}
export interface DescribeTargetGroupAttributesInput {
  readonly TargetGroupArn: TargetGroupArn;
}
export interface DescribeTargetGroupAttributesOutput {
  readonly Attributes?: TargetGroupAttributes | undefined;
}
export interface DescribeTargetGroupsInput {
  readonly LoadBalancerArn?: LoadBalancerArn | undefined;
  readonly Marker?: Marker | undefined;
  readonly Names?: TargetGroupNames | undefined;
  readonly PageSize?: PageSize | undefined;
  readonly TargetGroupArns?: TargetGroupArns | undefined;
}
export interface DescribeTargetGroupsOutput {
  readonly NextMarker?: Marker | undefined;
  readonly TargetGroups?: TargetGroups | undefined;
}
export interface DescribeTargetHealthInput {
  readonly Include?: ListOfDescribeTargetHealthIncludeOptions | undefined;
  readonly TargetGroupArn: TargetGroupArn;
  readonly Targets?: TargetDescriptions | undefined;
}
export type DescribeTargetHealthInputIncludeEnum = 'AnomalyDetection' | 'All';
export interface DescribeTargetHealthOutput {
  readonly TargetHealthDescriptions?: TargetHealthDescriptions | undefined;
}
export type Description = string;
export type EnablePrefixForIpv6SourceNatEnum = 'on' | 'off';
export type EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = string;
export interface FixedResponseActionConfig {
  readonly ContentType?: FixedResponseActionContentType | undefined;
  readonly MessageBody?: FixedResponseActionMessage | undefined;
  readonly StatusCode: FixedResponseActionStatusCode;
}
export type FixedResponseActionContentType = string;
export type FixedResponseActionMessage = string;
export type FixedResponseActionStatusCode = string;
export interface ForwardActionConfig {
  readonly TargetGroupStickinessConfig?: TargetGroupStickinessConfig | undefined;
  readonly TargetGroups?: TargetGroupList | undefined;
}
export type GrpcCode = string;
export type HealthCheckEnabled = boolean;
export type HealthCheckIntervalSeconds = number;
export type HealthCheckPort = string;
export type HealthCheckThresholdCount = number;
export type HealthCheckTimeoutSeconds = number;
export type HttpCode = string;
export type IPv6Address = string;
export type IgnoreClientCertificateExpiry = boolean;
export type IpAddress = string;
export type IpAddressType = 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4';
export type IpamPoolId = string;
export interface IpamPools {
  readonly Ipv4IpamPoolId?: IpamPoolId | undefined;
}
export interface JwtValidationActionAdditionalClaim {
  readonly Format: JwtValidationActionAdditionalClaimFormatEnum;
  readonly Name: JwtValidationActionAdditionalClaimName;
  readonly Values: JwtValidationActionAdditionalClaimValues;
}
export type JwtValidationActionAdditionalClaimFormatEnum = 'single-string' | 'string-array' | 'space-separated-values';
export type JwtValidationActionAdditionalClaimName = string;
export type JwtValidationActionAdditionalClaimValue = string;
export type JwtValidationActionAdditionalClaimValues = readonly JwtValidationActionAdditionalClaimValue[];
export type JwtValidationActionAdditionalClaims = readonly JwtValidationActionAdditionalClaim[];
export interface JwtValidationActionConfig {
  readonly AdditionalClaims?: JwtValidationActionAdditionalClaims | undefined;
  readonly Issuer: JwtValidationActionIssuer;
  readonly JwksEndpoint: JwtValidationActionJwksEndpoint;
}
export type JwtValidationActionIssuer = string;
export type JwtValidationActionJwksEndpoint = string;
export type ListOfDescribeTargetHealthIncludeOptions = readonly DescribeTargetHealthInputIncludeEnum[];
export type ListOfString = readonly StringValue[];
export interface Listener {
  readonly AlpnPolicy?: AlpnPolicyName | undefined;
  readonly Certificates?: CertificateList | undefined;
  readonly DefaultActions?: Actions | undefined;
  readonly ListenerArn?: ListenerArn | undefined;
  readonly LoadBalancerArn?: LoadBalancerArn | undefined;
  readonly MutualAuthentication?: MutualAuthenticationAttributes | undefined;
  readonly Port?: Port | undefined;
  readonly Protocol?: ProtocolEnum | undefined;
  readonly SslPolicy?: SslPolicyName | undefined;
}
export type ListenerArn = string;
export type ListenerArns = readonly ListenerArn[];
export interface ListenerAttribute {
  readonly Key?: ListenerAttributeKey | undefined;
  readonly Value?: ListenerAttributeValue | undefined;
}
export type ListenerAttributeKey = string;
export type ListenerAttributeValue = string;
export type ListenerAttributes = readonly ListenerAttribute[];
export type Listeners = readonly Listener[];
export interface LoadBalancer {
  readonly AvailabilityZones?: AvailabilityZones | undefined;
  readonly CanonicalHostedZoneId?: CanonicalHostedZoneId | undefined;
  readonly CreatedTime?: CreatedTime | undefined;
  readonly CustomerOwnedIpv4Pool?: CustomerOwnedIpv4Pool | undefined;
  readonly DNSName?: DNSName | undefined;
  readonly EnablePrefixForIpv6SourceNat?: EnablePrefixForIpv6SourceNatEnum | undefined;
  readonly EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic | undefined;
  readonly IpAddressType?: IpAddressType | undefined;
  readonly IpamPools?: IpamPools | undefined;
  readonly LoadBalancerArn?: LoadBalancerArn | undefined;
  readonly LoadBalancerName?: LoadBalancerName | undefined;
  readonly Scheme?: LoadBalancerSchemeEnum | undefined;
  readonly SecurityGroups?: SecurityGroups | undefined;
  readonly State?: LoadBalancerState | undefined;
  readonly Type?: LoadBalancerTypeEnum | undefined;
  readonly VpcId?: VpcId | undefined;
}
export interface LoadBalancerAddress {
  readonly AllocationId?: AllocationId | undefined;
  readonly IPv6Address?: IPv6Address | undefined;
  readonly IpAddress?: IpAddress | undefined;
  readonly PrivateIPv4Address?: PrivateIPv4Address | undefined;
}
export type LoadBalancerAddresses = readonly LoadBalancerAddress[];
export type LoadBalancerArn = string;
export type LoadBalancerArns = readonly LoadBalancerArn[];
export interface LoadBalancerAttribute {
  readonly Key?: LoadBalancerAttributeKey | undefined;
  readonly Value?: LoadBalancerAttributeValue | undefined;
}
export type LoadBalancerAttributeKey = string;
export type LoadBalancerAttributeValue = string;
export type LoadBalancerAttributes = readonly LoadBalancerAttribute[];
export type LoadBalancerName = string;
export type LoadBalancerNames = readonly LoadBalancerName[];
export type LoadBalancerSchemeEnum = 'internet-facing' | 'internal';
export interface LoadBalancerState {
  readonly Code?: LoadBalancerStateEnum | undefined;
  readonly Reason?: StateReason | undefined;
}
export type LoadBalancerStateEnum = 'active' | 'provisioning' | 'active_impaired' | 'failed';
export type LoadBalancerTypeEnum = 'application' | 'network' | 'gateway';
export type LoadBalancers = readonly LoadBalancer[];
export type Marker = string;
export interface Matcher {
  readonly GrpcCode?: GrpcCode | undefined;
  readonly HttpCode?: HttpCode | undefined;
}
export type MitigationInEffectEnum = 'yes' | 'no';
export type Mode = string;
export interface ModifyListenerAttributesInput {
  readonly Attributes: ListenerAttributes;
  readonly ListenerArn: ListenerArn;
}
export interface ModifyListenerAttributesOutput {
  readonly Attributes?: ListenerAttributes | undefined;
}
export interface ModifyListenerInput {
  readonly AlpnPolicy?: AlpnPolicyName | undefined;
  readonly Certificates?: CertificateList | undefined;
  readonly DefaultActions?: Actions | undefined;
  readonly ListenerArn: ListenerArn;
  readonly MutualAuthentication?: MutualAuthenticationAttributes | undefined;
  readonly Port?: Port | undefined;
  readonly Protocol?: ProtocolEnum | undefined;
  readonly SslPolicy?: SslPolicyName | undefined;
}
export interface ModifyListenerOutput {
  readonly Listeners?: Listeners | undefined;
}
export interface ModifyLoadBalancerAttributesInput {
  readonly Attributes: LoadBalancerAttributes;
  readonly LoadBalancerArn: LoadBalancerArn;
}
export interface ModifyLoadBalancerAttributesOutput {
  readonly Attributes?: LoadBalancerAttributes | undefined;
}
export interface ModifyTargetGroupAttributesInput {
  readonly Attributes: TargetGroupAttributes;
  readonly TargetGroupArn: TargetGroupArn;
}
export interface ModifyTargetGroupAttributesOutput {
  readonly Attributes?: TargetGroupAttributes | undefined;
}
export interface MutualAuthenticationAttributes {
  readonly AdvertiseTrustStoreCaNames?: AdvertiseTrustStoreCaNamesEnum | undefined;
  readonly IgnoreClientCertificateExpiry?: IgnoreClientCertificateExpiry | undefined;
  readonly Mode?: Mode | undefined;
  readonly TrustStoreArn?: TrustStoreArn | undefined;
  readonly TrustStoreAssociationStatus?: TrustStoreAssociationStatusEnum | undefined;
}
export type OutpostId = string;
export type PageSize = number;
export type Path = string;
export type Port = number;
export type PrivateIPv4Address = string;
export type ProtocolEnum = 'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP' | 'GENEVE' | 'QUIC' | 'TCP_QUIC';
export type ProtocolVersion = string;
export type QuicServerId = string;
export interface RedirectActionConfig {
  readonly Host?: RedirectActionHost | undefined;
  readonly Path?: RedirectActionPath | undefined;
  readonly Port?: RedirectActionPort | undefined;
  readonly Protocol?: RedirectActionProtocol | undefined;
  readonly Query?: RedirectActionQuery | undefined;
  readonly StatusCode: RedirectActionStatusCodeEnum;
}
export type RedirectActionHost = string;
export type RedirectActionPath = string;
export type RedirectActionPort = string;
export type RedirectActionProtocol = string;
export type RedirectActionQuery = string;
export type RedirectActionStatusCodeEnum = 'HTTP_301' | 'HTTP_302';
export interface RegisterTargetsInput {
  readonly TargetGroupArn: TargetGroupArn;
  readonly Targets: TargetDescriptions;
}
export type RegisterTargetsOutput = Readonly<Record<never, never>>;
export interface RemoveListenerCertificatesInput {
  readonly Certificates: CertificateList;
  readonly ListenerArn: ListenerArn;
}
export type RemoveListenerCertificatesOutput = Readonly<Record<never, never>>;
export interface RemoveTagsInput {
  readonly ResourceArns: ResourceArns;
  readonly TagKeys: TagKeys;
}
export type RemoveTagsOutput = Readonly<Record<never, never>>;
export type ResourceArn = string;
export type ResourceArns = readonly ResourceArn[];
export type SecurityGroupId = string;
export type SecurityGroups = readonly SecurityGroupId[];
export type SourceNatIpv6Prefix = string;
export type SourceNatIpv6Prefixes = readonly SourceNatIpv6Prefix[];
export type SslPolicies = readonly SslPolicy[];
export interface SslPolicy {
  readonly Ciphers?: Ciphers | undefined;
  readonly Name?: SslPolicyName | undefined;
  readonly SslProtocols?: SslProtocols | undefined;
  readonly SupportedLoadBalancerTypes?: ListOfString | undefined;
}
export type SslPolicyName = string;
export type SslPolicyNames = readonly SslPolicyName[];
export type SslProtocol = string;
export type SslProtocols = readonly SslProtocol[];
export type StateReason = string;
export type StringValue = string;
export type SubnetId = string;
export interface SubnetMapping {
  readonly AllocationId?: AllocationId | undefined;
  readonly IPv6Address?: IPv6Address | undefined;
  readonly PrivateIPv4Address?: PrivateIPv4Address | undefined;
  readonly SourceNatIpv6Prefix?: SourceNatIpv6Prefix | undefined;
  readonly SubnetId?: SubnetId | undefined;
}
export type SubnetMappings = readonly SubnetMapping[];
export type Subnets = readonly SubnetId[];
export interface Tag {
  readonly Key: TagKey;
  readonly Value?: TagValue | undefined;
}
export interface TagDescription {
  readonly ResourceArn?: ResourceArn | undefined;
  readonly Tags?: TagList | undefined;
}
export type TagDescriptions = readonly TagDescription[];
export type TagKey = string;
export type TagKeys = readonly TagKey[];
export type TagList = readonly Tag[];
export type TagValue = string;
export type TargetAdministrativeOverrideReasonEnum = 'AdministrativeOverride.Unknown' | 'AdministrativeOverride.NoOverride' | 'AdministrativeOverride.ZonalShiftActive' | 'AdministrativeOverride.ZonalShiftDelegatedToDns';
export type TargetAdministrativeOverrideStateEnum = 'unknown' | 'no_override' | 'zonal_shift_active' | 'zonal_shift_delegated_to_dns';
export type TargetControlPort = number;
export interface TargetDescription {
  readonly AvailabilityZone?: ZoneName | undefined;
  readonly Id: TargetId;
  readonly Port?: Port | undefined;
  readonly QuicServerId?: QuicServerId | undefined;
}
export type TargetDescriptions = readonly TargetDescription[];
export interface TargetGroup {
  readonly HealthCheckEnabled?: HealthCheckEnabled | undefined;
  readonly HealthCheckIntervalSeconds?: HealthCheckIntervalSeconds | undefined;
  readonly HealthCheckPath?: Path | undefined;
  readonly HealthCheckPort?: HealthCheckPort | undefined;
  readonly HealthCheckProtocol?: ProtocolEnum | undefined;
  readonly HealthCheckTimeoutSeconds?: HealthCheckTimeoutSeconds | undefined;
  readonly HealthyThresholdCount?: HealthCheckThresholdCount | undefined;
  readonly IpAddressType?: TargetGroupIpAddressTypeEnum | undefined;
  readonly LoadBalancerArns?: LoadBalancerArns | undefined;
  readonly Matcher?: Matcher | undefined;
  readonly Port?: Port | undefined;
  readonly Protocol?: ProtocolEnum | undefined;
  readonly ProtocolVersion?: ProtocolVersion | undefined;
  readonly TargetControlPort?: TargetControlPort | undefined;
  readonly TargetGroupArn?: TargetGroupArn | undefined;
  readonly TargetGroupName?: TargetGroupName | undefined;
  readonly TargetType?: TargetTypeEnum | undefined;
  readonly UnhealthyThresholdCount?: HealthCheckThresholdCount | undefined;
  readonly VpcId?: VpcId | undefined;
}
export type TargetGroupArn = string;
export type TargetGroupArns = readonly TargetGroupArn[];
export interface TargetGroupAttribute {
  readonly Key?: TargetGroupAttributeKey | undefined;
  readonly Value?: TargetGroupAttributeValue | undefined;
}
export type TargetGroupAttributeKey = string;
export type TargetGroupAttributeValue = string;
export type TargetGroupAttributes = readonly TargetGroupAttribute[];
export type TargetGroupIpAddressTypeEnum = 'ipv4' | 'ipv6';
export type TargetGroupList = readonly TargetGroupTuple[];
export type TargetGroupName = string;
export type TargetGroupNames = readonly TargetGroupName[];
export interface TargetGroupStickinessConfig {
  readonly DurationSeconds?: TargetGroupStickinessDurationSeconds | undefined;
  readonly Enabled?: TargetGroupStickinessEnabled | undefined;
}
export type TargetGroupStickinessDurationSeconds = number;
export type TargetGroupStickinessEnabled = boolean;
export interface TargetGroupTuple {
  readonly TargetGroupArn?: TargetGroupArn | undefined;
  readonly Weight?: TargetGroupWeight | undefined;
}
export type TargetGroupWeight = number;
export type TargetGroups = readonly TargetGroup[];
export interface TargetHealth {
  readonly Description?: Description | undefined;
  readonly Reason?: TargetHealthReasonEnum | undefined;
  readonly State?: TargetHealthStateEnum | undefined;
}
export interface TargetHealthDescription {
  readonly AdministrativeOverride?: AdministrativeOverride | undefined;
  readonly AnomalyDetection?: AnomalyDetection | undefined;
  readonly HealthCheckPort?: HealthCheckPort | undefined;
  readonly Target?: TargetDescription | undefined;
  readonly TargetHealth?: TargetHealth | undefined;
}
export type TargetHealthDescriptions = readonly TargetHealthDescription[];
export type TargetHealthReasonEnum = 'Elb.RegistrationInProgress' | 'Elb.InitialHealthChecking' | 'Target.ResponseCodeMismatch' | 'Target.Timeout' | 'Target.FailedHealthChecks' | 'Target.NotRegistered' | 'Target.NotInUse' | 'Target.DeregistrationInProgress' | 'Target.InvalidState' | 'Target.IpUnusable' | 'Target.HealthCheckDisabled' | 'Elb.InternalError';
export type TargetHealthStateEnum = 'initial' | 'healthy' | 'unhealthy' | 'unhealthy.draining' | 'unused' | 'draining' | 'unavailable';
export type TargetId = string;
export type TargetTypeEnum = 'instance' | 'ip' | 'lambda' | 'alb';
export type TrustStoreArn = string;
export type TrustStoreAssociationStatusEnum = 'active' | 'removed';
export type VpcId = string;
export type ZoneName = string;

export const model = {
 "apiVersion": "2015-12-01",
 "protocol": "query",
 "xmlNamespace": "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
 "operations": {
  "AddListenerCertificates": {
   "input": "AddListenerCertificatesInput",
   "output": "AddListenerCertificatesOutput",
   "resultWrapper": "AddListenerCertificatesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "CertificateNotFound",
    "ListenerNotFound",
    "TooManyCertificates"
   ]
  },
  "AddTags": {
   "input": "AddTagsInput",
   "output": "AddTagsOutput",
   "resultWrapper": "AddTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DuplicateTagKeys",
    "ListenerNotFound",
    "LoadBalancerNotFound",
    "RuleNotFound",
    "TargetGroupNotFound",
    "TooManyTags",
    "TrustStoreNotFound"
   ]
  },
  "CreateListener": {
   "input": "CreateListenerInput",
   "output": "CreateListenerOutput",
   "resultWrapper": "CreateListenerResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ALPNPolicyNotFound",
    "CertificateNotFound",
    "DuplicateListener",
    "IncompatibleProtocols",
    "InvalidConfigurationRequest",
    "InvalidLoadBalancerAction",
    "LoadBalancerNotFound",
    "SSLPolicyNotFound",
    "TargetGroupAssociationLimit",
    "TargetGroupNotFound",
    "TooManyActions",
    "TooManyCertificates",
    "TooManyListeners",
    "TooManyRegistrationsForTargetId",
    "TooManyTags",
    "TooManyTargets",
    "TooManyUniqueTargetGroupsPerLoadBalancer",
    "TrustStoreNotFound",
    "TrustStoreNotReady",
    "UnsupportedProtocol"
   ]
  },
  "CreateLoadBalancer": {
   "input": "CreateLoadBalancerInput",
   "output": "CreateLoadBalancerOutput",
   "resultWrapper": "CreateLoadBalancerResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "AllocationIdNotFound",
    "AvailabilityZoneNotSupported",
    "DuplicateLoadBalancerName",
    "DuplicateTagKeys",
    "InvalidConfigurationRequest",
    "InvalidScheme",
    "InvalidSecurityGroup",
    "InvalidSubnet",
    "OperationNotPermitted",
    "ResourceInUse",
    "SubnetNotFound",
    "TooManyLoadBalancers",
    "TooManyTags"
   ]
  },
  "CreateTargetGroup": {
   "input": "CreateTargetGroupInput",
   "output": "CreateTargetGroupOutput",
   "resultWrapper": "CreateTargetGroupResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "DuplicateTargetGroupName",
    "InvalidConfigurationRequest",
    "TooManyTags",
    "TooManyTargetGroups"
   ]
  },
  "DeleteListener": {
   "input": "DeleteListenerInput",
   "output": "DeleteListenerOutput",
   "resultWrapper": "DeleteListenerResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound",
    "ResourceInUse"
   ]
  },
  "DeleteLoadBalancer": {
   "input": "DeleteLoadBalancerInput",
   "output": "DeleteLoadBalancerOutput",
   "resultWrapper": "DeleteLoadBalancerResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LoadBalancerNotFound",
    "OperationNotPermitted",
    "ResourceInUse"
   ]
  },
  "DeleteTargetGroup": {
   "input": "DeleteTargetGroupInput",
   "output": "DeleteTargetGroupOutput",
   "resultWrapper": "DeleteTargetGroupResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ResourceInUse"
   ]
  },
  "DeregisterTargets": {
   "input": "DeregisterTargetsInput",
   "output": "DeregisterTargetsOutput",
   "resultWrapper": "DeregisterTargetsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidTarget",
    "TargetGroupNotFound"
   ]
  },
  "DescribeListenerAttributes": {
   "input": "DescribeListenerAttributesInput",
   "output": "DescribeListenerAttributesOutput",
   "resultWrapper": "DescribeListenerAttributesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound"
   ]
  },
  "DescribeListenerCertificates": {
   "input": "DescribeListenerCertificatesInput",
   "output": "DescribeListenerCertificatesOutput",
   "resultWrapper": "DescribeListenerCertificatesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound"
   ]
  },
  "DescribeListeners": {
   "input": "DescribeListenersInput",
   "output": "DescribeListenersOutput",
   "resultWrapper": "DescribeListenersResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound",
    "LoadBalancerNotFound",
    "UnsupportedProtocol"
   ]
  },
  "DescribeLoadBalancerAttributes": {
   "input": "DescribeLoadBalancerAttributesInput",
   "output": "DescribeLoadBalancerAttributesOutput",
   "resultWrapper": "DescribeLoadBalancerAttributesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LoadBalancerNotFound"
   ]
  },
  "DescribeLoadBalancers": {
   "input": "DescribeLoadBalancersInput",
   "output": "DescribeLoadBalancersOutput",
   "resultWrapper": "DescribeLoadBalancersResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LoadBalancerNotFound"
   ]
  },
  "DescribeSSLPolicies": {
   "input": "DescribeSSLPoliciesInput",
   "output": "DescribeSSLPoliciesOutput",
   "resultWrapper": "DescribeSSLPoliciesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "SSLPolicyNotFound"
   ]
  },
  "DescribeTags": {
   "input": "DescribeTagsInput",
   "output": "DescribeTagsOutput",
   "resultWrapper": "DescribeTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound",
    "LoadBalancerNotFound",
    "RuleNotFound",
    "TargetGroupNotFound",
    "TrustStoreNotFound"
   ]
  },
  "DescribeTargetGroupAttributes": {
   "input": "DescribeTargetGroupAttributesInput",
   "output": "DescribeTargetGroupAttributesOutput",
   "resultWrapper": "DescribeTargetGroupAttributesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "TargetGroupNotFound"
   ]
  },
  "DescribeTargetGroups": {
   "input": "DescribeTargetGroupsInput",
   "output": "DescribeTargetGroupsOutput",
   "resultWrapper": "DescribeTargetGroupsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "LoadBalancerNotFound",
    "TargetGroupNotFound"
   ]
  },
  "DescribeTargetHealth": {
   "input": "DescribeTargetHealthInput",
   "output": "DescribeTargetHealthOutput",
   "resultWrapper": "DescribeTargetHealthResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "HealthUnavailable",
    "InvalidTarget",
    "TargetGroupNotFound"
   ]
  },
  "ModifyListener": {
   "input": "ModifyListenerInput",
   "output": "ModifyListenerOutput",
   "resultWrapper": "ModifyListenerResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ALPNPolicyNotFound",
    "CertificateNotFound",
    "DuplicateListener",
    "IncompatibleProtocols",
    "InvalidConfigurationRequest",
    "InvalidLoadBalancerAction",
    "ListenerNotFound",
    "SSLPolicyNotFound",
    "TargetGroupAssociationLimit",
    "TargetGroupNotFound",
    "TooManyActions",
    "TooManyCertificates",
    "TooManyListeners",
    "TooManyRegistrationsForTargetId",
    "TooManyTargets",
    "TooManyUniqueTargetGroupsPerLoadBalancer",
    "TrustStoreNotFound",
    "TrustStoreNotReady",
    "UnsupportedProtocol"
   ]
  },
  "ModifyListenerAttributes": {
   "input": "ModifyListenerAttributesInput",
   "output": "ModifyListenerAttributesOutput",
   "resultWrapper": "ModifyListenerAttributesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidConfigurationRequest",
    "ListenerNotFound"
   ]
  },
  "ModifyLoadBalancerAttributes": {
   "input": "ModifyLoadBalancerAttributesInput",
   "output": "ModifyLoadBalancerAttributesOutput",
   "resultWrapper": "ModifyLoadBalancerAttributesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidConfigurationRequest",
    "LoadBalancerNotFound"
   ]
  },
  "ModifyTargetGroupAttributes": {
   "input": "ModifyTargetGroupAttributesInput",
   "output": "ModifyTargetGroupAttributesOutput",
   "resultWrapper": "ModifyTargetGroupAttributesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidConfigurationRequest",
    "TargetGroupNotFound"
   ]
  },
  "RegisterTargets": {
   "input": "RegisterTargetsInput",
   "output": "RegisterTargetsOutput",
   "resultWrapper": "RegisterTargetsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "InvalidTarget",
    "TargetGroupNotFound",
    "TooManyRegistrationsForTargetId",
    "TooManyTargets"
   ]
  },
  "RemoveListenerCertificates": {
   "input": "RemoveListenerCertificatesInput",
   "output": "RemoveListenerCertificatesOutput",
   "resultWrapper": "RemoveListenerCertificatesResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound",
    "OperationNotPermitted"
   ]
  },
  "RemoveTags": {
   "input": "RemoveTagsInput",
   "output": "RemoveTagsOutput",
   "resultWrapper": "RemoveTagsResult",
   "method": "POST",
   "uri": "/",
   "errors": [
    "ListenerNotFound",
    "LoadBalancerNotFound",
    "RuleNotFound",
    "TargetGroupNotFound",
    "TooManyTags",
    "TrustStoreNotFound"
   ]
  }
 },
 "shapes": {
  "ALPNPolicyNotSupportedException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "ALPNPolicyNotFound",
    "status": 400
   }
  },
  "Action": {
   "type": "structure",
   "members": {
    "AuthenticateCognitoConfig": {
     "shape": "AuthenticateCognitoActionConfig"
    },
    "AuthenticateOidcConfig": {
     "shape": "AuthenticateOidcActionConfig"
    },
    "FixedResponseConfig": {
     "shape": "FixedResponseActionConfig"
    },
    "ForwardConfig": {
     "shape": "ForwardActionConfig"
    },
    "JwtValidationConfig": {
     "shape": "JwtValidationActionConfig"
    },
    "Order": {
     "shape": "ActionOrder"
    },
    "RedirectConfig": {
     "shape": "RedirectActionConfig"
    },
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    },
    "Type": {
     "shape": "ActionTypeEnum"
    }
   },
   "required": [
    "Type"
   ]
  },
  "ActionOrder": {
   "type": "integer",
   "min": 1,
   "max": 50000
  },
  "ActionTypeEnum": {
   "type": "string",
   "enum": [
    "forward",
    "authenticate-oidc",
    "authenticate-cognito",
    "redirect",
    "fixed-response",
    "jwt-validation"
   ]
  },
  "Actions": {
   "type": "list",
   "member": {
    "shape": "Action"
   }
  },
  "AddListenerCertificatesInput": {
   "type": "structure",
   "members": {
    "Certificates": {
     "shape": "CertificateList"
    },
    "ListenerArn": {
     "shape": "ListenerArn"
    }
   },
   "required": [
    "ListenerArn",
    "Certificates"
   ]
  },
  "AddListenerCertificatesOutput": {
   "type": "structure",
   "members": {
    "Certificates": {
     "shape": "CertificateList"
    }
   }
  },
  "AddTagsInput": {
   "type": "structure",
   "members": {
    "ResourceArns": {
     "shape": "ResourceArns"
    },
    "Tags": {
     "shape": "TagList"
    }
   },
   "required": [
    "ResourceArns",
    "Tags"
   ]
  },
  "AddTagsOutput": {
   "type": "structure",
   "members": {}
  },
  "AdministrativeOverride": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "Description"
    },
    "Reason": {
     "shape": "TargetAdministrativeOverrideReasonEnum"
    },
    "State": {
     "shape": "TargetAdministrativeOverrideStateEnum"
    }
   }
  },
  "AdvertiseTrustStoreCaNamesEnum": {
   "type": "string",
   "enum": [
    "on",
    "off"
   ]
  },
  "AllocationId": {
   "type": "string"
  },
  "AllocationIdNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "AllocationIdNotFound",
    "status": 400
   }
  },
  "AlpnPolicyName": {
   "type": "list",
   "member": {
    "shape": "AlpnPolicyValue"
   }
  },
  "AlpnPolicyValue": {
   "type": "string"
  },
  "AnomalyDetection": {
   "type": "structure",
   "members": {
    "MitigationInEffect": {
     "shape": "MitigationInEffectEnum"
    },
    "Result": {
     "shape": "AnomalyResultEnum"
    }
   }
  },
  "AnomalyResultEnum": {
   "type": "string",
   "enum": [
    "anomalous",
    "normal"
   ]
  },
  "AuthenticateCognitoActionAuthenticationRequestExtraParams": {
   "type": "map",
   "key": {
    "shape": "AuthenticateCognitoActionAuthenticationRequestParamName"
   },
   "value": {
    "shape": "AuthenticateCognitoActionAuthenticationRequestParamValue"
   }
  },
  "AuthenticateCognitoActionAuthenticationRequestParamName": {
   "type": "string"
  },
  "AuthenticateCognitoActionAuthenticationRequestParamValue": {
   "type": "string"
  },
  "AuthenticateCognitoActionConditionalBehaviorEnum": {
   "type": "string",
   "enum": [
    "deny",
    "allow",
    "authenticate"
   ]
  },
  "AuthenticateCognitoActionConfig": {
   "type": "structure",
   "members": {
    "AuthenticationRequestExtraParams": {
     "shape": "AuthenticateCognitoActionAuthenticationRequestExtraParams"
    },
    "OnUnauthenticatedRequest": {
     "shape": "AuthenticateCognitoActionConditionalBehaviorEnum"
    },
    "Scope": {
     "shape": "AuthenticateCognitoActionScope"
    },
    "SessionCookieName": {
     "shape": "AuthenticateCognitoActionSessionCookieName"
    },
    "SessionTimeout": {
     "shape": "AuthenticateCognitoActionSessionTimeout"
    },
    "UserPoolArn": {
     "shape": "AuthenticateCognitoActionUserPoolArn"
    },
    "UserPoolClientId": {
     "shape": "AuthenticateCognitoActionUserPoolClientId"
    },
    "UserPoolDomain": {
     "shape": "AuthenticateCognitoActionUserPoolDomain"
    }
   },
   "required": [
    "UserPoolArn",
    "UserPoolClientId",
    "UserPoolDomain"
   ]
  },
  "AuthenticateCognitoActionScope": {
   "type": "string"
  },
  "AuthenticateCognitoActionSessionCookieName": {
   "type": "string"
  },
  "AuthenticateCognitoActionSessionTimeout": {
   "type": "long"
  },
  "AuthenticateCognitoActionUserPoolArn": {
   "type": "string"
  },
  "AuthenticateCognitoActionUserPoolClientId": {
   "type": "string"
  },
  "AuthenticateCognitoActionUserPoolDomain": {
   "type": "string"
  },
  "AuthenticateOidcActionAuthenticationRequestExtraParams": {
   "type": "map",
   "key": {
    "shape": "AuthenticateOidcActionAuthenticationRequestParamName"
   },
   "value": {
    "shape": "AuthenticateOidcActionAuthenticationRequestParamValue"
   }
  },
  "AuthenticateOidcActionAuthenticationRequestParamName": {
   "type": "string"
  },
  "AuthenticateOidcActionAuthenticationRequestParamValue": {
   "type": "string"
  },
  "AuthenticateOidcActionAuthorizationEndpoint": {
   "type": "string"
  },
  "AuthenticateOidcActionClientId": {
   "type": "string"
  },
  "AuthenticateOidcActionClientSecret": {
   "type": "string"
  },
  "AuthenticateOidcActionConditionalBehaviorEnum": {
   "type": "string",
   "enum": [
    "deny",
    "allow",
    "authenticate"
   ]
  },
  "AuthenticateOidcActionConfig": {
   "type": "structure",
   "members": {
    "AuthenticationRequestExtraParams": {
     "shape": "AuthenticateOidcActionAuthenticationRequestExtraParams"
    },
    "AuthorizationEndpoint": {
     "shape": "AuthenticateOidcActionAuthorizationEndpoint"
    },
    "ClientId": {
     "shape": "AuthenticateOidcActionClientId"
    },
    "ClientSecret": {
     "shape": "AuthenticateOidcActionClientSecret"
    },
    "Issuer": {
     "shape": "AuthenticateOidcActionIssuer"
    },
    "OnUnauthenticatedRequest": {
     "shape": "AuthenticateOidcActionConditionalBehaviorEnum"
    },
    "Scope": {
     "shape": "AuthenticateOidcActionScope"
    },
    "SessionCookieName": {
     "shape": "AuthenticateOidcActionSessionCookieName"
    },
    "SessionTimeout": {
     "shape": "AuthenticateOidcActionSessionTimeout"
    },
    "TokenEndpoint": {
     "shape": "AuthenticateOidcActionTokenEndpoint"
    },
    "UseExistingClientSecret": {
     "shape": "AuthenticateOidcActionUseExistingClientSecret"
    },
    "UserInfoEndpoint": {
     "shape": "AuthenticateOidcActionUserInfoEndpoint"
    }
   },
   "required": [
    "Issuer",
    "AuthorizationEndpoint",
    "TokenEndpoint",
    "UserInfoEndpoint",
    "ClientId"
   ]
  },
  "AuthenticateOidcActionIssuer": {
   "type": "string"
  },
  "AuthenticateOidcActionScope": {
   "type": "string"
  },
  "AuthenticateOidcActionSessionCookieName": {
   "type": "string"
  },
  "AuthenticateOidcActionSessionTimeout": {
   "type": "long"
  },
  "AuthenticateOidcActionTokenEndpoint": {
   "type": "string"
  },
  "AuthenticateOidcActionUseExistingClientSecret": {
   "type": "boolean"
  },
  "AuthenticateOidcActionUserInfoEndpoint": {
   "type": "string"
  },
  "AvailabilityZone": {
   "type": "structure",
   "members": {
    "LoadBalancerAddresses": {
     "shape": "LoadBalancerAddresses"
    },
    "OutpostId": {
     "shape": "OutpostId"
    },
    "SourceNatIpv6Prefixes": {
     "shape": "SourceNatIpv6Prefixes"
    },
    "SubnetId": {
     "shape": "SubnetId"
    },
    "ZoneName": {
     "shape": "ZoneName"
    }
   }
  },
  "AvailabilityZoneNotSupportedException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "AvailabilityZoneNotSupported",
    "status": 400
   }
  },
  "AvailabilityZones": {
   "type": "list",
   "member": {
    "shape": "AvailabilityZone"
   }
  },
  "CanonicalHostedZoneId": {
   "type": "string"
  },
  "Certificate": {
   "type": "structure",
   "members": {
    "CertificateArn": {
     "shape": "CertificateArn"
    },
    "IsDefault": {
     "shape": "Default"
    }
   }
  },
  "CertificateArn": {
   "type": "string"
  },
  "CertificateList": {
   "type": "list",
   "member": {
    "shape": "Certificate"
   }
  },
  "CertificateNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "CertificateNotFound",
    "status": 400
   }
  },
  "Cipher": {
   "type": "structure",
   "members": {
    "Name": {
     "shape": "CipherName"
    },
    "Priority": {
     "shape": "CipherPriority"
    }
   }
  },
  "CipherName": {
   "type": "string"
  },
  "CipherPriority": {
   "type": "integer"
  },
  "Ciphers": {
   "type": "list",
   "member": {
    "shape": "Cipher"
   }
  },
  "CreateListenerInput": {
   "type": "structure",
   "members": {
    "AlpnPolicy": {
     "shape": "AlpnPolicyName"
    },
    "Certificates": {
     "shape": "CertificateList"
    },
    "DefaultActions": {
     "shape": "Actions"
    },
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    },
    "MutualAuthentication": {
     "shape": "MutualAuthenticationAttributes"
    },
    "Port": {
     "shape": "Port"
    },
    "Protocol": {
     "shape": "ProtocolEnum"
    },
    "SslPolicy": {
     "shape": "SslPolicyName"
    },
    "Tags": {
     "shape": "TagList"
    }
   },
   "required": [
    "LoadBalancerArn",
    "DefaultActions"
   ]
  },
  "CreateListenerOutput": {
   "type": "structure",
   "members": {
    "Listeners": {
     "shape": "Listeners"
    }
   }
  },
  "CreateLoadBalancerInput": {
   "type": "structure",
   "members": {
    "CustomerOwnedIpv4Pool": {
     "shape": "CustomerOwnedIpv4Pool"
    },
    "EnablePrefixForIpv6SourceNat": {
     "shape": "EnablePrefixForIpv6SourceNatEnum"
    },
    "IpAddressType": {
     "shape": "IpAddressType"
    },
    "IpamPools": {
     "shape": "IpamPools"
    },
    "Name": {
     "shape": "LoadBalancerName"
    },
    "Scheme": {
     "shape": "LoadBalancerSchemeEnum"
    },
    "SecurityGroups": {
     "shape": "SecurityGroups"
    },
    "SubnetMappings": {
     "shape": "SubnetMappings"
    },
    "Subnets": {
     "shape": "Subnets"
    },
    "Tags": {
     "shape": "TagList"
    },
    "Type": {
     "shape": "LoadBalancerTypeEnum"
    }
   },
   "required": [
    "Name"
   ]
  },
  "CreateLoadBalancerOutput": {
   "type": "structure",
   "members": {
    "LoadBalancers": {
     "shape": "LoadBalancers"
    }
   }
  },
  "CreateTargetGroupInput": {
   "type": "structure",
   "members": {
    "HealthCheckEnabled": {
     "shape": "HealthCheckEnabled"
    },
    "HealthCheckIntervalSeconds": {
     "shape": "HealthCheckIntervalSeconds"
    },
    "HealthCheckPath": {
     "shape": "Path"
    },
    "HealthCheckPort": {
     "shape": "HealthCheckPort"
    },
    "HealthCheckProtocol": {
     "shape": "ProtocolEnum"
    },
    "HealthCheckTimeoutSeconds": {
     "shape": "HealthCheckTimeoutSeconds"
    },
    "HealthyThresholdCount": {
     "shape": "HealthCheckThresholdCount"
    },
    "IpAddressType": {
     "shape": "TargetGroupIpAddressTypeEnum"
    },
    "Matcher": {
     "shape": "Matcher"
    },
    "Name": {
     "shape": "TargetGroupName"
    },
    "Port": {
     "shape": "Port"
    },
    "Protocol": {
     "shape": "ProtocolEnum"
    },
    "ProtocolVersion": {
     "shape": "ProtocolVersion"
    },
    "Tags": {
     "shape": "TagList"
    },
    "TargetControlPort": {
     "shape": "TargetControlPort"
    },
    "TargetType": {
     "shape": "TargetTypeEnum"
    },
    "UnhealthyThresholdCount": {
     "shape": "HealthCheckThresholdCount"
    },
    "VpcId": {
     "shape": "VpcId"
    }
   },
   "required": [
    "Name"
   ]
  },
  "CreateTargetGroupOutput": {
   "type": "structure",
   "members": {
    "TargetGroups": {
     "shape": "TargetGroups"
    }
   }
  },
  "CreatedTime": {
   "type": "timestamp"
  },
  "CustomerOwnedIpv4Pool": {
   "type": "string",
   "pattern": "^(ipv4pool-coip-)[a-zA-Z0-9]+$",
   "max": 256
  },
  "DNSName": {
   "type": "string"
  },
  "Default": {
   "type": "boolean"
  },
  "DeleteListenerInput": {
   "type": "structure",
   "members": {
    "ListenerArn": {
     "shape": "ListenerArn"
    }
   },
   "required": [
    "ListenerArn"
   ]
  },
  "DeleteListenerOutput": {
   "type": "structure",
   "members": {}
  },
  "DeleteLoadBalancerInput": {
   "type": "structure",
   "members": {
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    }
   },
   "required": [
    "LoadBalancerArn"
   ]
  },
  "DeleteLoadBalancerOutput": {
   "type": "structure",
   "members": {}
  },
  "DeleteTargetGroupInput": {
   "type": "structure",
   "members": {
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    }
   },
   "required": [
    "TargetGroupArn"
   ]
  },
  "DeleteTargetGroupOutput": {
   "type": "structure",
   "members": {}
  },
  "DeregisterTargetsInput": {
   "type": "structure",
   "members": {
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    },
    "Targets": {
     "shape": "TargetDescriptions"
    }
   },
   "required": [
    "TargetGroupArn",
    "Targets"
   ]
  },
  "DeregisterTargetsOutput": {
   "type": "structure",
   "members": {}
  },
  "DescribeListenerAttributesInput": {
   "type": "structure",
   "members": {
    "ListenerArn": {
     "shape": "ListenerArn"
    }
   },
   "required": [
    "ListenerArn"
   ]
  },
  "DescribeListenerAttributesOutput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "ListenerAttributes"
    }
   }
  },
  "DescribeListenerCertificatesInput": {
   "type": "structure",
   "members": {
    "ListenerArn": {
     "shape": "ListenerArn"
    },
    "Marker": {
     "shape": "Marker"
    },
    "PageSize": {
     "shape": "PageSize"
    }
   },
   "required": [
    "ListenerArn"
   ]
  },
  "DescribeListenerCertificatesOutput": {
   "type": "structure",
   "members": {
    "Certificates": {
     "shape": "CertificateList"
    },
    "NextMarker": {
     "shape": "Marker"
    }
   }
  },
  "DescribeListenersInput": {
   "type": "structure",
   "members": {
    "ListenerArns": {
     "shape": "ListenerArns"
    },
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    },
    "Marker": {
     "shape": "Marker"
    },
    "PageSize": {
     "shape": "PageSize"
    }
   }
  },
  "DescribeListenersOutput": {
   "type": "structure",
   "members": {
    "Listeners": {
     "shape": "Listeners"
    },
    "NextMarker": {
     "shape": "Marker"
    }
   }
  },
  "DescribeLoadBalancerAttributesInput": {
   "type": "structure",
   "members": {
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    }
   },
   "required": [
    "LoadBalancerArn"
   ]
  },
  "DescribeLoadBalancerAttributesOutput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "LoadBalancerAttributes"
    }
   }
  },
  "DescribeLoadBalancersInput": {
   "type": "structure",
   "members": {
    "LoadBalancerArns": {
     "shape": "LoadBalancerArns"
    },
    "Marker": {
     "shape": "Marker"
    },
    "Names": {
     "shape": "LoadBalancerNames"
    },
    "PageSize": {
     "shape": "PageSize"
    }
   }
  },
  "DescribeLoadBalancersOutput": {
   "type": "structure",
   "members": {
    "LoadBalancers": {
     "shape": "LoadBalancers"
    },
    "NextMarker": {
     "shape": "Marker"
    }
   }
  },
  "DescribeSSLPoliciesInput": {
   "type": "structure",
   "members": {
    "LoadBalancerType": {
     "shape": "LoadBalancerTypeEnum"
    },
    "Marker": {
     "shape": "Marker"
    },
    "Names": {
     "shape": "SslPolicyNames"
    },
    "PageSize": {
     "shape": "PageSize"
    }
   }
  },
  "DescribeSSLPoliciesOutput": {
   "type": "structure",
   "members": {
    "NextMarker": {
     "shape": "Marker"
    },
    "SslPolicies": {
     "shape": "SslPolicies"
    }
   }
  },
  "DescribeTagsInput": {
   "type": "structure",
   "members": {
    "ResourceArns": {
     "shape": "ResourceArns"
    }
   },
   "required": [
    "ResourceArns"
   ]
  },
  "DescribeTagsOutput": {
   "type": "structure",
   "members": {
    "TagDescriptions": {
     "shape": "TagDescriptions"
    }
   }
  },
  "DescribeTargetGroupAttributesInput": {
   "type": "structure",
   "members": {
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    }
   },
   "required": [
    "TargetGroupArn"
   ]
  },
  "DescribeTargetGroupAttributesOutput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "TargetGroupAttributes"
    }
   }
  },
  "DescribeTargetGroupsInput": {
   "type": "structure",
   "members": {
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    },
    "Marker": {
     "shape": "Marker"
    },
    "Names": {
     "shape": "TargetGroupNames"
    },
    "PageSize": {
     "shape": "PageSize"
    },
    "TargetGroupArns": {
     "shape": "TargetGroupArns"
    }
   }
  },
  "DescribeTargetGroupsOutput": {
   "type": "structure",
   "members": {
    "NextMarker": {
     "shape": "Marker"
    },
    "TargetGroups": {
     "shape": "TargetGroups"
    }
   }
  },
  "DescribeTargetHealthInput": {
   "type": "structure",
   "members": {
    "Include": {
     "shape": "ListOfDescribeTargetHealthIncludeOptions"
    },
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    },
    "Targets": {
     "shape": "TargetDescriptions"
    }
   },
   "required": [
    "TargetGroupArn"
   ]
  },
  "DescribeTargetHealthInputIncludeEnum": {
   "type": "string",
   "enum": [
    "AnomalyDetection",
    "All"
   ]
  },
  "DescribeTargetHealthOutput": {
   "type": "structure",
   "members": {
    "TargetHealthDescriptions": {
     "shape": "TargetHealthDescriptions"
    }
   }
  },
  "Description": {
   "type": "string"
  },
  "DuplicateListenerException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "DuplicateListener",
    "status": 400
   }
  },
  "DuplicateLoadBalancerNameException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "DuplicateLoadBalancerName",
    "status": 400
   }
  },
  "DuplicateTagKeysException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "DuplicateTagKeys",
    "status": 400
   }
  },
  "DuplicateTargetGroupNameException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "DuplicateTargetGroupName",
    "status": 400
   }
  },
  "EnablePrefixForIpv6SourceNatEnum": {
   "type": "string",
   "enum": [
    "on",
    "off"
   ]
  },
  "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": {
   "type": "string"
  },
  "FixedResponseActionConfig": {
   "type": "structure",
   "members": {
    "ContentType": {
     "shape": "FixedResponseActionContentType"
    },
    "MessageBody": {
     "shape": "FixedResponseActionMessage"
    },
    "StatusCode": {
     "shape": "FixedResponseActionStatusCode"
    }
   },
   "required": [
    "StatusCode"
   ]
  },
  "FixedResponseActionContentType": {
   "type": "string",
   "min": 0,
   "max": 32
  },
  "FixedResponseActionMessage": {
   "type": "string",
   "min": 0,
   "max": 1024
  },
  "FixedResponseActionStatusCode": {
   "type": "string",
   "pattern": "^(2|4|5)\\d\\d$"
  },
  "ForwardActionConfig": {
   "type": "structure",
   "members": {
    "TargetGroupStickinessConfig": {
     "shape": "TargetGroupStickinessConfig"
    },
    "TargetGroups": {
     "shape": "TargetGroupList"
    }
   }
  },
  "GrpcCode": {
   "type": "string"
  },
  "HealthCheckEnabled": {
   "type": "boolean"
  },
  "HealthCheckIntervalSeconds": {
   "type": "integer",
   "min": 5,
   "max": 300
  },
  "HealthCheckPort": {
   "type": "string"
  },
  "HealthCheckThresholdCount": {
   "type": "integer",
   "min": 2,
   "max": 10
  },
  "HealthCheckTimeoutSeconds": {
   "type": "integer",
   "min": 2,
   "max": 120
  },
  "HealthUnavailableException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "HealthUnavailable",
    "status": 500
   }
  },
  "HttpCode": {
   "type": "string"
  },
  "IPv6Address": {
   "type": "string"
  },
  "IgnoreClientCertificateExpiry": {
   "type": "boolean"
  },
  "IncompatibleProtocolsException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "IncompatibleProtocols",
    "status": 400
   }
  },
  "InvalidConfigurationRequestException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidConfigurationRequest",
    "status": 400
   }
  },
  "InvalidLoadBalancerActionException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidLoadBalancerAction",
    "status": 400
   }
  },
  "InvalidSchemeException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidScheme",
    "status": 400
   }
  },
  "InvalidSecurityGroupException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidSecurityGroup",
    "status": 400
   }
  },
  "InvalidSubnetException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidSubnet",
    "status": 400
   }
  },
  "InvalidTargetException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "InvalidTarget",
    "status": 400
   }
  },
  "IpAddress": {
   "type": "string"
  },
  "IpAddressType": {
   "type": "string",
   "enum": [
    "ipv4",
    "dualstack",
    "dualstack-without-public-ipv4"
   ]
  },
  "IpamPoolId": {
   "type": "string",
   "pattern": "^(ipam-pool-)[a-zA-Z0-9]+$",
   "max": 1000
  },
  "IpamPools": {
   "type": "structure",
   "members": {
    "Ipv4IpamPoolId": {
     "shape": "IpamPoolId"
    }
   }
  },
  "JwtValidationActionAdditionalClaim": {
   "type": "structure",
   "members": {
    "Format": {
     "shape": "JwtValidationActionAdditionalClaimFormatEnum"
    },
    "Name": {
     "shape": "JwtValidationActionAdditionalClaimName"
    },
    "Values": {
     "shape": "JwtValidationActionAdditionalClaimValues"
    }
   },
   "required": [
    "Format",
    "Name",
    "Values"
   ]
  },
  "JwtValidationActionAdditionalClaimFormatEnum": {
   "type": "string",
   "enum": [
    "single-string",
    "string-array",
    "space-separated-values"
   ]
  },
  "JwtValidationActionAdditionalClaimName": {
   "type": "string"
  },
  "JwtValidationActionAdditionalClaimValue": {
   "type": "string"
  },
  "JwtValidationActionAdditionalClaimValues": {
   "type": "list",
   "member": {
    "shape": "JwtValidationActionAdditionalClaimValue"
   }
  },
  "JwtValidationActionAdditionalClaims": {
   "type": "list",
   "member": {
    "shape": "JwtValidationActionAdditionalClaim"
   }
  },
  "JwtValidationActionConfig": {
   "type": "structure",
   "members": {
    "AdditionalClaims": {
     "shape": "JwtValidationActionAdditionalClaims"
    },
    "Issuer": {
     "shape": "JwtValidationActionIssuer"
    },
    "JwksEndpoint": {
     "shape": "JwtValidationActionJwksEndpoint"
    }
   },
   "required": [
    "JwksEndpoint",
    "Issuer"
   ]
  },
  "JwtValidationActionIssuer": {
   "type": "string"
  },
  "JwtValidationActionJwksEndpoint": {
   "type": "string"
  },
  "ListOfDescribeTargetHealthIncludeOptions": {
   "type": "list",
   "member": {
    "shape": "DescribeTargetHealthInputIncludeEnum"
   }
  },
  "ListOfString": {
   "type": "list",
   "member": {
    "shape": "StringValue"
   }
  },
  "Listener": {
   "type": "structure",
   "members": {
    "AlpnPolicy": {
     "shape": "AlpnPolicyName"
    },
    "Certificates": {
     "shape": "CertificateList"
    },
    "DefaultActions": {
     "shape": "Actions"
    },
    "ListenerArn": {
     "shape": "ListenerArn"
    },
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    },
    "MutualAuthentication": {
     "shape": "MutualAuthenticationAttributes"
    },
    "Port": {
     "shape": "Port"
    },
    "Protocol": {
     "shape": "ProtocolEnum"
    },
    "SslPolicy": {
     "shape": "SslPolicyName"
    }
   }
  },
  "ListenerArn": {
   "type": "string"
  },
  "ListenerArns": {
   "type": "list",
   "member": {
    "shape": "ListenerArn"
   }
  },
  "ListenerAttribute": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "ListenerAttributeKey"
    },
    "Value": {
     "shape": "ListenerAttributeValue"
    }
   }
  },
  "ListenerAttributeKey": {
   "type": "string",
   "pattern": "^[a-zA-Z0-9._]+$",
   "max": 256
  },
  "ListenerAttributeValue": {
   "type": "string"
  },
  "ListenerAttributes": {
   "type": "list",
   "member": {
    "shape": "ListenerAttribute"
   }
  },
  "ListenerNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "ListenerNotFound",
    "status": 400
   }
  },
  "Listeners": {
   "type": "list",
   "member": {
    "shape": "Listener"
   }
  },
  "LoadBalancer": {
   "type": "structure",
   "members": {
    "AvailabilityZones": {
     "shape": "AvailabilityZones"
    },
    "CanonicalHostedZoneId": {
     "shape": "CanonicalHostedZoneId"
    },
    "CreatedTime": {
     "shape": "CreatedTime"
    },
    "CustomerOwnedIpv4Pool": {
     "shape": "CustomerOwnedIpv4Pool"
    },
    "DNSName": {
     "shape": "DNSName"
    },
    "EnablePrefixForIpv6SourceNat": {
     "shape": "EnablePrefixForIpv6SourceNatEnum"
    },
    "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": {
     "shape": "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
    },
    "IpAddressType": {
     "shape": "IpAddressType"
    },
    "IpamPools": {
     "shape": "IpamPools"
    },
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    },
    "LoadBalancerName": {
     "shape": "LoadBalancerName"
    },
    "Scheme": {
     "shape": "LoadBalancerSchemeEnum"
    },
    "SecurityGroups": {
     "shape": "SecurityGroups"
    },
    "State": {
     "shape": "LoadBalancerState"
    },
    "Type": {
     "shape": "LoadBalancerTypeEnum"
    },
    "VpcId": {
     "shape": "VpcId"
    }
   }
  },
  "LoadBalancerAddress": {
   "type": "structure",
   "members": {
    "AllocationId": {
     "shape": "AllocationId"
    },
    "IPv6Address": {
     "shape": "IPv6Address"
    },
    "IpAddress": {
     "shape": "IpAddress"
    },
    "PrivateIPv4Address": {
     "shape": "PrivateIPv4Address"
    }
   }
  },
  "LoadBalancerAddresses": {
   "type": "list",
   "member": {
    "shape": "LoadBalancerAddress"
   }
  },
  "LoadBalancerArn": {
   "type": "string"
  },
  "LoadBalancerArns": {
   "type": "list",
   "member": {
    "shape": "LoadBalancerArn"
   }
  },
  "LoadBalancerAttribute": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "LoadBalancerAttributeKey"
    },
    "Value": {
     "shape": "LoadBalancerAttributeValue"
    }
   }
  },
  "LoadBalancerAttributeKey": {
   "type": "string",
   "pattern": "^[a-zA-Z0-9._]+$",
   "max": 256
  },
  "LoadBalancerAttributeValue": {
   "type": "string",
   "max": 1024
  },
  "LoadBalancerAttributes": {
   "type": "list",
   "member": {
    "shape": "LoadBalancerAttribute"
   },
   "max": 20
  },
  "LoadBalancerName": {
   "type": "string"
  },
  "LoadBalancerNames": {
   "type": "list",
   "member": {
    "shape": "LoadBalancerName"
   }
  },
  "LoadBalancerNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "LoadBalancerNotFound",
    "status": 400
   }
  },
  "LoadBalancerSchemeEnum": {
   "type": "string",
   "enum": [
    "internet-facing",
    "internal"
   ]
  },
  "LoadBalancerState": {
   "type": "structure",
   "members": {
    "Code": {
     "shape": "LoadBalancerStateEnum"
    },
    "Reason": {
     "shape": "StateReason"
    }
   }
  },
  "LoadBalancerStateEnum": {
   "type": "string",
   "enum": [
    "active",
    "provisioning",
    "active_impaired",
    "failed"
   ]
  },
  "LoadBalancerTypeEnum": {
   "type": "string",
   "enum": [
    "application",
    "network",
    "gateway"
   ]
  },
  "LoadBalancers": {
   "type": "list",
   "member": {
    "shape": "LoadBalancer"
   }
  },
  "Marker": {
   "type": "string"
  },
  "Matcher": {
   "type": "structure",
   "members": {
    "GrpcCode": {
     "shape": "GrpcCode"
    },
    "HttpCode": {
     "shape": "HttpCode"
    }
   }
  },
  "MitigationInEffectEnum": {
   "type": "string",
   "enum": [
    "yes",
    "no"
   ]
  },
  "Mode": {
   "type": "string"
  },
  "ModifyListenerAttributesInput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "ListenerAttributes"
    },
    "ListenerArn": {
     "shape": "ListenerArn"
    }
   },
   "required": [
    "ListenerArn",
    "Attributes"
   ]
  },
  "ModifyListenerAttributesOutput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "ListenerAttributes"
    }
   }
  },
  "ModifyListenerInput": {
   "type": "structure",
   "members": {
    "AlpnPolicy": {
     "shape": "AlpnPolicyName"
    },
    "Certificates": {
     "shape": "CertificateList"
    },
    "DefaultActions": {
     "shape": "Actions"
    },
    "ListenerArn": {
     "shape": "ListenerArn"
    },
    "MutualAuthentication": {
     "shape": "MutualAuthenticationAttributes"
    },
    "Port": {
     "shape": "Port"
    },
    "Protocol": {
     "shape": "ProtocolEnum"
    },
    "SslPolicy": {
     "shape": "SslPolicyName"
    }
   },
   "required": [
    "ListenerArn"
   ]
  },
  "ModifyListenerOutput": {
   "type": "structure",
   "members": {
    "Listeners": {
     "shape": "Listeners"
    }
   }
  },
  "ModifyLoadBalancerAttributesInput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "LoadBalancerAttributes"
    },
    "LoadBalancerArn": {
     "shape": "LoadBalancerArn"
    }
   },
   "required": [
    "LoadBalancerArn",
    "Attributes"
   ]
  },
  "ModifyLoadBalancerAttributesOutput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "LoadBalancerAttributes"
    }
   }
  },
  "ModifyTargetGroupAttributesInput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "TargetGroupAttributes"
    },
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    }
   },
   "required": [
    "TargetGroupArn",
    "Attributes"
   ]
  },
  "ModifyTargetGroupAttributesOutput": {
   "type": "structure",
   "members": {
    "Attributes": {
     "shape": "TargetGroupAttributes"
    }
   }
  },
  "MutualAuthenticationAttributes": {
   "type": "structure",
   "members": {
    "AdvertiseTrustStoreCaNames": {
     "shape": "AdvertiseTrustStoreCaNamesEnum"
    },
    "IgnoreClientCertificateExpiry": {
     "shape": "IgnoreClientCertificateExpiry"
    },
    "Mode": {
     "shape": "Mode"
    },
    "TrustStoreArn": {
     "shape": "TrustStoreArn"
    },
    "TrustStoreAssociationStatus": {
     "shape": "TrustStoreAssociationStatusEnum"
    }
   }
  },
  "OperationNotPermittedException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "OperationNotPermitted",
    "status": 400
   }
  },
  "OutpostId": {
   "type": "string"
  },
  "PageSize": {
   "type": "integer",
   "min": 1,
   "max": 400
  },
  "Path": {
   "type": "string",
   "min": 1,
   "max": 1024
  },
  "Port": {
   "type": "integer",
   "min": 1,
   "max": 65535
  },
  "PrivateIPv4Address": {
   "type": "string"
  },
  "ProtocolEnum": {
   "type": "string",
   "enum": [
    "HTTP",
    "HTTPS",
    "TCP",
    "TLS",
    "UDP",
    "TCP_UDP",
    "GENEVE",
    "QUIC",
    "TCP_QUIC"
   ]
  },
  "ProtocolVersion": {
   "type": "string"
  },
  "QuicServerId": {
   "type": "string",
   "min": 1,
   "max": 256
  },
  "RedirectActionConfig": {
   "type": "structure",
   "members": {
    "Host": {
     "shape": "RedirectActionHost"
    },
    "Path": {
     "shape": "RedirectActionPath"
    },
    "Port": {
     "shape": "RedirectActionPort"
    },
    "Protocol": {
     "shape": "RedirectActionProtocol"
    },
    "Query": {
     "shape": "RedirectActionQuery"
    },
    "StatusCode": {
     "shape": "RedirectActionStatusCodeEnum"
    }
   },
   "required": [
    "StatusCode"
   ]
  },
  "RedirectActionHost": {
   "type": "string",
   "min": 1,
   "max": 128
  },
  "RedirectActionPath": {
   "type": "string",
   "min": 1,
   "max": 128
  },
  "RedirectActionPort": {
   "type": "string"
  },
  "RedirectActionProtocol": {
   "type": "string",
   "pattern": "^(HTTPS?|#\\{protocol\\})$"
  },
  "RedirectActionQuery": {
   "type": "string",
   "min": 0,
   "max": 128
  },
  "RedirectActionStatusCodeEnum": {
   "type": "string",
   "enum": [
    "HTTP_301",
    "HTTP_302"
   ]
  },
  "RegisterTargetsInput": {
   "type": "structure",
   "members": {
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    },
    "Targets": {
     "shape": "TargetDescriptions"
    }
   },
   "required": [
    "TargetGroupArn",
    "Targets"
   ]
  },
  "RegisterTargetsOutput": {
   "type": "structure",
   "members": {}
  },
  "RemoveListenerCertificatesInput": {
   "type": "structure",
   "members": {
    "Certificates": {
     "shape": "CertificateList"
    },
    "ListenerArn": {
     "shape": "ListenerArn"
    }
   },
   "required": [
    "ListenerArn",
    "Certificates"
   ]
  },
  "RemoveListenerCertificatesOutput": {
   "type": "structure",
   "members": {}
  },
  "RemoveTagsInput": {
   "type": "structure",
   "members": {
    "ResourceArns": {
     "shape": "ResourceArns"
    },
    "TagKeys": {
     "shape": "TagKeys"
    }
   },
   "required": [
    "ResourceArns",
    "TagKeys"
   ]
  },
  "RemoveTagsOutput": {
   "type": "structure",
   "members": {}
  },
  "ResourceArn": {
   "type": "string"
  },
  "ResourceArns": {
   "type": "list",
   "member": {
    "shape": "ResourceArn"
   }
  },
  "ResourceInUseException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "ResourceInUse",
    "status": 400
   }
  },
  "RuleNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "RuleNotFound",
    "status": 400
   }
  },
  "SSLPolicyNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "SSLPolicyNotFound",
    "status": 400
   }
  },
  "SecurityGroupId": {
   "type": "string"
  },
  "SecurityGroups": {
   "type": "list",
   "member": {
    "shape": "SecurityGroupId"
   }
  },
  "SourceNatIpv6Prefix": {
   "type": "string"
  },
  "SourceNatIpv6Prefixes": {
   "type": "list",
   "member": {
    "shape": "SourceNatIpv6Prefix"
   }
  },
  "SslPolicies": {
   "type": "list",
   "member": {
    "shape": "SslPolicy"
   }
  },
  "SslPolicy": {
   "type": "structure",
   "members": {
    "Ciphers": {
     "shape": "Ciphers"
    },
    "Name": {
     "shape": "SslPolicyName"
    },
    "SslProtocols": {
     "shape": "SslProtocols"
    },
    "SupportedLoadBalancerTypes": {
     "shape": "ListOfString"
    }
   }
  },
  "SslPolicyName": {
   "type": "string"
  },
  "SslPolicyNames": {
   "type": "list",
   "member": {
    "shape": "SslPolicyName"
   }
  },
  "SslProtocol": {
   "type": "string"
  },
  "SslProtocols": {
   "type": "list",
   "member": {
    "shape": "SslProtocol"
   }
  },
  "StateReason": {
   "type": "string"
  },
  "StringValue": {
   "type": "string"
  },
  "SubnetId": {
   "type": "string"
  },
  "SubnetMapping": {
   "type": "structure",
   "members": {
    "AllocationId": {
     "shape": "AllocationId"
    },
    "IPv6Address": {
     "shape": "IPv6Address"
    },
    "PrivateIPv4Address": {
     "shape": "PrivateIPv4Address"
    },
    "SourceNatIpv6Prefix": {
     "shape": "SourceNatIpv6Prefix"
    },
    "SubnetId": {
     "shape": "SubnetId"
    }
   }
  },
  "SubnetMappings": {
   "type": "list",
   "member": {
    "shape": "SubnetMapping"
   }
  },
  "SubnetNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "SubnetNotFound",
    "status": 400
   }
  },
  "Subnets": {
   "type": "list",
   "member": {
    "shape": "SubnetId"
   }
  },
  "Tag": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "TagKey"
    },
    "Value": {
     "shape": "TagValue"
    }
   },
   "required": [
    "Key"
   ]
  },
  "TagDescription": {
   "type": "structure",
   "members": {
    "ResourceArn": {
     "shape": "ResourceArn"
    },
    "Tags": {
     "shape": "TagList"
    }
   }
  },
  "TagDescriptions": {
   "type": "list",
   "member": {
    "shape": "TagDescription"
   }
  },
  "TagKey": {
   "type": "string",
   "pattern": "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$",
   "min": 1,
   "max": 128
  },
  "TagKeys": {
   "type": "list",
   "member": {
    "shape": "TagKey"
   }
  },
  "TagList": {
   "type": "list",
   "member": {
    "shape": "Tag"
   },
   "min": 1
  },
  "TagValue": {
   "type": "string",
   "pattern": "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$",
   "min": 0,
   "max": 256
  },
  "TargetAdministrativeOverrideReasonEnum": {
   "type": "string",
   "enum": [
    "AdministrativeOverride.Unknown",
    "AdministrativeOverride.NoOverride",
    "AdministrativeOverride.ZonalShiftActive",
    "AdministrativeOverride.ZonalShiftDelegatedToDns"
   ]
  },
  "TargetAdministrativeOverrideStateEnum": {
   "type": "string",
   "enum": [
    "unknown",
    "no_override",
    "zonal_shift_active",
    "zonal_shift_delegated_to_dns"
   ]
  },
  "TargetControlPort": {
   "type": "integer",
   "min": 1,
   "max": 65535
  },
  "TargetDescription": {
   "type": "structure",
   "members": {
    "AvailabilityZone": {
     "shape": "ZoneName"
    },
    "Id": {
     "shape": "TargetId"
    },
    "Port": {
     "shape": "Port"
    },
    "QuicServerId": {
     "shape": "QuicServerId"
    }
   },
   "required": [
    "Id"
   ]
  },
  "TargetDescriptions": {
   "type": "list",
   "member": {
    "shape": "TargetDescription"
   }
  },
  "TargetGroup": {
   "type": "structure",
   "members": {
    "HealthCheckEnabled": {
     "shape": "HealthCheckEnabled"
    },
    "HealthCheckIntervalSeconds": {
     "shape": "HealthCheckIntervalSeconds"
    },
    "HealthCheckPath": {
     "shape": "Path"
    },
    "HealthCheckPort": {
     "shape": "HealthCheckPort"
    },
    "HealthCheckProtocol": {
     "shape": "ProtocolEnum"
    },
    "HealthCheckTimeoutSeconds": {
     "shape": "HealthCheckTimeoutSeconds"
    },
    "HealthyThresholdCount": {
     "shape": "HealthCheckThresholdCount"
    },
    "IpAddressType": {
     "shape": "TargetGroupIpAddressTypeEnum"
    },
    "LoadBalancerArns": {
     "shape": "LoadBalancerArns"
    },
    "Matcher": {
     "shape": "Matcher"
    },
    "Port": {
     "shape": "Port"
    },
    "Protocol": {
     "shape": "ProtocolEnum"
    },
    "ProtocolVersion": {
     "shape": "ProtocolVersion"
    },
    "TargetControlPort": {
     "shape": "TargetControlPort"
    },
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    },
    "TargetGroupName": {
     "shape": "TargetGroupName"
    },
    "TargetType": {
     "shape": "TargetTypeEnum"
    },
    "UnhealthyThresholdCount": {
     "shape": "HealthCheckThresholdCount"
    },
    "VpcId": {
     "shape": "VpcId"
    }
   }
  },
  "TargetGroupArn": {
   "type": "string"
  },
  "TargetGroupArns": {
   "type": "list",
   "member": {
    "shape": "TargetGroupArn"
   }
  },
  "TargetGroupAssociationLimitException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TargetGroupAssociationLimit",
    "status": 400
   }
  },
  "TargetGroupAttribute": {
   "type": "structure",
   "members": {
    "Key": {
     "shape": "TargetGroupAttributeKey"
    },
    "Value": {
     "shape": "TargetGroupAttributeValue"
    }
   }
  },
  "TargetGroupAttributeKey": {
   "type": "string",
   "pattern": "^[a-zA-Z0-9._]+$",
   "max": 256
  },
  "TargetGroupAttributeValue": {
   "type": "string"
  },
  "TargetGroupAttributes": {
   "type": "list",
   "member": {
    "shape": "TargetGroupAttribute"
   }
  },
  "TargetGroupIpAddressTypeEnum": {
   "type": "string",
   "enum": [
    "ipv4",
    "ipv6"
   ]
  },
  "TargetGroupList": {
   "type": "list",
   "member": {
    "shape": "TargetGroupTuple"
   }
  },
  "TargetGroupName": {
   "type": "string"
  },
  "TargetGroupNames": {
   "type": "list",
   "member": {
    "shape": "TargetGroupName"
   }
  },
  "TargetGroupNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TargetGroupNotFound",
    "status": 400
   }
  },
  "TargetGroupStickinessConfig": {
   "type": "structure",
   "members": {
    "DurationSeconds": {
     "shape": "TargetGroupStickinessDurationSeconds"
    },
    "Enabled": {
     "shape": "TargetGroupStickinessEnabled"
    }
   }
  },
  "TargetGroupStickinessDurationSeconds": {
   "type": "integer"
  },
  "TargetGroupStickinessEnabled": {
   "type": "boolean"
  },
  "TargetGroupTuple": {
   "type": "structure",
   "members": {
    "TargetGroupArn": {
     "shape": "TargetGroupArn"
    },
    "Weight": {
     "shape": "TargetGroupWeight"
    }
   }
  },
  "TargetGroupWeight": {
   "type": "integer"
  },
  "TargetGroups": {
   "type": "list",
   "member": {
    "shape": "TargetGroup"
   }
  },
  "TargetHealth": {
   "type": "structure",
   "members": {
    "Description": {
     "shape": "Description"
    },
    "Reason": {
     "shape": "TargetHealthReasonEnum"
    },
    "State": {
     "shape": "TargetHealthStateEnum"
    }
   }
  },
  "TargetHealthDescription": {
   "type": "structure",
   "members": {
    "AdministrativeOverride": {
     "shape": "AdministrativeOverride"
    },
    "AnomalyDetection": {
     "shape": "AnomalyDetection"
    },
    "HealthCheckPort": {
     "shape": "HealthCheckPort"
    },
    "Target": {
     "shape": "TargetDescription"
    },
    "TargetHealth": {
     "shape": "TargetHealth"
    }
   }
  },
  "TargetHealthDescriptions": {
   "type": "list",
   "member": {
    "shape": "TargetHealthDescription"
   }
  },
  "TargetHealthReasonEnum": {
   "type": "string",
   "enum": [
    "Elb.RegistrationInProgress",
    "Elb.InitialHealthChecking",
    "Target.ResponseCodeMismatch",
    "Target.Timeout",
    "Target.FailedHealthChecks",
    "Target.NotRegistered",
    "Target.NotInUse",
    "Target.DeregistrationInProgress",
    "Target.InvalidState",
    "Target.IpUnusable",
    "Target.HealthCheckDisabled",
    "Elb.InternalError"
   ]
  },
  "TargetHealthStateEnum": {
   "type": "string",
   "enum": [
    "initial",
    "healthy",
    "unhealthy",
    "unhealthy.draining",
    "unused",
    "draining",
    "unavailable"
   ]
  },
  "TargetId": {
   "type": "string"
  },
  "TargetTypeEnum": {
   "type": "string",
   "enum": [
    "instance",
    "ip",
    "lambda",
    "alb"
   ]
  },
  "TooManyActionsException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyActions",
    "status": 400
   }
  },
  "TooManyCertificatesException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyCertificates",
    "status": 400
   }
  },
  "TooManyListenersException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyListeners",
    "status": 400
   }
  },
  "TooManyLoadBalancersException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyLoadBalancers",
    "status": 400
   }
  },
  "TooManyRegistrationsForTargetIdException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyRegistrationsForTargetId",
    "status": 400
   }
  },
  "TooManyTagsException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyTags",
    "status": 400
   }
  },
  "TooManyTargetGroupsException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyTargetGroups",
    "status": 400
   }
  },
  "TooManyTargetsException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyTargets",
    "status": 400
   }
  },
  "TooManyUniqueTargetGroupsPerLoadBalancerException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TooManyUniqueTargetGroupsPerLoadBalancer",
    "status": 400
   }
  },
  "TrustStoreArn": {
   "type": "string"
  },
  "TrustStoreAssociationStatusEnum": {
   "type": "string",
   "enum": [
    "active",
    "removed"
   ]
  },
  "TrustStoreNotFoundException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TrustStoreNotFound",
    "status": 400
   }
  },
  "TrustStoreNotReadyException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "TrustStoreNotReady",
    "status": 400
   }
  },
  "UnsupportedProtocolException": {
   "type": "structure",
   "members": {},
   "error": {
    "code": "UnsupportedProtocol",
    "status": 400
   }
  },
  "VpcId": {
   "type": "string"
  },
  "ZoneName": {
   "type": "string"
  }
 }
} as const satisfies ServiceModel;

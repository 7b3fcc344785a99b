/** What an attribute may be set to. */
interface Attribute {
  readonly initial: string;
  readonly allows: (value: string) => boolean;
}

export type Attributes = Readonly<Record<string, string>>;
export type AttributeTable = ReadonlyMap<string, Attribute>;

const anything = (): boolean => true;
const oneOf =
  (...values: string[]) =>
  (value: string): boolean =>
    values.includes(value);
const flag = oneOf('true', 'false');
const between =
  (least: number, most: number) =>
  (value: string): boolean =>
    /^[0-9]{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
const percentage = (value: string): boolean => value === 'off' || between(1, 100)(value);
const countOrOff = (value: string): boolean => value === 'off' || between(1, 1000)(value);
const slowStart = (value: string): boolean => value === '0' || between(30, 900)(value);
/** A field name of HTTP (RFC 9110 §5.1), or nothing. */
const headerName = (value: string): boolean => /^[A-Za-z0-9_-]{0,40}$/.test(value);
/** A field value of HTTP: no way to end the line. */
const headerValue = (value: string): boolean => /^[\x20-\x7e]{0,1024}$/.test(value);

export const loadBalancerAttributes: AttributeTable = tableOf([
  ['access_logs.s3.enabled', 'false', flag],
  ['access_logs.s3.bucket', '', anything],
  ['access_logs.s3.prefix', '', anything],
  ['client_keep_alive.seconds', '3600', between(60, 604_800)],
  ['connection_logs.s3.enabled', 'false', flag],
  ['connection_logs.s3.bucket', '', anything],
  ['connection_logs.s3.prefix', '', anything],
  ['deletion_protection.enabled', 'false', flag],
  ['health_check_logs.s3.enabled', 'false', flag],
  ['health_check_logs.s3.bucket', '', anything],
  ['health_check_logs.s3.prefix', '', anything],
  ['idle_timeout.timeout_seconds', '60', between(1, 4000)],
  ['ipv6.deny_all_igw_traffic', 'false', flag],
  ['load_balancing.cross_zone.enabled', 'true', oneOf('true')],
  ['routing.http.desync_mitigation_mode', 'defensive', oneOf('monitor', 'defensive', 'strictest')],
  ['routing.http.drop_invalid_header_fields.enabled', 'false', flag],
  ['routing.http.preserve_host_header.enabled', 'false', flag],
  ['routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'false', flag],
  ['routing.http.xff_client_port.enabled', 'false', flag],
  ['routing.http.xff_header_processing.mode', 'append', oneOf('append', 'preserve', 'remove')],
  ['routing.http2.enabled', 'true', flag],
  ['waf.fail_open.enabled', 'false', flag],
  ['zonal_shift.config.enabled', 'false', flag],
]);

export const targetGroupAttributes: AttributeTable = tableOf([
  ['deregistration_delay.timeout_seconds', '300', between(0, 3600)],
  ['load_balancing.algorithm.anomaly_mitigation', 'off', oneOf('on', 'off')],
  [
    'load_balancing.algorithm.type',
    'round_robin',
    oneOf('round_robin', 'least_outstanding_requests', 'weighted_random'),
  ],
  [
    'load_balancing.cross_zone.enabled',
    'use_load_balancer_configuration',
    oneOf('true', 'false', 'use_load_balancer_configuration'),
  ],
  ['slow_start.duration_seconds', '0', slowStart],
  ['stickiness.app_cookie.cookie_name', '', anything],
  ['stickiness.app_cookie.duration_seconds', '86400', between(1, 604_800)],
  ['stickiness.enabled', 'false', flag],
  ['stickiness.lb_cookie.duration_seconds', '86400', between(1, 604_800)],
  ['stickiness.type', 'lb_cookie', oneOf('lb_cookie', 'app_cookie')],
  ['target_group_health.dns_failover.minimum_healthy_targets.count', '1', countOrOff],
  ['target_group_health.dns_failover.minimum_healthy_targets.percentage', 'off', percentage],
  [
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
    '1',
    between(1, 1000),
  ],
  [
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage',
    'off',
    percentage,
  ],
]);

const responseHeaders = [
  'access_control_allow_credentials',
  'access_control_allow_headers',
  'access_control_allow_methods',
  'access_control_allow_origin',
  'access_control_expose_headers',
  'access_control_max_age',
  'content_security_policy',
  'strict_transport_security',
  'x_content_type_options',
  'x_frame_options',
];
const requestHeaders = [
  'x_amzn_mtls_clientcert',
  'x_amzn_mtls_clientcert_issuer',
  'x_amzn_mtls_clientcert_leaf',
  'x_amzn_mtls_clientcert_serial_number',
  'x_amzn_mtls_clientcert_subject',
  'x_amzn_mtls_clientcert_validity',
  'x_amzn_tls_cipher_suite',
  'x_amzn_tls_version',
];

export function listenerAttributes(protocol: 'HTTP' | 'HTTPS'): AttributeTable {
  return protocol === 'HTTP' ? httpListenerAttributes : httpsListenerAttributes;
}

const httpListenerAttributes = tableOf([
  ...responseHeaders.map((name) => attributeOfHeader(`response.${name}.header_value`, headerValue)),
  ['routing.http.response.server.enabled', 'true', flag],
]);
const httpsListenerAttributes: AttributeTable = new Map([
  ...tableOf(
    requestHeaders.map((name) => attributeOfHeader(`request.${name}.header_name`, headerName)),
  ),
  ...httpListenerAttributes,
]);

/** All attributes, those that were never set with their defaults. */
export function describeAttributes(
  table: AttributeTable,
  set: Attributes,
): { readonly Key: string; readonly Value: string }[] {
  return [...table].map(([Key, { initial }]) => ({ Key, Value: set[Key] ?? initial }));
}

/** What is wrong with `Key=Value`, in the words of a ValidationError; undefined when it may be set. */
export function wrongAttribute(
  table: AttributeTable,
  kind: string,
  key: string,
  value: string,
): string | undefined {
  const attribute = table.get(key);
  if (attribute === undefined) return `${kind} attribute key '${key}' is not recognized`;
  if (attribute.allows(value)) return undefined;
  return `${kind} attribute value '${value.slice(0, 64)}' for key '${key}' is not valid`;
}

function attributeOfHeader(
  name: string,
  allows: Attribute['allows'],
): [string, string, Attribute['allows']] {
  return [`routing.http.${name}`, '', allows];
}

function tableOf(
  rows: readonly (readonly [key: string, initial: string, allows: Attribute['allows']])[],
): AttributeTable {
  return new Map(rows.map(([key, initial, allows]) => [key, { initial, allows }]));
}

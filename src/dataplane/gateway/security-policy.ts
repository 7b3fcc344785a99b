import type { GatewayListener } from '../../aws/gateway-feed.ts';
import { defaultSslPolicy, sslPolicies } from '../../aws/ssl-policies.ts';
import type { SslPolicy } from '../../aws/ssl-policies.ts';

/** Undefined on plain HTTP. A policy that is not known here is served as the default, which is among the strictest. */
export function policyOf({ Protocol, SslPolicy }: GatewayListener): SslPolicy | undefined {
  if (Protocol === 'HTTP') return undefined;
  return sslPolicies.get(SslPolicy ?? defaultSslPolicy) ?? sslPolicies.get(defaultSslPolicy);
}

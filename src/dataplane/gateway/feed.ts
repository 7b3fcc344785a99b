import * as v from 'valibot';
import type { ProveGrantsResponse, WatchConfigurationResponse } from '../../aws/gateway-feed.ts';

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_600));
const ipAddress = v.pipe(v.string(), v.ip());
const protocol = v.picklist(['HTTP', 'HTTPS']);

const certificate = v.object({
  CertificateArn: v.string(),
  IsDefault: v.boolean(),
  CertificatePem: v.string(),
  ChainPem: v.optional(v.string()),
  Ciphertext: v.pipe(v.string(), v.base64()),
  KmsKeyArn: v.string(),
  GrantId: v.optional(v.string()),
  Revision: v.number(),
});

const forward = v.object({
  Type: v.literal('forward'),
  ForwardConfig: v.object({
    TargetGroups: v.array(
      v.object({
        TargetGroupArn: v.string(),
        Weight: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999))),
      }),
    ),
  }),
});

const fixedResponse = v.object({
  Type: v.literal('fixed-response'),
  FixedResponseConfig: v.object({
    StatusCode: v.pipe(v.string(), v.regex(/^[245][0-9]{2}$/)),
    ContentType: v.optional(v.string()),
    MessageBody: v.optional(v.string()),
  }),
});

const redirect = v.object({
  Type: v.literal('redirect'),
  RedirectConfig: v.object({
    StatusCode: v.picklist(['HTTP_301', 'HTTP_302']),
    Protocol: v.optional(v.string()),
    Host: v.optional(v.string()),
    Port: v.optional(v.string()),
    Path: v.optional(v.string()),
    Query: v.optional(v.string()),
  }),
});

const listener = v.object({
  ListenerArn: v.string(),
  Protocol: protocol,
  Port: port,
  SslPolicy: v.optional(v.string()),
  Certificates: v.array(certificate),
  DefaultActions: v.array(v.variant('Type', [forward, fixedResponse, redirect])),
});

const targetGroup = v.object({
  TargetGroupArn: v.string(),
  Protocol: protocol,
  Port: port,
  HealthCheckEnabled: v.boolean(),
  HealthCheckProtocol: protocol,
  HealthCheckPort: v.pipe(v.string(), v.regex(/^(traffic-port|[0-9]{1,5})$/)),
  HealthCheckPath: v.pipe(v.string(), v.regex(/^\/[\x21-\x7e]*$/)),
  HealthCheckIntervalSeconds: count,
  HealthCheckTimeoutSeconds: count,
  HealthyThresholdCount: count,
  UnhealthyThresholdCount: count,
  MatcherHttpCode: v.pipe(v.string(), v.regex(/^[0-9]{3}(?:[-,][0-9]{3})*$/)),
  Targets: v.array(v.object({ Id: ipAddress, Port: port })),
});

const watchConfigurationResponse = v.object({
  Cursor: v.string(),
  IsComplete: v.boolean(),
  LoadBalancers: v.array(
    v.object({
      LoadBalancerArn: v.string(),
      Account: v.string(),
      Region: v.string(),
      DNSName: v.string(),
      Address: ipAddress,
      Attributes: v.optional(v.record(v.string(), v.string())),
      Listeners: v.array(listener),
      TargetGroups: v.array(targetGroup),
    }),
  ),
  Removed: v.array(v.string()),
});

const proveGrantsResponse = v.object({ Gone: v.array(v.string()) });

/** @throws ValiError when the answer is not of the wire's shape */
export function parseWatchConfigurationResponse(value: unknown): WatchConfigurationResponse {
  return v.parse(watchConfigurationResponse, value);
}

/** @throws ValiError when the answer is not of the wire's shape */
export function parseProveGrantsResponse(value: unknown): ProveGrantsResponse {
  return v.parse(proveGrantsResponse, value);
}

import { Agent } from 'node:https';
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { Route53Client } from '@aws-sdk/client-route-53';
import { STSClient } from '@aws-sdk/client-sts';
import type { World } from './world.ts';

/** AWS's own clients, pointed at a world as its user would point them. */
export interface Clients extends Disposable {
  readonly acm: ACMClient;
  readonly cloudtrail: CloudTrailClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly route53: Route53Client;
  readonly sts: STSClient;
}

/** What of a world its clients need to know. */
type Place = Pick<World, 'endpoint' | 'caPem' | 'region' | 'credentials'>;

export interface ClientSettings {
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly region?: string;
  /** The SDK's own number when absent. */
  readonly maxAttempts?: number;
}

export function clientsOf(world: Place, settings: ClientSettings = {}): Clients {
  const agent = new Agent({ ca: world.caPem, keepAlive: true, maxSockets: 64 });
  const configuration = {
    endpoint: world.endpoint,
    region: settings.region ?? world.region,
    credentials: settings.credentials ?? world.credentials,
    ...(settings.maxAttempts === undefined ? {} : { maxAttempts: settings.maxAttempts }),
    requestHandler: { httpsAgent: agent },
  };
  return {
    acm: new ACMClient(configuration),
    cloudtrail: new CloudTrailClient(configuration),
    elb: new ElasticLoadBalancingV2Client(configuration),
    iam: new IAMClient(configuration),
    kms: new KMSClient(configuration),
    route53: new Route53Client(configuration),
    sts: new STSClient(configuration),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

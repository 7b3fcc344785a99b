/**
 * `npm run demo`: the life of a private key, in nine steps on a throw-away folder. Everything is done with clients
 * that are not holdfast's own (AWS SDK for JavaScript, node:tls, openssl where it is installed), and everything
 * that is claimed was checked: the exit status is 0 only then.
 */
import { ACMClient } from '@aws-sdk/client-acm';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { KMSClient } from '@aws-sdk/client-kms';
import { Route53Client } from '@aws-sdk/client-route-53';
import { STSClient } from '@aws-sdk/client-sts';
import { Agent } from 'node:https';
import { Narrator } from './demo/narrator.ts';
import { startServer, type DemoServer } from './demo/server.ts';
import { story, type Clients } from './demo/story.ts';

const narrator = new Narrator();
const startedAt = performance.now();

narrator.title('holdfast: the life of a private key');
try {
  await using server = await startServer();
  narrator.say(
    `a server of its own, with data of its own, ready in ${server.startMilliseconds.toFixed(0)} ms`,
  );
  await story(server, clientsOf(server), narrator);
} catch (error) {
  process.stdout.write(`\nThe demo failed. ${error instanceof Error ? error.message : ''}\n`);
  throw error;
}
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
narrator.title(`All ${narrator.checks} checks held, in ${seconds} s. Now your own: npm start`);

function clientsOf({ endpoint, caPem, region, credentials }: DemoServer): Clients {
  const requestHandler = { httpsAgent: new Agent({ ca: caPem, keepAlive: true }) };
  const configuration = { endpoint, region, credentials, requestHandler };
  return {
    acm: new ACMClient(configuration),
    cloudtrail: new CloudTrailClient(configuration),
    elb: new ElasticLoadBalancingV2Client(configuration),
    kms: new KMSClient(configuration),
    route53: new Route53Client(configuration),
    sts: new STSClient(configuration),
  };
}

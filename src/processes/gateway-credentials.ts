import { region } from '../aws/arn.ts';
import { reveal } from '../lib/secret.ts';
import { gatewayPolicy, gatewayRoleName } from '../services/iam/index.ts';
import type { TemporaryCredentials } from './messages.ts';
import type { Rooms } from './rooms.ts';
import type { Settings } from './settings.ts';

const durationSeconds = 3_600;

/** Every application load balancer of this installation, whatever its account and Region. */
const servedLoadBalancers = ['arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*'];

/** Credentials for one hour, for the supervisor to hand to the gateway. */
export async function issueGatewayCredentials(
  { iam, pipeline, firstAccount }: Rooms,
  settings: Settings,
): Promise<TemporaryCredentials> {
  const command = {
    eventName: 'IssueGatewayCredentials',
    requestParameters: null,
    account: firstAccount,
    region: region(settings.region),
  };
  const made = await pipeline.runAsOperator(command, (call) =>
    iam.sessions.create(call, {
      account: firstAccount,
      roleName: gatewayRoleName,
      sessionName: 'local-gateway',
      policies: [gatewayPolicy(servedLoadBalancers)],
      durationSeconds,
    }),
  );
  using secret = made.secretAccessKey;
  using token = made.sessionToken;
  return {
    accessKeyId: made.accessKeyId,
    secretAccessKey: Buffer.from(reveal(secret)).toString(),
    sessionToken: Buffer.from(reveal(token)).toString(),
    expiresAt: made.expiresAt.epochMilliseconds,
  };
}

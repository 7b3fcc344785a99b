import { region } from '../aws/arn.ts';
import { gatewayPolicy, gatewayRoleName } from '../services/iam/index.ts';
import type { TemporaryCredentials } from './messages.ts';
import type { Rooms } from './rooms.ts';
import type { Settings } from './settings.ts';
import { showCredentials } from './shown-credentials.ts';

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
  return { ...showCredentials(made), expiresAt: made.expiresAt.epochMilliseconds };
}

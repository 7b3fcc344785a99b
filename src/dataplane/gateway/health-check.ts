import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { GatewayTargetGroup, TargetStatus } from '../../aws/gateway-feed.ts';

/** Why a target is not well, in AWS's words. */
export type HealthCheckFailure = Pick<TargetStatus, 'Reason' | 'Description'>;

/** Where a group's targets are asked about their health. */
export function healthCheckPort(group: GatewayTargetGroup, targetPort: number): number {
  return group.HealthCheckPort === 'traffic-port' ? targetPort : Number(group.HealthCheckPort);
}

/** Asks one target about its health. Undefined when it is well. */
export function checkHealth(
  group: GatewayTargetGroup,
  target: { readonly id: string; readonly port: number },
): Promise<HealthCheckFailure | undefined> {
  const timeout = AbortSignal.timeout(group.HealthCheckTimeoutSeconds * 1_000);
  const options = {
    host: target.id,
    port: healthCheckPort(group, target.port),
    path: group.HealthCheckPath,
    headers: { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
    agent: false as const,
    signal: timeout,
  };
  return new Promise((resolve) => {
    const request =
      group.HealthCheckProtocol === 'HTTPS'
        ? httpsRequest({ ...options, rejectUnauthorized: false })
        : httpRequest(options);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      response.on('error', () => {});
      // The status says it all; a body could go on for ever.
      request.destroy();
      resolve(
        matchesCode(group.MatcherHttpCode, status)
          ? undefined
          : {
              Reason: 'Target.ResponseCodeMismatch',
              Description: `Health checks failed with these codes: [${status}]`,
            },
      );
    });
    request.on('error', () =>
      resolve(
        timeout.aborted
          ? { Reason: 'Target.Timeout', Description: 'Request timed out' }
          : { Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' },
      ),
    );
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' });
    });
    request.end();
  });
}

/** @param matcher `200`, `200,204` or `200-299` */
export function matchesCode(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [low, high = low] = part.split('-').map(Number);
    return low !== undefined && high !== undefined && low <= status && status <= high;
  });
}

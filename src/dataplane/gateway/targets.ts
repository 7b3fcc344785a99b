import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ClientRequest, RequestOptions } from 'node:http';
import { BlockList } from 'node:net';
import type { GatewayTargetGroup, TargetStatus } from '../../aws/gateway-feed.ts';

const maxConnectionsPerTarget = 256;

/** Instance metadata lives here: never a target, whatever the control plane says. */
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');

export interface Target {
  readonly id: string;
  readonly port: number;
  status: TargetStatus;
  /** Consecutive results of the same kind as the last. */
  streak: number;
}

/** The targets of one group, their connections and their health. */
export class TargetGroup {
  definition: GatewayTargetGroup;
  readonly #onStatus: (status: TargetStatus) => void;
  readonly #agents = {
    HTTP: new HttpAgent({
      keepAlive: true,
      maxSockets: maxConnectionsPerTarget,
      scheduling: 'lifo',
    }),
    // As AWS does: the network to the target is trusted, its certificate is not looked at.
    HTTPS: new HttpsAgent({
      keepAlive: true,
      maxSockets: maxConnectionsPerTarget,
      rejectUnauthorized: false,
    }),
  };
  #targets: Target[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(definition: GatewayTargetGroup, onStatus: (status: TargetStatus) => void) {
    this.definition = definition;
    this.#onStatus = onStatus;
    this.update(definition);
  }

  update(definition: GatewayTargetGroup): void {
    const isRescheduled =
      this.#timer === undefined ||
      definition.HealthCheckIntervalSeconds !== this.definition.HealthCheckIntervalSeconds ||
      definition.HealthCheckEnabled !== this.definition.HealthCheckEnabled;
    this.definition = definition;
    const known = new Map(this.#targets.map((target) => [keyOf(target.id, target.port), target]));
    const added: Target[] = [];
    this.#targets = definition.Targets.map(({ Id, Port }) => {
      const old = known.get(keyOf(Id, Port));
      if (old !== undefined) return old;
      const target = this.#newTarget(Id, Port);
      added.push(target);
      return target;
    });
    for (const target of added) this.#onStatus(target.status);
    if (isRescheduled) this.#schedule();
    if (definition.HealthCheckEnabled) for (const target of added) void this.#check(target);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#targets = [];
    this.#agents.HTTP.destroy();
    this.#agents.HTTPS.destroy();
  }

  statuses(): TargetStatus[] {
    return this.#targets.map((target) => target.status);
  }

  /**
   * The next target in turn: a healthy one, or when there is none any one, as AWS fails open.
   * @returns undefined when there is no usable target at all
   */
  next(): Target | undefined {
    const usable = this.#targets.filter((target) => target.status.Reason !== 'Target.IpUnusable');
    const healthy = usable.filter(
      ({ status }) => status.State === 'healthy' || status.Reason === 'Target.HealthCheckDisabled',
    );
    const candidates = healthy.length > 0 ? healthy : usable;
    this.#next = (this.#next + 1) % Math.max(candidates.length, 1);
    return candidates[this.#next];
  }

  /** A request to `target` on a connection of the group's pool. */
  request(target: Target, options: RequestOptions): ClientRequest {
    const protocol = this.definition.Protocol;
    const all = {
      ...options,
      host: target.id,
      port: target.port,
      agent: this.#agents[protocol],
      setHost: false,
    };
    return protocol === 'HTTPS' ? httpsRequest({ ...all, servername: '' }) : httpRequest(all);
  }

  #newTarget(id: string, port: number): Target {
    const isRefused = refused.check(id, id.includes(':') ? 'ipv6' : 'ipv4');
    const base = { TargetGroupArn: this.definition.TargetGroupArn, Id: id, Port: port };
    if (isRefused) {
      return {
        id,
        port,
        streak: 0,
        status: { ...base, State: 'unavailable', Reason: 'Target.IpUnusable' },
      };
    }
    const status: TargetStatus = this.definition.HealthCheckEnabled
      ? { ...base, State: 'initial', Reason: 'Elb.InitialHealthChecking' }
      : { ...base, State: 'unavailable', Reason: 'Target.HealthCheckDisabled' };
    return { id, port, streak: 0, status };
  }

  #schedule(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (!this.definition.HealthCheckEnabled) return;
      for (const target of this.#targets) void this.#check(target);
    }, this.definition.HealthCheckIntervalSeconds * 1_000);
    this.#timer.unref();
  }

  async #check(target: Target): Promise<void> {
    if (target.status.Reason === 'Target.IpUnusable') return;
    const result = await probe(this.definition, target);
    if (!this.#targets.includes(target)) return;
    const base = {
      TargetGroupArn: this.definition.TargetGroupArn,
      Id: target.id,
      Port: target.port,
    };
    const isHealthy = result === undefined;
    const was = target.status.State;
    const isSameAsState = (was === 'healthy') === isHealthy && was !== 'initial';
    target.streak = isSameAsState ? 0 : target.streak + 1;
    const threshold = isHealthy
      ? this.definition.HealthyThresholdCount
      : this.definition.UnhealthyThresholdCount;
    // A new target needs one success only.
    if (isSameAsState || (target.streak < threshold && !(isHealthy && was !== 'unhealthy'))) return;
    target.streak = 0;
    target.status = isHealthy
      ? { ...base, State: 'healthy' }
      : { ...base, State: 'unhealthy', ...result };
    this.#onStatus(target.status);
  }
}

function keyOf(id: string, port: number): string {
  return `${id} ${port}`;
}

type Failure = Pick<TargetStatus, 'Reason' | 'Description'>;

/** Undefined when the target is well. */
function probe(group: GatewayTargetGroup, target: Target): Promise<Failure | undefined> {
  const timeout = AbortSignal.timeout(group.HealthCheckTimeoutSeconds * 1_000);
  const options = {
    host: target.id,
    port: group.HealthCheckPort === 'traffic-port' ? target.port : Number(group.HealthCheckPort),
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
      response.resume();
      response.on('error', () => {});
      const status = response.statusCode ?? 0;
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

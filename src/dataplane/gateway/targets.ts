import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ClientRequest, RequestOptions } from 'node:http';
import type { GatewayTargetGroup, TargetStatus } from '../../aws/gateway-feed.ts';
import type { IsForbidden } from './forbidden-targets.ts';
import { checkHealth, healthCheckPort } from './health-check.ts';
import type { HealthCheckFailure } from './health-check.ts';

const maxConnectionsPerTarget = 1_024;

export interface Target {
  readonly id: string;
  readonly port: number;
  status: TargetStatus;
  /** Consecutive health checks that contradict `status`. */
  streak: number;
}

export interface TargetGroupOptions {
  readonly isForbidden: IsForbidden;
  readonly onStatus: (status: TargetStatus) => void;
}

/** The targets of one group, their connections and their health. */
export class TargetGroup {
  readonly #options: TargetGroupOptions;
  readonly #agents = {
    HTTP: new HttpAgent({ keepAlive: true, maxSockets: maxConnectionsPerTarget }),
    // As AWS does: the network to the target is trusted, its certificate is not looked at.
    HTTPS: new HttpsAgent({
      keepAlive: true,
      maxSockets: maxConnectionsPerTarget,
      rejectUnauthorized: false,
    }),
  };
  #definition: GatewayTargetGroup;
  #targets: Target[] = [];
  #candidates: Target[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(definition: GatewayTargetGroup, options: TargetGroupOptions) {
    this.#definition = definition;
    this.#options = options;
    this.update(definition);
  }

  update(definition: GatewayTargetGroup): void {
    const isRescheduled =
      this.#timer === undefined ||
      definition.HealthCheckIntervalSeconds !== this.#definition.HealthCheckIntervalSeconds;
    this.#definition = definition;
    const known = new Map(this.#targets.map((target) => [keyOf(target.id, target.port), target]));
    const added: Target[] = [];
    this.#targets = definition.Targets.map(({ Id, Port }) => {
      const old = known.get(keyOf(Id, Port));
      if (old !== undefined) return old;
      const target = this.#newTarget(Id, Port);
      added.push(target);
      return target;
    });
    this.#choose();
    for (const target of added) this.#options.onStatus(target.status);
    if (isRescheduled) this.#schedule();
    for (const target of added) void this.#check(target);
  }

  /** Ends the health checks and the idle connections; requests in flight go on. */
  close(): void {
    clearInterval(this.#timer);
    this.#targets = [];
    this.#candidates = [];
    for (const agent of Object.values(this.#agents)) {
      for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      // Connections still in use are not kept once their requests end.
      agent.maxFreeSockets = 0;
    }
  }

  statuses(): TargetStatus[] {
    return this.#targets.map((target) => target.status);
  }

  /**
   * The next target in turn: a healthy one, or when there is none any one, as AWS fails open.
   * @returns undefined when there is no usable target at all
   */
  next(): Target | undefined {
    this.#next = (this.#next + 1) % Math.max(this.#candidates.length, 1);
    const target = this.#candidates[this.#next];
    // Asked again for each request: our own listeners come and go.
    return target === undefined || this.#options.isForbidden(target.id, target.port)
      ? undefined
      : target;
  }

  /**
   * A request to `target` on a connection of the group's pool.
   * @returns undefined when node:http finds a character that HTTP does not allow
   */
  request(target: Target, options: RequestOptions): ClientRequest | undefined {
    const protocol = this.#definition.Protocol;
    const all = {
      ...options,
      host: target.id,
      port: target.port,
      agent: this.#agents[protocol],
      setHost: false,
    };
    try {
      return protocol === 'HTTPS' ? httpsRequest({ ...all, servername: '' }) : httpRequest(all);
    } catch {
      return undefined;
    }
  }

  #newTarget(id: string, port: number): Target {
    const base = { TargetGroupArn: this.#definition.TargetGroupArn, Id: id, Port: port };
    const status = ((): TargetStatus => {
      if (this.#isForbidden(id, port))
        return { ...base, State: 'unavailable', Reason: 'Target.IpUnusable' };
      if (!this.#definition.HealthCheckEnabled)
        return { ...base, State: 'unavailable', Reason: 'Target.HealthCheckDisabled' };
      return { ...base, State: 'initial', Reason: 'Elb.InitialHealthChecking' };
    })();
    return { id, port, status, streak: 0 };
  }

  #isForbidden(id: string, port: number): boolean {
    const { isForbidden } = this.#options;
    return isForbidden(id, port) || isForbidden(id, healthCheckPort(this.#definition, port));
  }

  #schedule(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      for (const target of this.#targets) void this.#check(target);
    }, this.#definition.HealthCheckIntervalSeconds * 1_000);
    this.#timer.unref();
  }

  async #check(target: Target): Promise<void> {
    if (!this.#definition.HealthCheckEnabled || target.status.Reason === 'Target.IpUnusable')
      return;
    if (this.#isForbidden(target.id, target.port)) return;
    const failure = await checkHealth(this.#definition, target);
    if (this.#targets.includes(target)) this.#judge(target, failure);
  }

  #judge(target: Target, failure: HealthCheckFailure | undefined): void {
    const isHealthy = failure === undefined;
    const { TargetGroupArn, Id, Port, State } = target.status;
    if (State === (isHealthy ? 'healthy' : 'unhealthy')) {
      target.streak = 0;
      return;
    }
    target.streak += 1;
    const { HealthyThresholdCount, UnhealthyThresholdCount } = this.#definition;
    // A new target needs one success only.
    const healthyAfter = State === 'unhealthy' ? HealthyThresholdCount : 1;
    if (target.streak < (isHealthy ? healthyAfter : UnhealthyThresholdCount)) return;
    target.streak = 0;
    const base = { TargetGroupArn, Id, Port };
    target.status = isHealthy
      ? { ...base, State: 'healthy' }
      : { ...base, State: 'unhealthy', ...failure };
    this.#choose();
    this.#options.onStatus(target.status);
  }

  #choose(): void {
    const usable = this.#targets.filter((target) => target.status.Reason !== 'Target.IpUnusable');
    const healthy = usable.filter(
      ({ status }) => status.State === 'healthy' || status.Reason === 'Target.HealthCheckDisabled',
    );
    this.#candidates = healthy.length > 0 ? healthy : usable;
  }
}

function keyOf(id: string, port: number): string {
  return `${id} ${port}`;
}

import type { Clock } from '../../lib/clock.ts';
import type { GatewayTargetGroup, TargetStatus } from '../../aws/gateway-feed.ts';
import type { IsForbidden } from './forbidden-targets.ts';
import { checkHealth, healthCheckPort } from './health-check.ts';
import type { HealthCheckFailure } from './health-check.ts';
import type { TargetCall, TargetListener, TargetRequest } from './target-call.ts';
import { TargetPool } from './target-pool.ts';

export interface Target {
  readonly id: string;
  readonly port: number;
  readonly pool: TargetPool;
  status: TargetStatus;
  /** Consecutive health checks that contradict `status`. */
  streak: number;
}

export interface TargetGroupOptions {
  readonly isForbidden: IsForbidden;
  readonly clock: Clock;
  readonly onStatus: (status: TargetStatus) => void;
}

/** The targets of one group, their connections and their health. */
export class TargetGroup {
  readonly #options: TargetGroupOptions;
  /** Settled once the targets that came last were looked at. */
  checked: Promise<unknown> = Promise.resolve();
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
    for (const target of known.values()) if (!this.#targets.includes(target)) target.pool.close();
    this.#choose();
    for (const target of added) this.#options.onStatus(target.status);
    if (isRescheduled) this.#schedule();
    this.checked = Promise.all(added.map((target) => this.#check(target)));
  }

  /** Ends the health checks and the idle connections; requests in flight go on. */
  close(): void {
    clearInterval(this.#timer);
    for (const { pool } of this.#targets) pool.close();
    this.#targets = [];
    this.#candidates = [];
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
   * Asks `target` on a connection of its pool, or on a new one.
   * @returns the status with which to answer when nothing was sent: 400 when a field cannot be written, 503 when
   *   the target has too many connections
   */
  call(
    target: Target,
    request: TargetRequest,
    listener: TargetListener,
    { idleMilliseconds, isNew }: { readonly idleMilliseconds: number; readonly isNew: boolean },
  ): TargetCall | 400 | 503 {
    const connection = isNew ? target.pool.takeNew() : target.pool.take();
    if (connection === undefined) return 503;
    if (connection.start(request, listener, idleMilliseconds)) return connection;
    connection.abandon();
    return 400;
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
    const { Protocol: protocol } = this.#definition;
    const pool = new TargetPool({ protocol, host: id, port, clock: this.#options.clock });
    return { id, port, pool, status, streak: 0 };
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

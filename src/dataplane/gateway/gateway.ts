import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ListenerStatus,
  TargetStatus,
  WatchConfigurationResponse,
} from '../../aws/gateway-feed.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import type { ControlPlane } from './control-plane.ts';
import { ControlPlaneRefusal } from './control-plane.ts';
import type { Holder } from './holder.ts';
import { LoadBalancer } from './load-balancer.ts';
import type { Surroundings } from './load-balancer.ts';
import { OfflineTimer } from './offline.ts';
import { SecureContexts } from './secure-contexts.ts';

const waitSeconds = 20;
const proofMilliseconds = 60_000;
const reportMilliseconds = 500;
const tickMilliseconds = 1_000;
const longestBackOffMilliseconds = 5_000;

export interface GatewayOptions {
  readonly controlPlane: ControlPlane;
  readonly holder: Holder;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1): chooses among weighted target groups. */
  readonly chance: () => number;
  /** Seconds since boot, suspension included. */
  readonly uptimeSeconds: () => number;
  readonly portOffset: number;
  readonly host?: string | undefined;
  /** How long certificates are served without the control plane; 86,400 when absent, 60 is "fail closed". */
  readonly offlineLimitSeconds?: number | undefined;
  /** Called once, when the first configuration was applied. */
  readonly onReady?: () => void;
}

/**
 * Follows the control plane and serves what it says. Dispose stops everything.
 * A certificate is served only while its grant is believed to live: see `LoadBalancer.revoke` and `OfflineTimer`.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #around: Surroundings;
  readonly #offline: OfflineTimer;
  readonly #loadBalancers = new Map<string, LoadBalancer>();
  readonly #stop = new AbortController();
  readonly #listenerStatuses = new Map<string, ListenerStatus>();
  readonly #targetStatuses = new Map<string, TargetStatus>();
  readonly #timers: NodeJS.Timeout[] = [];
  #cursor: string | undefined;
  #isCutOff = false;
  #isReporting = false;
  #isProving = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#offline = new OfflineTimer(
      options.clock,
      options.uptimeSeconds,
      options.offlineLimitSeconds ?? 86_400,
    );
    this.#around = {
      controlPlane: options.controlPlane,
      holder: options.holder,
      contexts: new SecureContexts(options.holder.open),
      log: options.log,
      portOffset: options.portOffset,
      host: options.host,
      chance: options.chance,
      isCutOff: () => this.#offline.isOver(),
      onListenerStatus: (status) => this.#listenerStatuses.set(status.ListenerArn, status),
      onTargetStatus: (status) =>
        this.#targetStatuses.set(`${status.TargetGroupArn} ${status.Id} ${status.Port}`, status),
    };
  }

  /** Starts to follow the control plane. */
  start(): void {
    void this.#follow();
    this.#every(proofMilliseconds, () => void this.#prove());
    this.#every(reportMilliseconds, () => void this.#report());
    this.#every(tickMilliseconds, () => this.tick());
  }

  /** Looks at the clocks; runs each second. */
  tick(): void {
    if (this.#offline.hasJumped()) void this.#prove();
    this.#checkOffline();
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    for (const timer of this.#timers) clearInterval(timer);
    for (const loadBalancer of this.#loadBalancers.values()) loadBalancer.close();
    this.#loadBalancers.clear();
  }

  #every(milliseconds: number, run: () => void): void {
    this.#timers.push(setInterval(run, milliseconds));
  }

  async #follow(): Promise<void> {
    let isReady = false;
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        const answer = await this.#options.controlPlane.watchConfiguration(
          { Cursor: this.#cursor, WaitSeconds: failures > 0 ? 0 : waitSeconds },
          this.#stop.signal,
        );
        if (failures > 0) this.#options.log.info('the control plane is back');
        failures = 0;
        const applied = this.#apply(answer);
        this.#cursor = answer.Cursor;
        this.#heard();
        if (!isReady) {
          isReady = true;
          void applied.then(() => this.#options.onReady?.());
        }
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        if (failures === 0)
          this.#options.log.warn('no word from the control plane', { error: describeError(error) });
        failures += 1;
        const wait = Math.min(100 * 2 ** failures, longestBackOffMilliseconds);
        await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => {});
      }
    }
  }

  /** What was taken away is gone when this returns; what was brought is served when the promise resolves. */
  #apply(answer: WatchConfigurationResponse): Promise<void> {
    const present = new Set(answer.LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn));
    const removed = answer.IsComplete
      ? [...this.#loadBalancers.keys()].filter((arn) => !present.has(arn))
      : answer.Removed;
    for (const arn of removed) {
      this.#loadBalancers.get(arn)?.close();
      this.#loadBalancers.delete(arn);
    }
    const updates = answer.LoadBalancers.map((state) => {
      const loadBalancer =
        this.#loadBalancers.get(state.LoadBalancerArn) ?? new LoadBalancer(state, this.#around);
      this.#loadBalancers.set(state.LoadBalancerArn, loadBalancer);
      return loadBalancer.update(state);
    });
    return Promise.all(updates).then(() => {});
  }

  /** Asks whether the grants still live; nothing heard changes nothing but the time that is left. */
  async #prove(): Promise<void> {
    if (this.#isProving) return;
    this.#isProving = true;
    try {
      const grants = [...this.#loadBalancers.values()].flatMap((loadBalancer) =>
        loadBalancer.grants(),
      );
      if (grants.length === 0) return;
      const { Gone } = await this.#options.controlPlane.proveGrants(
        { HolderDocument: this.#options.holder.document(), Grants: grants },
        this.#stop.signal,
      );
      const gone = new Set(Gone);
      if (gone.size > 0)
        for (const loadBalancer of this.#loadBalancers.values()) loadBalancer.revoke(gone);
      this.#heard();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const level = error instanceof ControlPlaneRefusal ? 'error' : 'warn';
      this.#options.log[level]('the grants were not proved', { error: describeError(error) });
    } finally {
      this.#isProving = false;
    }
  }

  async #report(): Promise<void> {
    if (this.#isReporting || this.#listenerStatuses.size + this.#targetStatuses.size === 0) return;
    this.#isReporting = true;
    const listeners = new Map(this.#listenerStatuses);
    const targets = new Map(this.#targetStatuses);
    try {
      await this.#options.controlPlane.reportStatus(
        { Listeners: [...listeners.values()], Targets: [...targets.values()] },
        this.#stop.signal,
      );
      forget(this.#listenerStatuses, listeners);
      forget(this.#targetStatuses, targets);
    } catch {
      // What was not reported is reported with the next change or the next round.
    } finally {
      this.#isReporting = false;
    }
  }

  #heard(): void {
    this.#offline.heard();
    this.#checkOffline();
  }

  #checkOffline(): void {
    const isOver = this.#offline.isOver();
    if (isOver === this.#isCutOff) return;
    this.#isCutOff = isOver;
    if (isOver)
      this.#options.log.error(
        'cut off for longer than the limit: certificates are no longer served',
      );
    for (const loadBalancer of this.#loadBalancers.values()) loadBalancer.serve();
  }
}

function forget<T>(pending: Map<string, T>, sent: ReadonlyMap<string, T>): void {
  for (const [key, status] of sent) if (pending.get(key) === status) pending.delete(key);
}

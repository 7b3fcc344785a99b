import { setTimeout as sleep } from 'node:timers/promises';
import type { WatchConfigurationResponse } from '../../aws/gateway-feed.ts';
import type { Clock } from '../../lib/clock.ts';
import { faultPoint } from '../../lib/fault-points.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { ControlPlane } from './control-plane.ts';
import { ControlPlaneRefusal } from './control-plane.ts';
import { forbiddenTargets } from './forbidden-targets.ts';
import type { Listening } from './forbidden-targets.ts';
import type { Holder } from './holder.ts';
import { LoadBalancer } from './load-balancer.ts';
import type { Surroundings } from './load-balancer.ts';
import { ownSockets, type ListeningSockets } from './listening-sockets.ts';
import { OfflineTimer } from './offline.ts';
import { SecureContexts } from './secure-contexts.ts';
import { StatusReports } from './status-reports.ts';
import { Turns } from './turns.ts';

const waitSeconds = 20;
const decryptionsAtOnce = 8;
const proofMilliseconds = 60_000;
/** How long the first listeners wait for keys, and for what the health of their targets is. */
const patience = {
  alone: { keys: 10_000, health: 1_000 },
  spare: { keys: 600_000, health: 120_000 },
} as const;
const tickMilliseconds = 1_000;
/** What `stop` may take. */
const stopMilliseconds = 10_000;
const firstBackOffMilliseconds = 50;
/** Short, as a control plane that is back should find its gateway within a second. */
const longestBackOffMilliseconds = 500;

export interface GatewayOptions {
  readonly controlPlane: ControlPlane;
  /** Where the control plane listens: never a target. */
  readonly endpoint: Listening;
  readonly holder: Holder;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Seconds since boot, suspension included (`os.uptime`). */
  readonly uptimeSeconds: () => number;
  /** Added to every listener's port. */
  readonly portOffset: number;
  /** Bound in the place of each load balancer's own address. */
  readonly host?: string | undefined;
  /** How long certificates are served without the control plane; 86,400 when absent, 60 is "fail closed". */
  readonly offlineLimitSeconds?: number | undefined;
  /** Called once, when the first configuration was applied, and listeners were opened or reported as failed. */
  readonly onReady?: () => void;
  /** This process's own when absent. */
  readonly sockets?: ListeningSockets | undefined;
  /** Another gateway serves until this one is ready, so that there is no hurry. */
  readonly isSpare?: boolean | undefined;
}

/**
 * Follows the control plane and serves what it says. A certificate is served only while its grant is believed
 * to live: until the feed or a proof says otherwise, or the control plane was silent for too long.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #around: Surroundings;
  readonly #offline: OfflineTimer;
  readonly #loadBalancers = new Map<string, LoadBalancer>();
  readonly #gone = new Set<string>();
  readonly #reports: StatusReports;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #cursor: string | undefined;
  #isCutOff = false;
  /** The control plane says that the gateway may hear nothing, and so hold nothing. */
  #isDenied = false;
  #isProving = false;
  #mayListen = false;
  /** By the monotonic clock. */
  #nextProof = 0;

  constructor(options: GatewayOptions) {
    const { controlPlane, holder, clock, random, log, portOffset, host, endpoint } = options;
    this.#options = options;
    this.#offline = new OfflineTimer(
      clock,
      options.uptimeSeconds,
      options.offlineLimitSeconds ?? 86_400,
    );
    this.#reports = new StatusReports(controlPlane);
    this.#around = {
      controlPlane,
      decryptions: new Turns(decryptionsAtOnce),
      holder,
      contexts: new SecureContexts(holder.open.bind(holder)),
      gone: this.#gone,
      clock,
      random,
      log,
      portOffset,
      host,
      chance: () => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32,
      isForbidden: forbiddenTargets({ endpoint, listeners: () => this.#listening() }),
      sockets: options.sockets ?? ownSockets,
      isCutOff: () => this.#isCutOff,
      mayListen: () => this.#mayListen,
      onRefused: () => this.#proveSoon(),
      onListenerStatus: (status) => this.#reports.addListener(status),
      onTargetStatus: (status) => this.#reports.addTarget(status),
    };
  }

  /** Starts to follow the control plane. */
  start(): void {
    this.#nextProof = this.#options.clock.monotonic() + proofMilliseconds;
    this.#timer = setInterval(() => this.tick(), tickMilliseconds);
    void this.#follow();
  }

  /** Looks at the clocks; runs each second. */
  tick(): void {
    if (this.#offline.hasJumped()) this.#nextProof = 0;
    if (this.#options.clock.monotonic() >= this.#nextProof) void this.#prove();
    this.#checkOffline();
  }

  /** Takes nothing new from now on; resolves when what was in flight has ended, in at most 10 s. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#timer);
    this.#reports[Symbol.dispose]();
    const closed = [...this.#loadBalancers.values()].map((loadBalancer) => loadBalancer.close());
    this.#loadBalancers.clear();
    await Promise.all(closed);
  }

  /**
   * Accepts nothing from now on, as another process does on the same sockets. What is open goes on, and so does what
   * revocation does to it, until it has ended or `milliseconds` have passed; then as `stop`.
   */
  async retire(milliseconds: number): Promise<void> {
    this.#mayListen = false;
    this.#reports[Symbol.dispose]();
    const retired = [...this.#loadBalancers.values()].map((each) => each.retire());
    await this.#atMost(Math.max(milliseconds - stopMilliseconds, 0), Promise.all(retired));
    await this.stop();
  }

  async #follow(): Promise<void> {
    let isFirst = true;
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        const answer = await this.#options.controlPlane.watchConfiguration(
          { Cursor: this.#cursor, WaitSeconds: failures > 0 ? 0 : waitSeconds },
          this.#stop.signal,
        );
        if (this.#stop.signal.aborted) return;
        faultPoint('gateway.heard');
        const applied = this.#apply(answer);
        this.#cursor = answer.Cursor;
        this.#isDenied = false;
        this.#heard();
        if (failures > 0) this.#isBack();
        failures = 0;
        if (isFirst) void this.#open(applied);
        isFirst = false;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        if (failures === 0)
          this.#options.log.warn('no word from the control plane', { error: describeError(error) });
        if (error instanceof ControlPlaneRefusal && error.code === 'AccessDeniedException') {
          this.#isDenied = true;
          this.#checkOffline();
        }
        const wait = Math.min(firstBackOffMilliseconds * 2 ** failures, longestBackOffMilliseconds);
        failures += 1;
        await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => {});
      }
    }
  }

  /** What was taken away is gone when this returns; what was brought is served when the promise resolves. */
  async #apply(answer: WatchConfigurationResponse): Promise<void> {
    const present = new Set(answer.LoadBalancers.map(({ LoadBalancerArn }) => LoadBalancerArn));
    const removed = answer.IsComplete
      ? [...this.#loadBalancers.keys()].filter((arn) => !present.has(arn))
      : answer.Removed;
    for (const arn of removed) {
      void this.#loadBalancers.get(arn)?.close();
      this.#loadBalancers.delete(arn);
    }
    const updates = answer.LoadBalancers.map((state) => {
      const loadBalancer =
        this.#loadBalancers.get(state.LoadBalancerArn) ?? new LoadBalancer(state, this.#around);
      this.#loadBalancers.set(state.LoadBalancerArn, loadBalancer);
      return loadBalancer.update(state);
    });
    await Promise.all(updates);
  }

  /** Connections are better kept waiting than told that a key is not there yet. */
  async #open(applied: Promise<void>): Promise<void> {
    const { keys, health } = patience[this.#options.isSpare === true ? 'spare' : 'alone'];
    const checked = [...this.#loadBalancers.values()].map((each) => each.checked());
    await Promise.all([this.#atMost(keys, applied), this.#atMost(health, Promise.all(checked))]);
    if (this.#stop.signal.aborted) return;
    this.#mayListen = true;
    await Promise.all([...this.#loadBalancers.values()].map((each) => each.listen()));
    this.#options.onReady?.();
  }

  /** Resolves when `work` has, when the time is over, and when the gateway stops. */
  async #atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
    const { signal } = this.#stop;
    await Promise.race([work, sleep(milliseconds, undefined, { signal }).catch(() => {})]);
  }

  /** Much may have happened meanwhile, to the control plane too: it is told everything, and asked everything. */
  #isBack(): void {
    this.#options.log.info('the control plane is back');
    for (const loadBalancer of this.#loadBalancers.values()) {
      for (const status of loadBalancer.listenerStatuses()) this.#reports.addListener(status);
      for (const status of loadBalancer.targetStatuses()) this.#reports.addTarget(status);
    }
    this.#proveSoon();
  }

  #proveSoon(): void {
    this.#nextProof = 0;
    void this.#prove();
  }

  /** Asks whether the grants still live; no answer changes nothing but the time that is left, and is asked for again. */
  async #prove(): Promise<void> {
    if (this.#isProving || this.#stop.signal.aborted) return;
    const { clock, controlPlane, holder, log } = this.#options;
    const Grants = [...this.#loadBalancers.values()].flatMap((each) => each.grants());
    this.#nextProof = clock.monotonic() + proofMilliseconds;
    if (Grants.length === 0) return;
    this.#isProving = true;
    try {
      const { Gone } = await controlPlane.proveGrants(
        { HolderDocument: holder.document(), Grants },
        this.#stop.signal,
      );
      this.#forgetGrants(Gone);
      this.#heard();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#nextProof = clock.monotonic() + proofMilliseconds / 10;
      const level = error instanceof ControlPlaneRefusal ? 'error' : 'warn';
      log[level]('the grants were not proved', { error: describeError(error) });
    } finally {
      this.#isProving = false;
    }
  }

  #forgetGrants(grantIds: readonly string[]): void {
    if (grantIds.length === 0) return;
    for (const grantId of grantIds) {
      this.#gone.add(grantId);
      this.#options.log.warn('a grant is gone', { grantId });
    }
    for (const loadBalancer of this.#loadBalancers.values()) loadBalancer.dropGone();
  }

  #heard(): void {
    this.#offline.heard();
    this.#checkOffline();
  }

  #checkOffline(): void {
    const isOver = this.#isDenied || this.#offline.isOver();
    if (isOver === this.#isCutOff) return;
    this.#isCutOff = isOver;
    if (isOver) {
      const why = this.#isDenied ? 'denied by a policy' : 'cut off for longer than the limit';
      this.#options.log.error(`${why}: certificates are no longer served`);
    }
    for (const loadBalancer of this.#loadBalancers.values()) loadBalancer.serve();
  }

  *#listening(): Iterable<Listening> {
    for (const loadBalancer of this.#loadBalancers.values()) yield* loadBalancer.listening();
  }
}

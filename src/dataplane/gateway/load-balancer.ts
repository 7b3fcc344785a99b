import { setTimeout as sleep } from 'node:timers/promises';
import type {
  GatewayListener,
  GatewayLoadBalancer,
  ListenerStatus,
  ProvenGrant,
  TargetStatus,
} from '../../aws/gateway-feed.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { servingAttributes } from './attributes.ts';
import type { ServingAttributes } from './attributes.ts';
import { bindFailure } from './bind-failure.ts';
import type { ControlPlane } from './control-plane.ts';
import type { IsForbidden, Listening } from './forbidden-targets.ts';
import type { Front } from './front.ts';
import { HeldCertificates } from './held-certificates.ts';
import type { Holder } from './holder.ts';
import { ListedCertificates } from './listed-certificates.ts';
import { Listener } from './listener.ts';
import { serveRequest } from './proxy.ts';
import type { ListeningSockets } from './listening-sockets.ts';
import type { SecureContexts } from './secure-contexts.ts';
import type { ServedCertificate } from './served-certificate.ts';
import { policyOf } from './security-policy.ts';
import { TargetGroup } from './targets.ts';
import type { Turns } from './turns.ts';
import { isWebSocket, serveUpgrade } from './upgrade.ts';

const rebindMilliseconds = 5_000;
/** How long a certificate that was taken off may wait for one that was put on with the same change. */
const leaveMilliseconds = 1_000;

/** What the load balancers of a gateway have in common. */
export interface Surroundings {
  readonly controlPlane: ControlPlane;
  readonly decryptions: Turns;
  readonly holder: Holder;
  readonly contexts: SecureContexts;
  /** GrantIds known to be gone. */
  readonly gone: ReadonlySet<string>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly portOffset: number;
  /** Bound in the place of each load balancer's own address. */
  readonly host: string | undefined;
  readonly sockets: ListeningSockets;
  /** In [0, 1): chooses among weighted target groups. */
  readonly chance: () => number;
  readonly isForbidden: IsForbidden;
  /** True while the gateway was cut off for longer than it may serve, or is denied what it serves. */
  readonly isCutOff: () => boolean;
  /** False until everything is prepared, and again when another process accepts in the place of this one. */
  readonly mayListen: () => boolean;
  readonly onRefused: () => void;
  readonly onListenerStatus: (status: ListenerStatus) => void;
  readonly onTargetStatus: (status: TargetStatus) => void;
}

/** One load balancer as it is served: follows its state in the feed. */
export class LoadBalancer {
  readonly #around: Surroundings;
  readonly #listeners = new Map<string, Listener>();
  readonly #listenerStatuses = new Map<string, ListenerStatus>();
  readonly #targetGroups = new Map<string, TargetGroup>();
  readonly #held: HeldCertificates;
  #state: GatewayLoadBalancer;
  #listed: ListedCertificates;
  #attributes: ServingAttributes;
  #binding: Promise<void> = Promise.resolve();
  #rebind: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(state: GatewayLoadBalancer, around: Surroundings) {
    this.#state = state;
    this.#listed = new ListedCertificates(state);
    this.#attributes = servingAttributes(state.Attributes);
    this.#around = around;
    this.#held = new HeldCertificates({
      ...around,
      loadBalancer: { arn: state.LoadBalancerArn, region: state.Region },
      onHeld: (certificate, replaced) => this.#serveHeld(certificate, replaced),
    });
  }

  /**
   * Takes the state of the feed. What was revoked is gone when this returns, what was taken off when others are there
   * in its place, a second later at the latest. What it brings is served when the promise resolves, but for keys that
   * could not be had.
   */
  async update(state: GatewayLoadBalancer): Promise<void> {
    this.#state = state;
    this.#attributes = servingAttributes(state.Attributes);
    this.#updateTargetGroups();
    const listed = new ListedCertificates(state);
    listed.keepFrom(this.#listed);
    this.#listed = listed;
    const certificates = state.Listeners.flatMap(({ Certificates }) => Certificates);
    const held = this.#held.update(certificates, listed.leaving());
    this.serve();
    void Promise.race([held, sleep(leaveMilliseconds, undefined, { ref: false })]).then(() =>
      this.#letGoOfLeaving(listed),
    );
    await Promise.all([held, this.listen()]);
  }

  #letGoOfLeaving(listed: ListedCertificates): void {
    // A later state has its own.
    if (listed !== this.#listed || this.#isClosed) return;
    listed.forgetLeaving();
    this.#held.letGoOfOthers();
    this.serve();
  }

  /** Resolves when each target's health was looked at once. */
  async checked(): Promise<void> {
    await Promise.all([...this.#targetGroups.values()].map((group) => group.checked));
  }

  /** Opens and closes listeners until they are those of the state; opens none before that is allowed. */
  listen(): Promise<void> {
    return (this.#binding = this.#binding.then(() => this.#bind()));
  }

  /** Accepts nothing from now on; resolves when no connection is left. */
  async retire(): Promise<void> {
    await Promise.all([...this.#listeners.values()].map((listener) => listener.retire()));
  }

  /** Grants are in `gone` now: when this returns, no handshake succeeds under the certificates that lived on them. */
  dropGone(): void {
    this.#held.dropGone();
    this.serve();
  }

  grants(): ProvenGrant[] {
    return this.#held.grants();
  }

  listenerStatuses(): Iterable<ListenerStatus> {
    return this.#listenerStatuses.values();
  }

  targetStatuses(): TargetStatus[] {
    return [...this.#targetGroups.values()].flatMap((group) => group.statuses());
  }

  *listening(): Iterable<Listening> {
    for (const { options } of this.#listeners.values()) yield options;
  }

  /** Gives every listener the certificates that it may serve now. */
  serve(): void {
    const isCutOff = this.#around.isCutOff();
    for (const definition of this.#state.Listeners) {
      const listener = this.#listeners.get(definition.ListenerArn);
      const policy = policyOf(definition);
      if (listener === undefined || policy === undefined) continue;
      const { ListenerArn } = definition;
      const certificates = [...this.#listed.of(ListenerArn)].flatMap((each) => {
        const own = isCutOff ? undefined : this.#held.get(each.CertificateArn);
        return own === undefined ? [] : [{ own, IsDefault: each.IsDefault }];
      });
      listener.serve({
        policy,
        certificates: certificates.map(({ own }) => own),
        defaultCertificate: certificates.find(({ IsDefault }) => IsDefault)?.own,
        isTakenOff: ({ certificateArn, grantId }) =>
          !isCutOff &&
          !this.#around.gone.has(grantId) &&
          !this.#listed.has(ListenerArn, certificateArn),
      });
    }
  }

  /** Where it is one more, in the time that it alone takes: thousands come after a start. */
  #serveHeld(certificate: ServedCertificate, replaced: ServedCertificate | undefined): void {
    if (replaced !== undefined || this.#around.isCutOff()) return this.serve();
    const { certificateArn } = certificate;
    const arns = [...this.#listeners.keys()].filter((arn) => this.#listed.has(arn, certificateArn));
    if (arns.some((arn) => this.#listed.isDefault(arn, certificateArn))) return this.serve();
    for (const arn of arns) this.#listeners.get(arn)?.add(certificate);
  }

  /** Serves nothing new when this returns; resolves when what was in flight has ended, in at most 10 s. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#rebind);
    const closed = [...this.#listeners.values()].map((listener) => listener.close());
    for (const group of this.#targetGroups.values()) group.close();
    this.#held.close();
    this.#listeners.clear();
    await Promise.all([...closed, this.#binding]);
  }

  #updateTargetGroups(): void {
    const { isForbidden, clock, onTargetStatus: onStatus } = this.#around;
    const definitions = new Map(
      this.#state.TargetGroups.map((group) => [group.TargetGroupArn, group]),
    );
    for (const [arn, group] of this.#targetGroups) {
      if (definitions.has(arn)) continue;
      group.close();
      this.#targetGroups.delete(arn);
    }
    for (const [arn, definition] of definitions) {
      const group = this.#targetGroups.get(arn);
      if (group === undefined)
        this.#targetGroups.set(arn, new TargetGroup(definition, { isForbidden, clock, onStatus }));
      else group.update(definition);
    }
  }

  async #bind(): Promise<void> {
    clearTimeout(this.#rebind);
    const wanted = new Map(
      this.#state.Listeners.map((listener) => [listener.ListenerArn, listener]),
    );
    for (const [arn, listener] of this.#listeners) {
      const definition = wanted.get(arn);
      if (definition !== undefined && this.#isSameSocket(listener, definition)) continue;
      void listener.close();
      this.#listeners.delete(arn);
    }
    for (const arn of this.#listenerStatuses.keys())
      if (!wanted.has(arn)) this.#listenerStatuses.delete(arn);
    for (const definition of wanted.values()) {
      if (this.#isClosed || !this.#around.mayListen()) return;
      if (!this.#listeners.has(definition.ListenerArn)) await this.#open(definition);
      this.#listeners.get(definition.ListenerArn)?.setIdle(this.#attributes.idleMilliseconds);
    }
    this.serve();
  }

  async #open(definition: GatewayListener): Promise<void> {
    const { log } = this.#around;
    const { host, port } = this.#hostAndPort(definition);
    const { ListenerArn } = definition;
    try {
      const listener = this.#newListener(definition, host, port);
      await listener.listen();
      if (this.#isClosed) return await listener.close();
      this.#listeners.set(ListenerArn, listener);
      this.serve();
      this.#tell({ ListenerArn, State: 'active' });
      log.info('listening', { listenerArn: ListenerArn, host, port });
    } catch (error) {
      const Reason = bindFailure(error, host, port);
      if (this.#listenerStatuses.get(ListenerArn)?.Reason !== Reason)
        log.error('a listener was not opened', { listenerArn: ListenerArn, reason: Reason });
      this.#tell({ ListenerArn, State: 'failed', Reason });
      clearTimeout(this.#rebind);
      this.#rebind = setTimeout(() => void this.listen(), rebindMilliseconds).unref();
    }
  }

  #tell(status: ListenerStatus): void {
    const before = this.#listenerStatuses.get(status.ListenerArn);
    if (before?.State === status.State && before.Reason === status.Reason) return;
    this.#listenerStatuses.set(status.ListenerArn, status);
    this.#around.onListenerStatus(status);
  }

  #newListener(definition: GatewayListener, host: string, port: number): Listener {
    const { random, log, contexts, chance, sockets } = this.#around;
    const policy = policyOf(definition);
    const front = (): Front => ({
      protocol: definition.Protocol,
      port: definition.Port,
      attributes: this.#attributes,
      // Others are done before it; AWS lets only the last decide the answer.
      action: this.#definitionOf(definition.ListenerArn)?.DefaultActions.at(-1),
      targetGroup: (arn) => this.#targetGroups.get(arn),
      chance,
    });
    return new Listener({
      host,
      port,
      sockets,
      tls: policy === undefined ? undefined : { policy, contexts },
      random,
      log,
      hasHttp2: () => this.#attributes.hasHttp2,
      mayUpgrade: (request) => front().action?.Type === 'forward' && isWebSocket(request),
      onRequest: (exchange) => serveRequest(front(), exchange),
      onUpgrade: (upgrade) => serveUpgrade(front(), upgrade),
    });
  }

  #definitionOf(listenerArn: string): GatewayListener | undefined {
    return this.#state.Listeners.find(({ ListenerArn }) => ListenerArn === listenerArn);
  }

  #isSameSocket({ options }: Listener, definition: GatewayListener): boolean {
    const { host, port } = this.#hostAndPort(definition);
    const isTls = definition.Protocol === 'HTTPS';
    return options.host === host && options.port === port && (options.tls !== undefined) === isTls;
  }

  #hostAndPort(definition: GatewayListener): { host: string; port: number } {
    return {
      host: this.#around.host ?? this.#state.Address,
      port: definition.Port + this.#around.portOffset,
    };
  }
}

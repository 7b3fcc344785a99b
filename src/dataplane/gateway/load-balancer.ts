import { setTimeout as sleep } from 'node:timers/promises';
import { gatewayEncryptionContext } from '../../aws/gateway-feed.ts';
import type {
  GatewayCertificate,
  GatewayListener,
  GatewayLoadBalancer,
  ListenerStatus,
  ProvenGrant,
  TargetStatus,
} from '../../aws/gateway-feed.ts';
import type { Log } from '../../lib/log.ts';
import { describeError } from '../../lib/log.ts';
import { ControlPlaneRefusal } from './control-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Holder } from './holder.ts';
import { Listener } from './listener.ts';
import { serveRequest, serveUpgrade } from './proxy.ts';
import type { Front } from './proxy.ts';
import type { SecureContexts } from './secure-contexts.ts';
import { ServedCertificate } from './served-certificate.ts';
import { TargetGroup } from './targets.ts';

const rebindMilliseconds = 5_000;
const longestBackOffMilliseconds = 15_000;

/** What the load balancers of a gateway have in common. */
export interface Surroundings {
  readonly controlPlane: ControlPlane;
  readonly holder: Holder;
  readonly contexts: SecureContexts;
  readonly log: Log;
  readonly portOffset: number;
  /** Bound in the place of each load balancer's own address. */
  readonly host: string | undefined;
  readonly chance: () => number;
  /** True while the gateway was cut off for longer than it may serve. */
  readonly isCutOff: () => boolean;
  readonly onListenerStatus: (status: ListenerStatus) => void;
  readonly onTargetStatus: (status: TargetStatus) => void;
}

/** One load balancer as it is served: follows its state in the feed. */
export class LoadBalancer {
  readonly #around: Surroundings;
  readonly #listeners = new Map<string, Listener>();
  readonly #targetGroups = new Map<string, TargetGroup>();
  readonly #served = new Map<string, ServedCertificate>();
  /** GrantIds known to be gone, whatever an older answer of the feed still says. */
  readonly #gone = new Set<string>();
  readonly #stop = new AbortController();
  readonly #decrypting = new Map<
    string,
    { certificate: GatewayCertificate; done: Promise<void> }
  >();
  #state: GatewayLoadBalancer;
  #binding: Promise<void> = Promise.resolve();
  #rebind: NodeJS.Timeout | undefined;

  constructor(state: GatewayLoadBalancer, around: Surroundings) {
    this.#state = state;
    this.#around = around;
  }

  /**
   * Takes the state of the feed. What it takes away is gone when this returns; what it brings is served when
   * the promise resolves (a key that cannot be had because of the control plane is asked for again until then).
   */
  update(state: GatewayLoadBalancer): Promise<void> {
    this.#state = state;
    this.#updateTargetGroups();
    const wanted = this.#wanted();
    for (const [arn, served] of this.#served) {
      if (wanted.get(arn)?.GrantId !== served.grantId) this.#drop(served);
    }
    this.serve();
    const decryptions = [...wanted.values()].map((certificate) => this.#obtain(certificate));
    this.#binding = this.#binding.then(() => this.#bind());
    return Promise.all([...decryptions, this.#binding]).then(() => {});
  }

  /** The grants are gone: when this returns, no handshake succeeds under the certificates that lived on them. */
  revoke(grantIds: ReadonlySet<string>): void {
    for (const grantId of grantIds) this.#gone.add(grantId);
    for (const served of this.#served.values())
      if (grantIds.has(served.grantId)) this.#drop(served);
    this.serve();
  }

  grants(): ProvenGrant[] {
    const wanted = this.#wanted();
    return [...this.#served.values()].map((served) => ({
      KmsKeyArn: wanted.get(served.certificateArn)?.KmsKeyArn ?? '',
      GrantId: served.grantId,
      CertificateArn: served.certificateArn,
      LoadBalancerArn: this.#state.LoadBalancerArn,
    }));
  }

  targetStatuses(): TargetStatus[] {
    return [...this.#targetGroups.values()].flatMap((group) => group.statuses());
  }

  /** Gives every listener the certificates that it may serve now. */
  serve(): void {
    const isCutOff = this.#around.isCutOff();
    for (const definition of this.#state.Listeners) {
      const served = definition.Certificates.flatMap((certificate) => {
        const own = isCutOff ? undefined : this.#served.get(certificate.CertificateArn);
        return own === undefined ? [] : [{ own, isDefault: certificate.IsDefault }];
      });
      this.#listeners.get(definition.ListenerArn)?.serve(
        served.map(({ own }) => own),
        served.find(({ isDefault }) => isDefault)?.own,
      );
    }
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#rebind);
    for (const listener of this.#listeners.values()) listener.close();
    for (const group of this.#targetGroups.values()) group.close();
    for (const served of this.#served.values()) this.#around.contexts.drop(served);
    this.#listeners.clear();
    this.#served.clear();
  }

  /** The certificates of the state that have a grant, by ARN. */
  #wanted(): Map<string, GatewayCertificate & { readonly GrantId: string }> {
    const wanted = new Map<string, GatewayCertificate & { readonly GrantId: string }>();
    for (const certificate of this.#state.Listeners.flatMap((listener) => listener.Certificates)) {
      const { GrantId } = certificate;
      if (GrantId === undefined || this.#gone.has(GrantId)) continue;
      wanted.set(certificate.CertificateArn, { ...certificate, GrantId });
    }
    return wanted;
  }

  #drop(served: ServedCertificate): void {
    this.#served.delete(served.certificateArn);
    this.#around.contexts.drop(served);
  }

  /** Decrypts the key of a certificate unless it is served or being decrypted already. */
  #obtain(certificate: GatewayCertificate & { readonly GrantId: string }): Promise<void> {
    const served = this.#served.get(certificate.CertificateArn);
    if (served?.revision === certificate.Revision && served.grantId === certificate.GrantId)
      return Promise.resolve();
    const running = this.#decrypting.get(certificate.CertificateArn);
    if (running !== undefined && isSameRevision(running.certificate, certificate))
      return running.done;
    const done = this.#decrypt(certificate).finally(() => {
      if (this.#decrypting.get(certificate.CertificateArn)?.done === done) {
        this.#decrypting.delete(certificate.CertificateArn);
      }
    });
    this.#decrypting.set(certificate.CertificateArn, { certificate, done });
    return done;
  }

  async #decrypt(certificate: GatewayCertificate & { readonly GrantId: string }): Promise<void> {
    const { controlPlane, holder, contexts, log } = this.#around;
    const fields = {
      certificateArn: certificate.CertificateArn,
      loadBalancerArn: this.#state.LoadBalancerArn,
    };
    for (
      let wait = 250;
      this.#isWanted(certificate);
      wait = Math.min(wait * 2, longestBackOffMilliseconds)
    ) {
      try {
        const envelope = await controlPlane.decrypt(
          {
            region: this.#state.Region,
            kmsKeyArn: certificate.KmsKeyArn,
            ciphertext: certificate.Ciphertext,
            encryptionContext: gatewayEncryptionContext(
              certificate.CertificateArn,
              this.#state.LoadBalancerArn,
            ),
            attestationDocument: holder.document(),
          },
          this.#stop.signal,
        );
        if (!this.#isWanted(certificate)) return;
        const served = new ServedCertificate(certificate, envelope);
        const replaced = this.#served.get(certificate.CertificateArn);
        this.#served.set(certificate.CertificateArn, served);
        this.serve();
        if (replaced !== undefined) contexts.drop(replaced);
        log.info('serving a certificate', { ...fields, revision: certificate.Revision });
        return;
      } catch (error) {
        if (error instanceof ControlPlaneRefusal && error.code === 'AccessDeniedException') {
          log.warn('the grant is gone', { ...fields, grantId: certificate.GrantId });
          this.revoke(new Set([certificate.GrantId]));
          return;
        }
        if (this.#stop.signal.aborted) return;
        log.warn('the key was not decrypted yet', { ...fields, error: describeError(error) });
      }
      await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  #isWanted(certificate: GatewayCertificate): boolean {
    const wanted = this.#wanted().get(certificate.CertificateArn);
    return (
      !this.#stop.signal.aborted && wanted !== undefined && isSameRevision(wanted, certificate)
    );
  }

  #updateTargetGroups(): void {
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
        this.#targetGroups.set(arn, new TargetGroup(definition, this.#around.onTargetStatus));
      else group.update(definition);
    }
  }

  /** Opens and closes listeners until they are those of the state. */
  async #bind(): Promise<void> {
    clearTimeout(this.#rebind);
    const wanted = new Map(
      this.#state.Listeners.map((listener) => [listener.ListenerArn, listener]),
    );
    for (const [arn, listener] of this.#listeners) {
      const definition = wanted.get(arn);
      if (
        definition !== undefined &&
        isSameSocket(listener, definition, this.#hostAndPort(definition))
      )
        continue;
      listener.close();
      this.#listeners.delete(arn);
    }
    for (const definition of wanted.values()) {
      if (this.#stop.signal.aborted) return;
      if (!this.#listeners.has(definition.ListenerArn)) await this.#open(definition);
    }
    this.serve();
  }

  async #open(definition: GatewayListener): Promise<void> {
    const { log, onListenerStatus } = this.#around;
    const { host, port } = this.#hostAndPort(definition);
    const { ListenerArn } = definition;
    let listener: Listener | undefined;
    try {
      listener = this.#newListener(definition, host, port);
      await listener.listen();
      if (this.#stop.signal.aborted) return listener.close();
      this.#listeners.set(ListenerArn, listener);
      this.serve();
      onListenerStatus({ ListenerArn, State: 'active' });
      log.info('listening', { listenerArn: ListenerArn, host, port });
    } catch (error) {
      const Reason = bindFailure(error, host, port);
      log.error('a listener was not opened', { listenerArn: ListenerArn, reason: Reason });
      onListenerStatus({ ListenerArn, State: 'failed', Reason });
      this.#rebind = setTimeout(() => {
        this.#binding = this.#binding.then(() => this.#bind());
      }, rebindMilliseconds).unref();
    }
  }

  #newListener(definition: GatewayListener, host: string, port: number): Listener {
    const front = (): Front => ({
      protocol: definition.Protocol,
      port: definition.Port,
      action: this.#state.Listeners.find(
        ({ ListenerArn }) => ListenerArn === definition.ListenerArn,
      )?.DefaultActions[0],
      targetGroup: (arn) => this.#targetGroups.get(arn),
      chance: this.#around.chance,
    });
    return new Listener({
      listenerArn: definition.ListenerArn,
      protocol: definition.Protocol,
      host,
      port,
      sslPolicy: definition.SslPolicy,
      contexts: this.#around.contexts,
      log: this.#around.log,
      onRequest: (request, response, isClosing) =>
        serveRequest(front(), request, response, isClosing),
      onUpgrade: (request, socket, head) => serveUpgrade(front(), request, socket, head),
    });
  }

  #hostAndPort(definition: GatewayListener): { host: string; port: number } {
    return {
      host: this.#around.host ?? this.#state.Address,
      port: definition.Port + this.#around.portOffset,
    };
  }
}

function isSameRevision(a: GatewayCertificate, b: GatewayCertificate): boolean {
  return a.Revision === b.Revision && a.GrantId === b.GrantId;
}

function isSameSocket(
  { options }: Listener,
  definition: GatewayListener,
  { host, port }: { host: string; port: number },
): boolean {
  return (
    options.host === host &&
    options.port === port &&
    options.protocol === definition.Protocol &&
    options.sslPolicy === definition.SslPolicy
  );
}

function bindFailure(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `${host}:${port} is in use by another process`;
    case 'EACCES':
      return `the gateway may not bind ${host}:${port}; ports below 1024 need a privilege, or a port offset`;
    case 'EADDRNOTAVAIL':
      return `this machine does not have the address ${host}`;
    default:
      return error instanceof Error ? error.message : 'unknown';
  }
}

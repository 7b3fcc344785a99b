import type { Kysely } from 'kysely';
import { parseArn } from '../../aws/arn.ts';
import { TamperedSet } from '../../aws/authority/authority.ts';
import type {
  GatewayCertificate,
  GatewayListener,
  GatewayLoadBalancer,
  GatewayTargetGroup,
  ProvenGrant,
  ReportStatusRequest,
} from '../../aws/gateway-feed.ts';
import type { Change } from '../../store/change.ts';
import { describeAction } from './domain/action.ts';
import { certificatesOf, type Listener } from './domain/listener.ts';
import { healthCheckPort, type TargetGroup } from './domain/target-group.ts';
import { rememberedChanges } from './feed-sequence.ts';
import type { Elbv2Ports, Material } from './ports.ts';
import type { Elbv2Tables, TargetTable } from './schema.ts';
import type { Place } from './store.ts';
import { isOwn, isTargetAddress } from './target-address.ts';

interface Named extends Place {
  readonly arn: string;
}

/** The state of all load balancers as a gateway needs it, with the number of the last change that is in it. */
export interface Configuration {
  readonly sequence: number;
  readonly loadBalancers: readonly GatewayLoadBalancer[];
  /** ARNs of load balancers that are gone. */
  readonly removed: readonly string[];
}

/** Whether the gateway that asks may hold the key of a certificate now. */
type MayHold = (use: ProvenGrant) => Promise<boolean>;

/** What the gateway's feed reads of this room, over all accounts, and what a gateway reports to it. */
export class ConfigurationSource {
  readonly #db: Kysely<Elbv2Tables>;
  readonly #ports: Elbv2Ports;

  constructor(db: Kysely<Elbv2Tables>, ports: Elbv2Ports) {
    this.#db = db;
    this.#ports = ports;
  }

  /** The number of the last change. */
  async sequence(): Promise<number> {
    const row = await this.#db.selectFrom('elbv2_feed').select('sequence').executeTakeFirst();
    return Number(row?.sequence ?? 0);
  }

  async everything(mayHold: MayHold): Promise<Configuration> {
    const sequence = await this.sequence();
    const all = await this.#db
      .selectFrom('elbv2_load_balancer')
      .select(['account', 'region', 'arn'])
      .orderBy('account')
      .orderBy('region')
      .orderBy('arn')
      .execute();
    return { sequence, loadBalancers: await this.#states(all, mayHold), removed: [] };
  }

  /** What changed after change number `cursor`; undefined when that is unknown or too long ago. */
  async changesAfter(cursor: number, mayHold: MayHold): Promise<Configuration | undefined> {
    // Asked first: what comes while the rest is read is told once more with the next change, and never left out.
    const sequence = await this.sequence();
    const removed = await this.#db
      .selectFrom('elbv2_removed')
      .select(['arn', 'feed_sequence'])
      .where('feed_sequence', '>', cursor)
      .execute();
    const changed = await this.#db
      .selectFrom('elbv2_load_balancer')
      .select(['account', 'region', 'arn', 'feed_sequence'])
      .where('feed_sequence', '>', cursor)
      .limit(rememberedChanges + 1)
      .execute();
    // Asked again: if it is near enough now, nothing that was looked for above had been forgotten.
    const last = await this.sequence();
    if (cursor > last || last - cursor > rememberedChanges) return undefined;
    return {
      sequence,
      loadBalancers: await this.#states(changed, mayHold),
      removed: removed.map(({ arn }) => arn),
    };
  }

  /** Keeps what a gateway saw, so that DescribeLoadBalancers and DescribeTargetHealth tell it. */
  report(change: Change, status: ReportStatusRequest): void {
    for (const listener of status.Listeners) {
      const arn = parseArn(listener.ListenerArn);
      if (arn !== undefined) this.#ports.writer.reportListener(change, arn, listener);
    }
    for (const target of status.Targets) {
      const arn = parseArn(target.TargetGroupArn);
      if (arn !== undefined) this.#ports.writer.reportTarget(change, arn, target);
    }
  }

  onMove(wake: () => void): Disposable {
    return this.#ports.feed.onMove(wake);
  }

  async #states(named: readonly Named[], mayHold: MayHold): Promise<GatewayLoadBalancer[]> {
    const states: GatewayLoadBalancer[] = [];
    for (const each of named) {
      const state = await this.#state(each, mayHold).catch(noneIfTampered);
      if (state !== undefined) states.push(state);
    }
    return states;
  }

  /** Undefined when it is gone meanwhile: its removal is a later change. */
  async #state(named: Named, mayHold: MayHold): Promise<GatewayLoadBalancer | undefined> {
    // A commit between two reads would show a listener without its certificate: read again.
    for (let attempt = 0; ; attempt++) {
      const before = await this.#changeNumber(named);
      const state = await this.#read(named, mayHold);
      if (attempt === 10 || (await this.#changeNumber(named)) === before) return state;
    }
  }

  async #changeNumber({ account, region, arn }: Named): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('elbv2_load_balancer')
      .select('feed_sequence')
      .where('account', '=', account)
      .where('region', '=', region)
      .where('arn', '=', arn)
      .executeTakeFirst();
    return row === undefined ? undefined : Number(row.feed_sequence);
  }

  async #read(named: Named, mayHold: MayHold): Promise<GatewayLoadBalancer | undefined> {
    const { reader, associations } = this.#ports;
    const balancer = await reader.loadBalancer(named, named.arn);
    if (balancer === undefined) return undefined;
    const listeners = await reader.listeners(named, named.arn);
    const groups = await reader.targetGroupsOf(named, named.arn);
    const targets = await reader.targets(
      named,
      groups.map(({ arn }) => arn),
    );
    const material = await associations.materialFor(named.arn);
    const certificates = new Map<string, GatewayCertificate>();
    for (const each of material) {
      const isHeld = await mayHold(useOf(each, named));
      certificates.set(each.certificateArn, certificateFor(each, isHeld));
    }
    return {
      LoadBalancerArn: balancer.arn,
      Account: balancer.account,
      Region: balancer.region,
      DNSName: balancer.dnsName,
      Address: balancer.address,
      Attributes: balancer.attributes,
      Listeners: listeners.map((listener) => listenerFor(listener, certificates)),
      TargetGroups: groups.map((group) =>
        this.#targetGroup(
          group,
          targets.filter(({ target_group_arn }) => target_group_arn === group.arn),
        ),
      ),
    };
  }

  /** Targets are looked at again: where holdfast listens may be another place than when they were registered. */
  #targetGroup(group: TargetGroup, targets: readonly TargetTable[]): GatewayTargetGroup {
    const { healthCheck: check, ipAddressType } = group;
    return {
      TargetGroupArn: group.arn,
      Protocol: group.protocol,
      Port: group.port,
      HealthCheckEnabled: true,
      HealthCheckProtocol: check.protocol,
      HealthCheckPort: check.port,
      HealthCheckPath: check.path,
      HealthCheckIntervalSeconds: check.intervalSeconds,
      HealthCheckTimeoutSeconds: check.timeoutSeconds,
      HealthyThresholdCount: check.healthyThreshold,
      UnhealthyThresholdCount: check.unhealthyThreshold,
      MatcherHttpCode: check.httpCodes,
      Targets: targets
        .filter(
          ({ id, port }) =>
            isTargetAddress(id, ipAddressType) &&
            !isOwn(this.#ports, id, [port, healthCheckPort(group, port)]),
        )
        .map(({ id, port }) => ({ Id: id, Port: port })),
    };
  }
}

/** A gateway goes on with what it knows of one that was tampered with, and hears of all others. */
function noneIfTampered(error: unknown): undefined {
  if (!(error instanceof TamperedSet)) throw error;
}

function useOf({ kmsKeyArn, grantId, certificateArn }: Material, { arn }: Named): ProvenGrant {
  return {
    KmsKeyArn: kmsKeyArn,
    GrantId: grantId,
    CertificateArn: certificateArn,
    LoadBalancerArn: arn,
  };
}

/** Without the GrantId when the gateway may not hold its key: then the certificate is not served. */
function certificateFor(material: Material, isHeld: boolean): GatewayCertificate {
  return {
    CertificateArn: material.certificateArn,
    IsDefault: false,
    CertificatePem: material.certificatePem,
    ...(material.chainPem === undefined ? {} : { ChainPem: material.chainPem }),
    Ciphertext: Buffer.from(material.ciphertext).toString('base64'),
    KmsKeyArn: material.kmsKeyArn,
    ...(isHeld ? { GrantId: material.grantId } : {}),
    Revision: material.revision,
  };
}

function listenerFor(
  listener: Listener,
  material: ReadonlyMap<string, GatewayCertificate>,
): GatewayListener {
  return {
    ListenerArn: listener.arn,
    Protocol: listener.protocol,
    Port: listener.port,
    ...(listener.sslPolicy === undefined ? {} : { SslPolicy: listener.sslPolicy }),
    Certificates: certificatesOf(listener).flatMap((arn) => {
      const certificate = material.get(arn);
      const IsDefault = arn === listener.defaultCertificate;
      return certificate === undefined ? [] : [{ ...certificate, IsDefault }];
    }),
    DefaultActions: [describeAction(listener.action)],
  };
}

import type { Kysely } from 'kysely';
import { parseArn } from '../../aws/arn.ts';
import type { Authority } from '../../aws/authority/authority.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import type { Change } from '../../store/change.ts';
import { ConfigurationSource } from './configuration.ts';
import { certificatesOf } from './domain/listener.ts';
import { FeedSequence } from './feed-sequence.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { Elbv2Ports } from './ports.ts';
import type { Elbv2Tables } from './schema.ts';
import { Elbv2Reader } from './store.ts';
import { Elbv2Writer } from './writer.ts';

export { elbv2AuthoritySets } from './authority-sets.ts';
export { elbv2Migrations, type Elbv2Tables } from './schema.ts';

/** The room's doors: the API, word of changes from others, and what the gateway's feed reads. */
export interface Elbv2 {
  readonly service: Service;
  /**
   * The certificates, keys or grants of a load balancer are others (ACM's `materialChanged`, the end of a
   * grant in KMS): in the same commit its gateway is told. ARNs of other resources are passed over.
   */
  moved(change: Change, resourceArn: string): void;
  readonly configuration: ConfigurationSource;
  /** The HTTPS listeners of a load balancer, and where clients reach them; none when it is gone. */
  listenersOf(loadBalancerArn: string): Promise<readonly ServedListener[]>;
  /** Of all accounts: it reads all listeners. */
  listenerStates(): Promise<ListenerStates>;
}

/** How many listeners there are, by what the gateway reported of them last. */
interface ListenerStates {
  readonly active: number;
  readonly failed: number;
  /** Of these it has not said anything yet. */
  readonly silent: number;
}

interface ServedListener {
  readonly listenerArn: string;
  readonly address: string;
  readonly port: number;
  /** The default one first. */
  readonly certificates: readonly string[];
  /** As the gateway reported last. */
  readonly state?: 'active' | 'failed';
}

export function createElbv2(
  db: Kysely<Elbv2Tables>,
  authority: Authority,
  others: Omit<Elbv2Ports, 'reader' | 'writer' | 'feed'>,
): Elbv2 {
  const feed = new FeedSequence(db);
  const ports: Elbv2Ports = {
    ...others,
    reader: new Elbv2Reader(db, authority),
    writer: new Elbv2Writer(db, authority),
    feed,
  };
  return {
    service: {
      model,
      signingName: 'elasticloadbalancing',
      eventSource: 'elasticloadbalancing.amazonaws.com',
      readOnly: new Set(
        Object.keys(model.operations).filter((name) => name.startsWith('Describe')),
      ),
      isGlobal: false,
      operations: bindOperations(operations, ports),
    },
    moved: (change, resourceArn) => feed.moved(change, resourceArn),
    configuration: new ConfigurationSource(db, ports),
    listenerStates: () => listenerStates(db),
    listenersOf: (arn) => listenersOf(arn, ports.reader),
  };
}

async function listenerStates(db: Kysely<Elbv2Tables>): Promise<ListenerStates> {
  const rows = await db
    .selectFrom('elbv2_listener')
    .select(({ fn }) => ['state', fn.countAll().as('count')])
    .groupBy('state')
    .execute();
  const count = (state: string | null): number =>
    Number(rows.find((row) => row.state === state)?.count ?? 0);
  return { active: count('active'), failed: count('failed'), silent: count(null) };
}

async function listenersOf(
  loadBalancerArn: string,
  reader: Elbv2Reader,
): Promise<readonly ServedListener[]> {
  const place = parseArn(loadBalancerArn);
  const balancer = place && (await reader.loadBalancer(place, loadBalancerArn));
  if (place === undefined || balancer === undefined) return [];
  const listeners = await reader.listeners(place, loadBalancerArn);
  return listeners
    .filter(({ protocol }) => protocol === 'HTTPS')
    .map((listener) => ({
      listenerArn: listener.arn,
      address: balancer.address,
      port: listener.port,
      certificates: certificatesOf(listener),
      ...(listener.state === undefined ? {} : { state: listener.state }),
    }));
}

import type { AuthoritySet, SetOwner } from '../../aws/authority/authority-set.ts';
import type {
  ListenerTable,
  LoadBalancerTable,
  TagTable,
  TargetGroupTable,
  TargetTable,
} from './schema.ts';

type Covered<Table, Reported extends keyof Table> = Omit<Table, Reported>;
type CoveredListener = Covered<ListenerTable, 'state' | 'state_reason'>;
type CoveredTarget = Covered<TargetTable, 'health' | 'health_reason' | 'health_description'>;

export interface BalancerSet {
  readonly balancer: Covered<LoadBalancerTable, 'feed_sequence'> | undefined;
  readonly listeners: readonly CoveredListener[];
}

/** A load balancer with its listeners: what it shows to whom. What the gateway reported of them is no authority. */
export const balancerSet: AuthoritySet<BalancerSet> = {
  kind: 'elbv2-load-balancer',
  tables: [
    {
      name: 'elbv2_load_balancer',
      key: ['account', 'region', 'arn'],
      columns: ['name', 'dns_name', 'address', 'created_at', 'version', 'detail'],
      place: ['account', 'region'],
      owner: 'arn',
    },
    {
      name: 'elbv2_listener',
      key: ['account', 'region', 'arn'],
      columns: ['load_balancer_arn', 'port', 'detail'],
      place: ['account', 'region'],
      owner: 'load_balancer_arn',
    },
  ],
  read: (rows) => ({
    balancer: rows<LoadBalancerTable>('elbv2_load_balancer')[0],
    listeners: rows<CoveredListener>('elbv2_listener'),
  }),
};

export interface TargetGroupSet {
  readonly group: TargetGroupTable | undefined;
  readonly targets: readonly CoveredTarget[];
}

/** A target group with its targets: who gets the requests that the gateway has decrypted. */
export const targetGroupSet: AuthoritySet<TargetGroupSet> = {
  kind: 'elbv2-target-group',
  tables: [
    {
      name: 'elbv2_target_group',
      key: ['account', 'region', 'arn'],
      columns: ['name', 'load_balancer_arn', 'version', 'detail'],
      place: ['account', 'region'],
      owner: 'arn',
    },
    {
      name: 'elbv2_target',
      key: ['account', 'region', 'target_group_arn', 'id', 'port'],
      columns: ['availability_zone'],
      place: ['account', 'region'],
      owner: 'target_group_arn',
    },
  ],
  read: (rows) => ({
    group: rows<TargetGroupTable>('elbv2_target_group')[0],
    targets: rows<CoveredTarget>('elbv2_target'),
  }),
};

/** The tags of a load balancer, listener or target group, of which conditions may speak. */
export const tagSet: AuthoritySet<ReadonlyMap<string, string>> = {
  kind: 'elbv2-tags',
  tables: [
    {
      name: 'elbv2_tag',
      key: ['account', 'region', 'resource_arn', 'key'],
      columns: ['value'],
      place: ['account', 'region'],
      owner: 'resource_arn',
    },
  ],
  read: (rows) => new Map(rows<TagTable>('elbv2_tag').map(({ key, value }) => [key, value])),
};

export const elbv2AuthoritySets = [balancerSet, targetGroupSet, tagSet] as const;

export function ownedBy(
  { account, region }: { readonly account: string; readonly region: string },
  arn: string,
): SetOwner {
  return { account, region, owner: arn };
}

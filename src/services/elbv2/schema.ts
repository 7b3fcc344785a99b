import { watch } from '../../aws/authority/schema.ts';
import type { Migrations } from '../../store/store.ts';
import { elbv2AuthoritySets } from './authority-sets.ts';

/** What a load balancer is found, guarded and ordered by; everything else of it is in `detail`. */
export interface LoadBalancerTable {
  account: string;
  region: string;
  arn: string;
  name: string;
  dns_name: string;
  /** Bound by the gateway; no two load balancers of the installation have the same. */
  address: string;
  created_at: number;
  /** Guards the load balancer, its listeners and the tags of both. */
  version: number;
  /** Place in the order of changes that the gateway follows. */
  feed_sequence: number;
  /** JSON, see `LoadBalancerDetail` in rows.ts. */
  detail: string;
}

export interface ListenerTable {
  account: string;
  region: string;
  arn: string;
  load_balancer_arn: string;
  port: number;
  /** As the gateway reported: `active` or `failed`; null before its first word. */
  state: string | null;
  state_reason: string | null;
  /** JSON, see `ListenerDetail` in rows.ts. */
  detail: string;
}

export interface TargetGroupTable {
  account: string;
  region: string;
  arn: string;
  name: string;
  /** Whose listeners forward to it; null while it is not in use. */
  load_balancer_arn: string | null;
  /** Guards the group, its targets, its use and its tags. */
  version: number;
  /** JSON, see `TargetGroupDetail` in rows.ts. */
  detail: string;
}

export interface TargetTable {
  account: string;
  region: string;
  target_group_arn: string;
  id: string;
  port: number;
  availability_zone: string | null;
  /** As the gateway reported; null before its first word. */
  health: string | null;
  health_reason: string | null;
  health_description: string | null;
}

export interface TagTable {
  account: string;
  region: string;
  resource_arn: string;
  key: string;
  value: string;
}

/** One row: how many changes of load balancers there were. */
interface FeedTable {
  id: number;
  sequence: number;
}

/** Load balancers that are gone, for gateways that have not heard yet. */
interface RemovedTable {
  account: string;
  region: string;
  arn: string;
  feed_sequence: number;
}

export interface Elbv2Tables {
  elbv2_load_balancer: LoadBalancerTable;
  elbv2_listener: ListenerTable;
  elbv2_target_group: TargetGroupTable;
  elbv2_target: TargetTable;
  elbv2_tag: TagTable;
  elbv2_feed: FeedTable;
  elbv2_removed: RemovedTable;
}

export const elbv2Migrations: Migrations = {
  'elbv2-0001': {
    async up(db) {
      const place = (name: string) =>
        db.schema
          .createTable(name)
          .addColumn('account', 'text', (c) => c.notNull())
          .addColumn('region', 'text', (c) => c.notNull());
      const index = (table: string, by: string, columns: string[]) =>
        db.schema.createIndex(`${table}_by_${by}`).on(table).columns(columns).execute();

      await place('elbv2_load_balancer')
        .addColumn('arn', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('dns_name', 'text', (c) => c.notNull().unique())
        .addColumn('address', 'text', (c) => c.notNull().unique())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('feed_sequence', 'bigint', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('elbv2_load_balancer_pk', ['account', 'region', 'arn'])
        .addUniqueConstraint('elbv2_load_balancer_name', ['account', 'region', 'name'])
        .execute();
      await index('elbv2_load_balancer', 'feed_sequence', ['feed_sequence']);

      await place('elbv2_listener')
        .addColumn('arn', 'text', (c) => c.notNull())
        .addColumn('load_balancer_arn', 'text', (c) => c.notNull())
        .addColumn('port', 'integer', (c) => c.notNull())
        .addColumn('state', 'text')
        .addColumn('state_reason', 'text')
        .addColumn('detail', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('elbv2_listener_pk', ['account', 'region', 'arn'])
        .execute();
      await index('elbv2_listener', 'load_balancer', [
        'account',
        'region',
        'load_balancer_arn',
        'arn',
      ]);

      await place('elbv2_target_group')
        .addColumn('arn', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('load_balancer_arn', 'text')
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('elbv2_target_group_pk', ['account', 'region', 'arn'])
        .addUniqueConstraint('elbv2_target_group_name', ['account', 'region', 'name'])
        .execute();
      await index('elbv2_target_group', 'load_balancer', [
        'account',
        'region',
        'load_balancer_arn',
        'arn',
      ]);

      await place('elbv2_target')
        .addColumn('target_group_arn', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('port', 'integer', (c) => c.notNull())
        .addColumn('availability_zone', 'text')
        .addColumn('health', 'text')
        .addColumn('health_reason', 'text')
        .addColumn('health_description', 'text')
        .addPrimaryKeyConstraint('elbv2_target_pk', [
          'account',
          'region',
          'target_group_arn',
          'id',
          'port',
        ])
        .execute();

      await place('elbv2_tag')
        .addColumn('resource_arn', 'text', (c) => c.notNull())
        .addColumn('key', 'text', (c) => c.notNull())
        .addColumn('value', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('elbv2_tag_pk', ['account', 'region', 'resource_arn', 'key'])
        .execute();

      await db.schema
        .createTable('elbv2_feed')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('sequence', 'bigint', (c) => c.notNull())
        .execute();
      await db.insertInto('elbv2_feed').values({ id: 1, sequence: 0 }).execute();

      await place('elbv2_removed')
        .addColumn('arn', 'text', (c) => c.notNull())
        .addColumn('feed_sequence', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('elbv2_removed_pk', ['account', 'region', 'arn'])
        .execute();
      await index('elbv2_removed', 'feed_sequence', ['feed_sequence']);
    },
  },
  'elbv2-0002': {
    async up(db) {
      for (const set of elbv2AuthoritySets) await watch(db, set);
    },
  },
};

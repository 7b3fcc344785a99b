import { watch } from '../../aws/authority/schema.ts';
import type { Migrations } from '../../store/store.ts';
import { assignmentSet, zoneSet, zoneTagSet } from './authority-sets.ts';
import { orderOf } from './domain/names.ts';

/** Route 53 is global: there is no Region in its rows. */
export interface HostedZoneTable {
  account: string;
  id: string;
  name: string;
  caller_reference: string;
  comment: string | null;
  created_at: number;
  record_set_count: number;
  version: number;
}

export interface RecordSetTable {
  account: string;
  zone_id: string;
  /** See `orderOf` in domain/names.ts; the column must be ordered by octets. */
  name_order: string;
  type: string;
  /** JSON of `{ttl, values}` or `{alias}`. */
  detail: string;
}

export interface ChangeTable {
  account: string;
  id: string;
  submitted_at: number;
  comment: string | null;
}

/** The zones of an account in the order of their names; it says only where to look. */
interface ZoneOrderTable {
  account: string;
  /** See `orderOf` in domain/names.ts; the column must be ordered by octets. */
  name_order: string;
  id: string;
}

export interface ZoneTagTable {
  account: string;
  zone_id: string;
  key: string;
  value: string;
}

/** Who may prove control of names under a suffix. */
export interface DomainAssignmentTable {
  suffix: string;
  account: string;
}

export interface Route53Tables {
  route53_hosted_zone: HostedZoneTable;
  route53_record_set: RecordSetTable;
  route53_change: ChangeTable;
  route53_zone_order: ZoneOrderTable;
  route53_zone_tag: ZoneTagTable;
  route53_domain_assignment: DomainAssignmentTable;
}

export const route53Migrations: Migrations = {
  'route53-0001': {
    async up(db) {
      await db.schema
        .createTable('route53_hosted_zone')
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('caller_reference', 'text', (c) => c.notNull())
        .addColumn('comment', 'text')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('record_set_count', 'integer', (c) => c.notNull())
        .addColumn('version', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('route53_hosted_zone_pk', ['account', 'id'])
        .addUniqueConstraint('route53_hosted_zone_name', ['name'])
        .addUniqueConstraint('route53_hosted_zone_reference', ['account', 'caller_reference'])
        .execute();
      await db.schema
        .createTable('route53_record_set')
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('zone_id', 'text', (c) => c.notNull())
        .addColumn('name_order', 'text', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('route53_record_set_pk', [
          'account',
          'zone_id',
          'name_order',
          'type',
        ])
        .execute();
      await db.schema
        .createTable('route53_change')
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('submitted_at', 'bigint', (c) => c.notNull())
        .addColumn('comment', 'text')
        .addPrimaryKeyConstraint('route53_change_pk', ['account', 'id'])
        .execute();
      await db.schema
        .createIndex('route53_change_by_time')
        .on('route53_change')
        .columns(['account', 'submitted_at'])
        .execute();
      await db.schema
        .createTable('route53_domain_assignment')
        .addColumn('suffix', 'text', (c) => c.notNull())
        .addColumn('account', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('route53_domain_assignment_pk', ['suffix'])
        .execute();
    },
  },
  'route53-0002': {
    async up(db) {
      await watch(db, assignmentSet);
      await watch(db, zoneSet);
    },
  },
  'route53-0003': {
    async up(db) {
      await db.schema
        .createTable('route53_zone_order')
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('name_order', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('route53_zone_order_pk', ['account', 'name_order'])
        .execute();
      const zones: Pick<HostedZoneTable, 'account' | 'id' | 'name'>[] = await db
        .selectFrom('route53_hosted_zone')
        .select(['account', 'id', 'name'])
        .execute();
      for (const { account, id, name } of zones) {
        await db
          .insertInto('route53_zone_order')
          .values({ account, name_order: orderOf(name), id })
          .execute();
      }
      await db.schema
        .createTable('route53_zone_tag')
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('zone_id', 'text', (c) => c.notNull())
        .addColumn('key', 'text', (c) => c.notNull())
        .addColumn('value', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('route53_zone_tag_pk', ['account', 'zone_id', 'key'])
        .execute();
      await watch(db, zoneTagSet);
    },
  },
};

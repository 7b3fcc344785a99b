import { sql } from 'kysely';
import type { Migrations } from '../../store/store.ts';

/** One record, with what it can be looked up by. */
export interface EventTable {
  account: string;
  /** Region of the record, or `aws-global` for the services that have none. */
  region: string;
  /** Microseconds since 1970; within a millisecond they count what one process wrote in it. */
  sequence: number;
  event_id: string;
  event_name: string;
  event_source: string;
  /** `true` or `false`, as LookupEvents compares it. */
  read_only: string;
  username: string | null;
  access_key_id: string | null;
  /** JSON of the whole record. */
  record: string;
}

/**
 * Says that there are events with this value of an attribute in this moment. Most calls of a moment find theirs said
 * already: an index over the events themselves would cost each of them several writes in as many places.
 */
interface MomentTable {
  account: string;
  region: string;
  /** Of LookupEvents, all but `EventId`. */
  attribute: string;
  value: string;
  /** See `momentOf`. */
  moment: number;
}

export interface CloudTrailTables {
  cloudtrail_event: EventTable;
  cloudtrail_moment: MomentTable;
}

/** What events are looked up by that stands in a column of its own. */
export const lookupColumns = {
  EventName: 'event_name',
  EventSource: 'event_source',
  ReadOnly: 'read_only',
  Username: 'username',
  AccessKeyId: 'access_key_id',
} as const satisfies Record<string, keyof EventTable>;

/** In the unit of `sequence`: a fifth of a second. */
export const momentLength = 200_000;

export function momentOf(sequence: number): number {
  return Math.floor(sequence / momentLength);
}

export const cloudTrailMigrations: Migrations = {
  'cloudtrail-0001': {
    async up(db) {
      const table = (name: string, ...more: string[]) => {
        const key = ['account', 'region', 'sequence', 'event_id', ...more];
        return key
          .reduce(
            (all, column) =>
              all.addColumn(column, column === 'sequence' ? 'bigint' : 'text', (c) => c.notNull()),
            db.schema.createTable(name),
          )
          .addPrimaryKeyConstraint(`${name}_pk`, key as never);
      };
      await table('cloudtrail_event')
        .addColumn('event_name', 'text', (c) => c.notNull())
        .addColumn('event_source', 'text', (c) => c.notNull())
        .addColumn('read_only', 'text', (c) => c.notNull())
        .addColumn('username', 'text')
        .addColumn('access_key_id', 'text')
        .addColumn('record', 'text', (c) => c.notNull())
        .execute();
      await table('cloudtrail_event_resource', 'attribute', 'value').execute();
      for (const column of ['event_name', 'event_source', 'read_only', 'username', 'access_key_id'])
        await db.schema
          .createIndex(`cloudtrail_event_by_${column}`)
          .on('cloudtrail_event')
          .columns(['account', 'region', column, 'sequence', 'event_id'])
          .execute();
      await db.schema
        .createIndex('cloudtrail_event_by_id')
        .on('cloudtrail_event')
        .columns(['account', 'region', 'event_id'])
        .execute();
      await db.schema
        .createIndex('cloudtrail_event_resource_by_value')
        .on('cloudtrail_event_resource')
        .columns(['account', 'region', 'attribute', 'value', 'sequence', 'event_id'])
        .execute();
    },
  },
  'cloudtrail-0002': {
    async up(db) {
      await db.schema
        .createTable('cloudtrail_moment')
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('region', 'text', (c) => c.notNull())
        .addColumn('attribute', 'text', (c) => c.notNull())
        .addColumn('value', 'text', (c) => c.notNull())
        .addColumn('moment', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('cloudtrail_moment_pk', [
          'account',
          'region',
          'attribute',
          'value',
          'moment',
        ])
        .execute();
      await db.schema
        .createIndex('cloudtrail_moment_by_time')
        .on('cloudtrail_moment')
        .columns(['account', 'region', 'moment'])
        .execute();
      const moment = sql<number>`sequence / ${sql.lit(momentLength)}`;
      for (const [attribute, column] of Object.entries(lookupColumns)) {
        await db
          .insertInto('cloudtrail_moment')
          .columns(['account', 'region', 'attribute', 'value', 'moment'])
          .expression(
            db
              .selectFrom('cloudtrail_event')
              .select([
                'account',
                'region',
                sql.lit(attribute).as('attribute'),
                column,
                moment.as('moment'),
              ])
              .where(column, 'is not', null)
              .distinct(),
          )
          .execute();
        await db.schema.dropIndex(`cloudtrail_event_by_${column}`).execute();
      }
      await db
        .insertInto('cloudtrail_moment')
        .columns(['account', 'region', 'attribute', 'value', 'moment'])
        .expression(
          db
            .selectFrom('cloudtrail_event_resource')
            .select(['account', 'region', 'attribute', 'value', moment.as('moment')])
            .distinct(),
        )
        .execute();
      await db.schema.dropTable('cloudtrail_event_resource').execute();
    },
  },
};

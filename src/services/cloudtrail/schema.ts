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

/** A type or a name of a resource that a record tells of. */
interface EventResourceTable {
  account: string;
  region: string;
  sequence: number;
  event_id: string;
  /** `ResourceType` or `ResourceName`. */
  attribute: string;
  value: string;
}

export interface CloudTrailTables {
  cloudtrail_event: EventTable;
  cloudtrail_event_resource: EventResourceTable;
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
};

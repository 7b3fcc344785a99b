import { watch } from '../../aws/authority/schema.ts';
import { bytes } from '../../store/column-types.ts';
import type { Migrations } from '../../store/store.ts';
import type { Sealed } from '../../lib/secret.ts';
import { targetSet } from './authority-sets.ts';

/** Who hears of events. */
export interface TargetTable {
  /** `file`, or `webhook-` and 16 hexadecimal digits. */
  id: string;
  /** `https`, without credentials; empty for the file, whose place is a setting. */
  url: string;
  /** Whose events it hears; `*` for all accounts. */
  account: string;
  created_at: number;
  /** Key of the signatures; null for the file. */
  secret: Sealed<'webhook-secret'> | null;
  /** The one before, with which is signed as well until another rotation. */
  previous_secret: Sealed<'webhook-secret'> | null;
}

/** The key under which secrets are sealed: holdfast's own. */
export interface SealingKeyTable {
  /** `webhooks`. */
  purpose: string;
  key_id: string;
  backing_key_id: string;
  wrapped: Sealed<'backing-key'>;
}

/** How far a target has come. It confers nothing. */
export interface ProgressTable {
  target_id: string;
  /** Tries of the first event that waits. */
  attempts: number;
  next_try_at: number;
  /** Why the last try failed; null when it did not. */
  last_failure: string | null;
  /** Events that were thrown away undelivered: more than the backlog holds, or too old. */
  dropped: number;
}

/** An event on its way to one target; gone once delivered. */
export interface DeliveryTable {
  target_id: string;
  /** Grows in the order of commits. */
  sequence: number;
  event_id: string;
  created_at: number;
  /** JSON, as it is delivered. */
  body: string;
}

export interface EventTables {
  event_target: TargetTable;
  event_sealing_key: SealingKeyTable;
  event_progress: ProgressTable;
  event_delivery: DeliveryTable;
  /** One row: the sequence of the last event. */
  event_sequence: { n: number };
}

export const eventMigrations: Migrations = {
  'events-0001': {
    async up(db) {
      await db.schema
        .createTable('event_target')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('url', 'text', (c) => c.notNull())
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('secret', bytes as never)
        .addColumn('previous_secret', bytes as never)
        .execute();
      await db.schema
        .createTable('event_sealing_key')
        .addColumn('purpose', 'text', (c) => c.primaryKey().notNull())
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('backing_key_id', 'text', (c) => c.notNull())
        .addColumn('wrapped', bytes as never, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('event_progress')
        .addColumn('target_id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('next_try_at', 'bigint', (c) => c.notNull())
        .addColumn('last_failure', 'text')
        .addColumn('dropped', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('event_delivery')
        .addColumn('target_id', 'text', (c) => c.notNull())
        .addColumn('sequence', 'bigint', (c) => c.notNull())
        .addColumn('event_id', 'text', (c) => c.notNull())
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('body', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('event_delivery_pk', ['target_id', 'sequence'])
        .execute();
      await db.schema
        .createTable('event_sequence')
        .addColumn('n', 'bigint', (c) => c.notNull())
        .execute();
      await db.insertInto('event_sequence').values({ n: 0 }).execute();
      await watch(db, targetSet);
    },
  },
};

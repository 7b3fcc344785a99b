import type { Kysely } from 'kysely';
import type { AuditTrail } from '../../aws/audit/trail.ts';
import type { ServiceModel } from '../../aws/model.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import type { Change } from '../../store/change.ts';
import { removeExpired } from './jobs/remove-expired.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { CloudTrailTables } from './schema.ts';
import { EventReader } from './store.ts';
import { StoredTrail } from './trail.ts';

export { cloudTrailMigrations, type CloudTrailTables } from './schema.ts';

/** The room with its three doors: the API, the pipeline that writes records, and the worker. */
export interface CloudTrail {
  readonly service: Service;
  readonly trail: AuditTrail;
  /** Deletes what is older than 90 days, in small commits. Resolves with the number of events. */
  removeExpired(now: Temporal.Instant, commit: (change: Change) => Promise<void>): Promise<number>;
}

export function createCloudTrail(db: Kysely<CloudTrailTables>): CloudTrail {
  return {
    service: {
      model: withOwnLimits,
      signingName: 'cloudtrail',
      eventSource: 'cloudtrail.amazonaws.com',
      readOnly: new Set(['LookupEvents']),
      isGlobal: false,
      operations: bindOperations(operations, { reader: new EventReader(db) }),
    },
    trail: new StoredTrail(db),
    removeExpired: (now, commit) => removeExpired(db, now, commit),
  };
}

/** CloudTrail has an exception of its own for a page size out of range: the operation looks, not the pipeline. */
const withOwnLimits: ServiceModel = {
  ...model,
  shapes: { ...model.shapes, MaxResults: { type: 'integer' } },
};

import type { Kysely } from 'kysely';
import type { AuditRecord, AuditTrail } from '../../aws/audit-trail.ts';
import type { Change } from '../../store/change.ts';
import { accessKeyId, lookupRegion, resourceAttributes, username } from './domain/event.ts';
import type { CloudTrailTables, EventTable } from './schema.ts';

/** Keeps records in the commit of what they tell of. */
export class StoredTrail implements AuditTrail {
  readonly #db: Kysely<CloudTrailTables>;
  #lastMillisecond = 0;
  #countInMillisecond = 0;

  constructor(db: Kysely<CloudTrailTables>) {
    this.#db = db;
  }

  write(change: Change, records: readonly AuditRecord[], at: Temporal.Instant): void {
    if (records.length === 0) return;
    const rows = records.map((record) => rowOf(record, this.#nextSequence(at)));
    change.write(this.#db.insertInto('cloudtrail_event').values(rows));
    const resources = records.flatMap((record, index) => {
      const { account, region, sequence, event_id } = rows[index] as EventTable;
      return resourceAttributes(record).map((each) => ({
        account,
        region,
        sequence,
        event_id,
        ...each,
      }));
    });
    if (resources.length > 0)
      change.write(this.#db.insertInto('cloudtrail_event_resource').values(resources));
  }

  /** So that records of one millisecond keep their order. */
  #nextSequence({ epochMilliseconds }: Temporal.Instant): number {
    const isSame = epochMilliseconds === this.#lastMillisecond;
    this.#countInMillisecond = isSame ? Math.min(this.#countInMillisecond + 1, 999) : 0;
    this.#lastMillisecond = epochMilliseconds;
    return epochMilliseconds * 1000 + this.#countInMillisecond;
  }
}

function rowOf(record: AuditRecord, sequence: number): EventTable {
  return {
    account: record.recipientAccountId,
    region: lookupRegion(record),
    sequence,
    event_id: record.eventID,
    event_name: record.eventName,
    event_source: record.eventSource,
    read_only: String(record.readOnly),
    username: username(record) ?? null,
    access_key_id: accessKeyId(record) ?? null,
    record: JSON.stringify(record),
  };
}

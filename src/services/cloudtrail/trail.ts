import type { Insertable, Kysely } from 'kysely';
import type { AuditRecord, AuditTrail } from '../../aws/audit/trail.ts';
import type { Change, Compilable } from '../../store/change.ts';
import { accessKeyId, lookupRegion, resourceAttributes, username } from './domain/event.ts';
import type { CloudTrailTables, EventTable } from './schema.ts';

/** Keeps records in the commit of what they tell of. */
export class StoredTrail implements AuditTrail {
  readonly #events: RepeatedInsert<'cloudtrail_event'>;
  readonly #resources: RepeatedInsert<'cloudtrail_event_resource'>;
  #lastMillisecond = 0;
  #countInMillisecond = 0;

  constructor(db: Kysely<CloudTrailTables>) {
    this.#events = new RepeatedInsert(db, 'cloudtrail_event');
    this.#resources = new RepeatedInsert(db, 'cloudtrail_event_resource');
  }

  write(change: Change, records: readonly AuditRecord[], at: Temporal.Instant): void {
    if (records.length === 0) return;
    const rows = records.map((record) => rowOf(record, this.#nextSequence(at)));
    change.write(this.#events.of(rows));
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
    if (resources.length > 0) change.write(this.#resources.of(resources));
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

/**
 * Every call inserts records: Kysely builds the statement once for each number of rows, then only the values
 * differ. All rows have the same members in the same order.
 */
class RepeatedInsert<Table extends keyof CloudTrailTables> {
  readonly #db: Kysely<CloudTrailTables>;
  readonly #table: Table;
  readonly #sqlFor = new Map<number, string>();

  constructor(db: Kysely<CloudTrailTables>, table: Table) {
    this.#db = db;
    this.#table = table;
  }

  of(rows: readonly Insertable<CloudTrailTables[Table]>[]): Compilable {
    const sql = this.#sqlFor.get(rows.length) ?? this.#build(rows);
    return { compile: () => ({ sql, parameters: rows.flatMap((row) => Object.values(row)) }) };
  }

  #build(rows: readonly Insertable<CloudTrailTables[Table]>[]): string {
    const { sql } = this.#db.insertInto(this.#table).values(rows).compile();
    this.#sqlFor.set(rows.length, sql);
    return sql;
  }
}

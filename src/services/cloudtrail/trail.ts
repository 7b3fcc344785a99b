import type { Insertable, Kysely } from 'kysely';
import type { AuditRecord, AuditTrail } from '../../aws/audit/trail.ts';
import type { Change, Compilable } from '../../store/change.ts';
import { accessKeyId, lookupAttributes, lookupRegion, username } from './domain/event.ts';
import { momentOf, type CloudTrailTables, type EventTable } from './schema.ts';

/** Keeps records in the commit of what they tell of. */
export class StoredTrail implements AuditTrail {
  readonly #events: RepeatedInsert<'cloudtrail_event'>;
  readonly #moments: RepeatedInsert<'cloudtrail_moment'>;
  readonly #said = new SaidInMoment();
  #lastMillisecond = 0;
  #countInMillisecond = 0;

  constructor(db: Kysely<CloudTrailTables>) {
    this.#events = new RepeatedInsert((rows) => db.insertInto('cloudtrail_event').values(rows));
    this.#moments = new RepeatedInsert((rows) =>
      db
        .insertInto('cloudtrail_moment')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing()),
    );
  }

  write(change: Change, records: readonly AuditRecord[], at: Temporal.Instant): void {
    if (records.length === 0) return;
    const rows = records.map((record) => rowOf(record, this.#nextSequence(at)));
    change.write(this.#events.of(rows));
    const moment = momentOf(at.epochMilliseconds * 1000);
    const { rows: unsaid, keys } = this.#said.without(moment, records);
    if (unsaid.length === 0) return this.#said.add(moment, keys);
    change.write(this.#moments.of(unsaid));
    // Not before: a Change that does not hold says nothing.
    change.afterCommit(() => this.#said.add(moment, keys));
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

/** What is durably said of the present moment. */
class SaidInMoment {
  readonly #keys = new Set<string>();
  #moment = 0;

  /** The rows that are still to be written for these records, and the keys of what they say. */
  without(
    moment: number,
    records: readonly AuditRecord[],
  ): { readonly rows: readonly MomentRow[]; readonly keys: Iterable<string> } {
    if (moment !== this.#moment) {
      this.#moment = moment;
      this.#keys.clear();
    }
    const unsaid = new Map<string, MomentRow>();
    const whole: string[] = [];
    for (const record of records) {
      // Nearly every record says the same as one before it.
      const all = allAttributes(record);
      if (this.#keys.has(all)) continue;
      whole.push(all);
      const account = record.recipientAccountId;
      const region = lookupRegion(record);
      for (const { key: attribute, value } of lookupAttributes(record)) {
        const key = `${account} ${region} ${attribute} ${value}`;
        if (!this.#keys.has(key)) unsaid.set(key, { account, region, attribute, value, moment });
      }
    }
    return { rows: [...unsaid.values()], keys: [...unsaid.keys(), ...whole] };
  }

  add(moment: number, keys: Iterable<string>): void {
    if (moment !== this.#moment) return;
    for (const key of keys) this.#keys.add(key);
  }
}

/** The same text for two records only if they are looked up by the same. */
function allAttributes(record: AuditRecord): string {
  const { recipientAccountId, awsRegion, eventSource, eventName, readOnly, resources } = record;
  const by = [recipientAccountId, awsRegion, eventSource, eventName, readOnly];
  return JSON.stringify([...by, username(record), accessKeyId(record), resources]);
}

type MomentRow = Insertable<CloudTrailTables['cloudtrail_moment']>;

/**
 * Every call inserts records: Kysely builds the statement once for each number of rows, then only the values
 * differ. All rows have the same members in the same order.
 */
class RepeatedInsert<Table extends keyof CloudTrailTables> {
  readonly #insert: (rows: readonly Insertable<CloudTrailTables[Table]>[]) => Compilable;
  readonly #sqlFor = new Map<number, string>();

  constructor(insert: (rows: readonly Insertable<CloudTrailTables[Table]>[]) => Compilable) {
    this.#insert = insert;
  }

  of(rows: readonly Insertable<CloudTrailTables[Table]>[]): Compilable {
    const sql = this.#sqlFor.get(rows.length) ?? this.#build(rows);
    return { compile: () => ({ sql, parameters: rows.flatMap((row) => Object.values(row)) }) };
  }

  #build(rows: readonly Insertable<CloudTrailTables[Table]>[]): string {
    const { sql } = this.#insert(rows).compile();
    this.#sqlFor.set(rows.length, sql);
    return sql;
  }
}

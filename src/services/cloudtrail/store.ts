import { sql, type Kysely } from 'kysely';
import { globalRegion } from './domain/event.ts';
import type { LookupAttributeKey } from './model.ts';
import type { CloudTrailTables, EventTable } from './schema.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A position in the order of `sequence, event_id`. */
export interface Position {
  readonly sequence: number;
  readonly eventId: string;
}

export interface Wanted {
  readonly attribute: { readonly key: LookupAttributeKey; readonly value: string } | undefined;
  /** Sequences: `from` is the first that is wanted, `before` the first that is not. */
  readonly from: number;
  readonly before: number;
  /** Only what is older than this. */
  readonly after: Position | undefined;
  readonly limit: number;
}

export type FoundEvent = Pick<EventTable, 'sequence' | 'event_id' | 'record'>;

const columnOf = {
  EventId: 'event_id',
  EventName: 'event_name',
  EventSource: 'event_source',
  ReadOnly: 'read_only',
  Username: 'username',
  AccessKeyId: 'access_key_id',
} as const satisfies Partial<Record<LookupAttributeKey, keyof EventTable>>;

export class EventReader {
  readonly #db: Kysely<CloudTrailTables>;

  constructor(db: Kysely<CloudTrailTables>) {
    this.#db = db;
  }

  /** At most `limit` events, the newest first. Each attribute is a range of an index: the cost depends on `limit` only. */
  async events({ account, region }: Place, wanted: Wanted): Promise<FoundEvent[]> {
    // Where the last page ended is also where the range of the index ends: nothing newer is walked over.
    const before = Math.min(wanted.before, (wanted.after?.sequence ?? Infinity) + 1);
    const ranges = [region, globalRegion].map((each) =>
      this.#range({ account, region: each }, { ...wanted, before }),
    );
    return (await Promise.all(ranges))
      .flat()
      .toSorted((a, b) => b.sequence - a.sequence || (a.event_id < b.event_id ? 1 : -1))
      .slice(0, wanted.limit);
  }

  /** The accounts and Regions that have events, one after the other. */
  async nextPlace(after: Place): Promise<Place | undefined> {
    return this.#db
      .selectFrom('cloudtrail_event')
      .select(['account', 'region'])
      .where(sql<boolean>`(account, region) > (${after.account}, ${after.region})`)
      .orderBy('account')
      .orderBy('region')
      .limit(1)
      .executeTakeFirst();
  }

  /** At most `limit` events of before `sequence`, the oldest first. */
  async oldest(place: Place, before: number, limit: number): Promise<Position[]> {
    const rows = await this.#db
      .selectFrom('cloudtrail_event')
      .select(['sequence', 'event_id'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('sequence', '<', before)
      .orderBy('sequence')
      .orderBy('event_id')
      .limit(limit)
      .execute();
    return rows.map(({ sequence, event_id }) => ({ sequence, eventId: event_id }));
  }

  #range(place: Place, { attribute, from, before, after, limit }: Wanted): Promise<FoundEvent[]> {
    const key = attribute?.key;
    if (key === 'ResourceType' || key === 'ResourceName')
      return this.#byResource(
        place,
        { attribute: key, value: attribute?.value ?? '' },
        { from, before, after, limit },
      );
    let query = this.#db
      .selectFrom('cloudtrail_event')
      .select(['sequence', 'event_id', 'record'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('sequence', '>=', from)
      .where('sequence', '<', before)
      .orderBy('sequence', 'desc')
      .orderBy('event_id', 'desc')
      .limit(limit);
    if (attribute !== undefined && key !== undefined)
      query = query.where(columnOf[key], '=', attribute.value);
    if (after !== undefined) query = query.where(olderThan(after));
    return query.execute();
  }

  #byResource(
    place: Place,
    { attribute, value }: { attribute: string; value: string },
    { from, before, after, limit }: Omit<Wanted, 'attribute'>,
  ): Promise<FoundEvent[]> {
    let found = this.#db
      .selectFrom('cloudtrail_event_resource')
      .select(['account', 'region', 'sequence', 'event_id'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('attribute', '=', attribute)
      .where('value', '=', value)
      .where('sequence', '>=', from)
      .where('sequence', '<', before)
      .orderBy('sequence', 'desc')
      .orderBy('event_id', 'desc')
      .limit(limit);
    if (after !== undefined) found = found.where(olderThan(after));
    return this.#db
      .selectFrom(found.as('found'))
      .innerJoin('cloudtrail_event as event', (join) =>
        join
          .onRef('event.account', '=', 'found.account')
          .onRef('event.region', '=', 'found.region')
          .onRef('event.sequence', '=', 'found.sequence')
          .onRef('event.event_id', '=', 'found.event_id'),
      )
      .select(['event.sequence', 'event.event_id', 'event.record'])
      .execute();
  }
}

function olderThan({ sequence, eventId }: Position) {
  return sql<boolean>`(sequence, event_id) < (${sequence}, ${eventId})`;
}

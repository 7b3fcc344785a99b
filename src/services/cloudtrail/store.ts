import { sql, type Kysely } from 'kysely';
import { globalRegion, tellsOfResource, type LookupAttribute } from './domain/event.ts';
import {
  lookupColumns,
  momentLength,
  momentOf,
  type CloudTrailTables,
  type EventTable,
} from './schema.ts';

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
  readonly attribute:
    | LookupAttribute
    | { readonly key: 'EventId'; readonly value: string }
    | undefined;
  /** Sequences: `from` is the first that is wanted, `before` the first that is not. */
  readonly from: number;
  readonly before: number;
  /** Only what is older than this. */
  readonly after: Position | undefined;
  readonly limit: number;
}

export type FoundEvent = Pick<EventTable, 'sequence' | 'event_id' | 'record'>;

export class EventReader {
  readonly #db: Kysely<CloudTrailTables>;

  constructor(db: Kysely<CloudTrailTables>) {
    this.#db = db;
  }

  /** At most `limit` events, the newest first. Each attribute is a range of an index of moments: the cost
   * depends on `limit`, and on how much happened in the moments of what is found. */
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

  #range(place: Place, wanted: Wanted): Promise<FoundEvent[]> {
    const { attribute } = wanted;
    if (attribute === undefined) return this.#events(place, wanted).limit(wanted.limit).execute();
    if (attribute.key !== 'EventId') return this.#byMoments(place, attribute, wanted);
    return this.#events(place, wanted)
      .where('event_id', '=', attribute.value)
      .limit(wanted.limit)
      .execute();
  }

  /** Each moment that is looked into has at least one event, save at the ends of the range. */
  async #byMoments(
    place: Place,
    attribute: LookupAttribute,
    wanted: Wanted,
  ): Promise<FoundEvent[]> {
    const found: FoundEvent[] = [];
    let { before } = wanted;
    for (;;) {
      const missing = wanted.limit - found.length;
      const moments = await this.#moments(place, attribute, { ...wanted, before, limit: missing });
      for (const { moment } of moments) {
        const start = Number(moment) * momentLength;
        const inside = {
          ...wanted,
          from: Math.max(wanted.from, start),
          before: Math.min(before, start + momentLength),
        };
        found.push(...(await this.#inMoment(place, attribute, inside)));
        if (found.length >= wanted.limit) return found.slice(0, wanted.limit);
        before = start;
      }
      if (moments.length < missing) return found;
    }
  }

  #moments(
    place: Place,
    { key, value }: LookupAttribute,
    { from, before, limit }: Pick<Wanted, 'from' | 'before' | 'limit'>,
  ) {
    return this.#db
      .selectFrom('cloudtrail_moment')
      .select('moment')
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('attribute', '=', key)
      .where('value', '=', value)
      .where('moment', '>=', momentOf(from))
      .where('moment', '<=', momentOf(before - 1))
      .orderBy('moment', 'desc')
      .limit(limit)
      .execute();
  }

  async #inMoment(place: Place, attribute: LookupAttribute, wanted: Wanted): Promise<FoundEvent[]> {
    const { key, value } = attribute;
    const events = this.#events(place, wanted);
    if (key === 'ResourceType' || key === 'ResourceName') {
      const all = await events.execute();
      return all.filter(({ record }) => tellsOfResource(record, attribute));
    }
    return events.where(lookupColumns[key], '=', value).limit(wanted.limit).execute();
  }

  #events(place: Place, { from, before, after }: Omit<Wanted, 'attribute' | 'limit'>) {
    const query = this.#db
      .selectFrom('cloudtrail_event')
      .select(['sequence', 'event_id', 'record'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('sequence', '>=', from)
      .where('sequence', '<', before)
      .orderBy('sequence', 'desc')
      .orderBy('event_id', 'desc');
    return after === undefined ? query : query.where(olderThan(after));
  }
}

function olderThan({ sequence, eventId }: Position) {
  return sql<boolean>`(sequence, event_id) < (${sequence}, ${eventId})`;
}

import { sql, type Kysely } from 'kysely';
import { Change } from '../../../store/change.ts';
import { momentOf, type CloudTrailTables } from '../schema.ts';
import { EventReader, type Place, type Position } from '../store.ts';

/** Days for which LookupEvents answers. @see AWS CloudTrail User Guide, "Working with CloudTrail event history" */
export const retentionDays = 90;
const batchSize = 500;

/** Deletes what is older than 90 days, in commits of at most 500 events. Resolves with their number. */
export async function removeExpired(
  db: Kysely<CloudTrailTables>,
  now: Temporal.Instant,
  commit: (change: Change) => Promise<void>,
): Promise<number> {
  const reader = new EventReader(db);
  const before = now.subtract({ hours: retentionDays * 24 }).epochMilliseconds * 1000;
  let removed = 0;
  let place = await reader.nextPlace({ account: '', region: '' });
  while (place !== undefined) {
    const batch = await reader.oldest(place, before, batchSize);
    const last = batch.at(-1);
    if (last !== undefined) {
      await commit(removal(db, place, last));
      removed += batch.length;
    }
    if (batch.length < batchSize) place = await reader.nextPlace(place);
  }
  return removed;
}

function removal(db: Kysely<CloudTrailTables>, place: Place, last: Position): Change {
  const change = new Change();
  change.write(
    db
      .deleteFrom('cloudtrail_event')
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where(sql<boolean>`(sequence, event_id) <= (${last.sequence}, ${last.eventId})`),
  );
  // The last moment may have events that stay.
  change.write(
    db
      .deleteFrom('cloudtrail_moment')
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('moment', '<', momentOf(last.sequence)),
  );
  return change;
}

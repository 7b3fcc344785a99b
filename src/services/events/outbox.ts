import type { Kysely } from 'kysely';
import type { Change } from '../../store/change.ts';
import type { DeliveryTable, EventTables, ProgressTable } from './schema.ts';
import { everyAccount } from './targets.ts';

/** Of one target: what comes when so many wait throws the oldest away. */
export const maxBacklog = 10_000;
/** What could not be delivered for so long is thrown away. */
export const maxAgeHours = 14 * 24;

/** Events that were told and not yet delivered, in order for each target. */
export class Outbox {
  readonly #db: Kysely<EventTables>;

  constructor(db: Kysely<EventTables>) {
    this.#db = db;
  }

  /** Keeps an event for all who hear of the account; costs nothing to speak of where nobody does. */
  put(
    change: Change,
    event: { readonly id: string; readonly account: string; readonly body: string },
    at: Temporal.Instant,
  ): void {
    const hearing = this.#db
      .selectFrom('event_target')
      .where('account', 'in', [everyAccount, event.account]);
    change.write(
      this.#db
        .updateTable('event_sequence')
        .set((eb) => ({ n: eb('n', '+', 1) }))
        .where((eb) => eb.exists(hearing.select('id'))),
    );
    change.write(
      this.#db
        .insertInto('event_delivery')
        .columns(['target_id', 'sequence', 'event_id', 'created_at', 'body'])
        .expression((eb) =>
          hearing.select([
            'id',
            eb.selectFrom('event_sequence').select('n').as('sequence'),
            // Of what sort a value is, PostgreSQL cannot tell here.
            eb.cast<string>(eb.val(event.id), 'text').as('event_id'),
            eb.cast<number>(eb.val(at.epochMilliseconds), 'bigint').as('created_at'),
            eb.cast<string>(eb.val(event.body), 'text').as('body'),
          ]),
        ),
    );
  }

  /** For one target only. */
  putFor(
    change: Change,
    target: string,
    event: { readonly id: string; readonly body: string },
    at: Temporal.Instant,
  ): void {
    change.write(this.#db.updateTable('event_sequence').set((eb) => ({ n: eb('n', '+', 1) })));
    change.write(
      this.#db.insertInto('event_delivery').values((eb) => ({
        target_id: target,
        sequence: eb.selectFrom('event_sequence').select('n'),
        event_id: event.id,
        created_at: at.epochMilliseconds,
        body: event.body,
      })),
    );
  }

  async progress(): Promise<readonly ProgressTable[]> {
    return this.#db
      .selectFrom('event_progress')
      .select(['target_id', 'attempts', 'next_try_at', 'last_failure', 'dropped'])
      .execute();
  }

  /** The oldest `limit` that wait for a target. */
  waiting(target: string, limit: number): Promise<DeliveryTable[]> {
    return this.#db
      .selectFrom('event_delivery')
      .select(['target_id', 'sequence', 'event_id', 'created_at', 'body'])
      .where('target_id', '=', target)
      .orderBy('sequence')
      .limit(limit)
      .execute();
  }

  /** How many wait; never counts further than the backlog goes. */
  async backlog(target: string): Promise<number> {
    const { n } = await this.#db
      .selectFrom((eb) =>
        eb
          .selectFrom('event_delivery')
          .select('sequence')
          .where('target_id', '=', target)
          .limit(maxBacklog + 1)
          .as('found'),
      )
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  }

  /** All up to this one. */
  delivered(change: Change, target: string, sequence: number): void {
    change.write(
      this.#db
        .deleteFrom('event_delivery')
        .where('target_id', '=', target)
        .where('sequence', '<=', sequence),
    );
    change.write(
      this.#db
        .updateTable('event_progress')
        .set({ attempts: 0, next_try_at: 0, last_failure: null })
        .where('target_id', '=', target)
        .where('attempts', '<>', 0),
    );
  }

  failed(
    change: Change,
    progress: Pick<ProgressTable, 'target_id' | 'attempts' | 'next_try_at' | 'last_failure'>,
  ): void {
    const { target_id, ...values } = progress;
    change.write(
      this.#db.updateTable('event_progress').set(values).where('target_id', '=', target_id),
    );
  }

  /**
   * The last event of a target that has to go: it is too old, or more than the backlog holds have come after it.
   * Looks at no more than the backlog.
   */
  async lastToDrop(target: string, now: Temporal.Instant): Promise<number | undefined> {
    const ofTarget = this.#db
      .selectFrom('event_delivery')
      .select('sequence')
      .where('target_id', '=', target);
    const beyond = await ofTarget
      .orderBy('sequence', 'desc')
      .offset(maxBacklog)
      .limit(1)
      .executeTakeFirst();
    const tooOld = now.subtract({ hours: maxAgeHours }).epochMilliseconds;
    const old = await this.#db
      .selectFrom(ofTarget.select('created_at').orderBy('sequence').limit(maxBacklog).as('found'))
      .select((eb) => eb.fn.max('sequence').as('last'))
      .where('created_at', '<', tooOld)
      .executeTakeFirst();
    const last = Math.max(Number(beyond?.sequence ?? 0), Number(old?.last ?? 0));
    return last === 0 ? undefined : last;
  }

  drop(change: Change, target: string, last: number): void {
    const dropped = this.#db
      .selectFrom('event_delivery')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('target_id', '=', target)
      .where('sequence', '<=', last);
    change.write(
      this.#db
        .updateTable('event_progress')
        .set((eb) => ({ dropped: eb('dropped', '+', dropped) }))
        .where('target_id', '=', target),
    );
    change.write(
      this.#db
        .deleteFrom('event_delivery')
        .where('target_id', '=', target)
        .where('sequence', '<=', last),
    );
  }
}

import type { Kysely } from 'kysely';
import type { Change } from '../../store/change.ts';
import type { AcmeTables } from './schema.ts';

/** Rows that no order has taken away: of certificates that were deleted meanwhile. */
const mostDays = 8;

/** TXT records of open orders, at the names to which validation records lead. The DNS answers from here. */
export class Challenges {
  readonly #db: Kysely<AcmeTables>;

  constructor(db: Kysely<AcmeTables>) {
    this.#db = db;
  }

  /** What all open orders want to have there. @param name plain */
  async valuesAt(name: string): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('acme_challenge')
      .select('value')
      .where('name', '=', name)
      .execute();
    return [...new Set(rows.map(({ value }) => value))];
  }

  publish(
    change: Change,
    records: readonly { readonly name: string; readonly value: string }[],
    orderUrl: string,
    now: Temporal.Instant,
  ): void {
    change.write(
      this.#db.deleteFrom('acme_challenge').where('expires_at', '<', now.epochMilliseconds),
    );
    const expires_at = now.add({ hours: mostDays * 24 }).epochMilliseconds;
    for (const { name, value } of records) {
      const row = { name, value, order_url: orderUrl, expires_at };
      change.write(
        this.#db
          .insertInto('acme_challenge')
          .values(row)
          .onConflict((conflict) => conflict.doNothing()),
      );
    }
  }

  remove(change: Change, orderUrl: string): void {
    change.write(this.#db.deleteFrom('acme_challenge').where('order_url', '=', orderUrl));
  }
}

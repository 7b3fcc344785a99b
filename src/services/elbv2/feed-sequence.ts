import type { Kysely } from 'kysely';
import { parseArn } from '../../aws/arn.ts';
import type { Change } from '../../store/change.ts';
import type { Elbv2Tables } from './schema.ts';
import { faultPoint } from '../../lib/fault-points.ts';

/** A gateway that is further behind gets everything, so what was removed before is forgotten. */
export const rememberedChanges = 1000;

/**
 * Numbers the changes of load balancers. The counter's row is incremented in the same transaction as the
 * change: with SQLite's single writer, and with PostgreSQL's lock on that row until the commit, the order of
 * the numbers is the order of the commits, so that who has seen number n never misses one below it.
 */
export class FeedSequence {
  readonly #db: Kysely<Elbv2Tables>;
  readonly #listeners = new Set<() => void>();

  constructor(db: Kysely<Elbv2Tables>) {
    this.#db = db;
  }

  /** Something of the load balancer is another: its gateway hears of it. Other resources are no concern of the feed. */
  moved(change: Change, resourceArn: string): void {
    const arn = parseArn(resourceArn);
    if (arn?.service !== 'elasticloadbalancing') return;
    this.#count(change);
    change.write(
      this.#db
        .updateTable('elbv2_load_balancer')
        .set((eb) => ({ feed_sequence: eb.selectFrom('elbv2_feed').select('sequence') }))
        .where('account', '=', arn.account)
        .where('region', '=', arn.region)
        .where('arn', '=', resourceArn),
    );
  }

  /** The load balancer's row is deleted by the same Change. */
  removed(change: Change, gone: { account: string; region: string; arn: string }): void {
    const { account, region, arn } = gone;
    this.#count(change);
    change.write(
      this.#db.insertInto('elbv2_removed').values((eb) => ({
        account,
        region,
        arn,
        feed_sequence: eb.selectFrom('elbv2_feed').select('sequence'),
      })),
    );
    change.write(
      this.#db
        .deleteFrom('elbv2_removed')
        .where('feed_sequence', '<=', (eb) =>
          eb
            .selectFrom('elbv2_feed')
            .select((each) => each('sequence', '-', rememberedChanges).as('oldest')),
        ),
    );
  }

  /** Calls `wake` after each commit of this process that moved something, until disposed. */
  onMove(wake: () => void): Disposable {
    this.#listeners.add(wake);
    return { [Symbol.dispose]: () => void this.#listeners.delete(wake) };
  }

  #count(change: Change): void {
    change.write(
      this.#db.updateTable('elbv2_feed').set((eb) => ({ sequence: eb('sequence', '+', 1) })),
      { rows: 1 },
    );
    faultPoint('feed.counted');
    change.afterCommit(() => {
      for (const wake of this.#listeners) wake();
    });
  }
}

import type { Kysely } from 'kysely';
import type { Change } from '../../store/change.ts';
import type { AcmTables, JobTable } from './schema.ts';
import type { JobKind, Place } from './store.ts';

/** When what runs without a caller is due, and who has it in work. */
export class JobWriter {
  readonly #db: Kysely<AcmTables>;

  constructor(db: Kysely<AcmTables>) {
    this.#db = db;
  }

  /** Sets the one job of this kind to `due`, whether there was one or not. */
  schedule(
    change: Change,
    certificate: Place & { arn: string },
    kind: JobKind,
    due: Temporal.Instant,
    attempts = 0,
  ): void {
    change.write(
      this.#db
        .insertInto('acm_job')
        .values({
          account: certificate.account,
          region: certificate.region,
          certificate_arn: certificate.arn,
          kind,
          due_at: due.epochMilliseconds,
          attempts,
          is_leased: 0,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'region', 'certificate_arn', 'kind'])
            .doUpdateSet({ due_at: due.epochMilliseconds, attempts, is_leased: 0 }),
        ),
    );
  }

  /** Takes a job until `until`; fails when another worker took it. */
  lease(change: Change, job: JobTable, until: Temporal.Instant): JobTable {
    const leased = {
      ...job,
      due_at: until.epochMilliseconds,
      attempts: job.attempts + 1,
      is_leased: 1,
    };
    this.#moveJob(change, job, leased);
    return leased;
  }

  /** Ends a job that was leased, and leaves the next one of its certificate with the same worker until `until`. */
  handOn(change: Change, job: JobTable, kind: JobKind, until: Temporal.Instant): JobTable {
    const next = {
      ...job,
      kind,
      due_at: until.epochMilliseconds,
      attempts: 1,
      is_leased: 1,
    };
    const { due_at, attempts, is_leased } = next;
    this.finish(change, job);
    change.write(
      this.#db
        .insertInto('acm_job')
        .values(next)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'region', 'certificate_arn', 'kind'])
            .doUpdateSet({ due_at, attempts, is_leased }),
        ),
    );
    return next;
  }

  /** Makes due at once what workers have leased who live no more. */
  endLeases(change: Change, now: Temporal.Instant): void {
    change.write(
      this.#db
        .updateTable('acm_job')
        .set({ due_at: now.epochMilliseconds, is_leased: 0 })
        .where('is_leased', '=', 1),
    );
  }

  /** Who waits for one of these records looks for it at once. @param recordNames with their final dots */
  checkAgain(change: Change, recordNames: readonly string[], now: Temporal.Instant): void {
    change.write(
      this.#db
        .updateTable('acm_job')
        .set({ due_at: now.epochMilliseconds, attempts: 0, is_leased: 0 })
        .where('kind', '=', 'validate-domains' satisfies JobKind)
        .where((eb) =>
          eb(
            eb.refTuple('account', 'region', 'certificate_arn'),
            'in',
            eb
              .selectFrom('acm_awaited_record as awaited')
              .select(['awaited.account', 'awaited.region', 'awaited.certificate_arn'])
              .where('awaited.record_name', 'in', recordNames)
              .$asTuple('account', 'region', 'certificate_arn'),
          ),
        ),
    );
  }

  /** Puts a job that was leased to another time, and says so only if the lease still holds. */
  reschedule(change: Change, job: JobTable, due: Temporal.Instant, attempts: number): void {
    this.#moveJob(change, job, { ...job, due_at: due.epochMilliseconds, attempts, is_leased: 0 });
  }

  finish(change: Change, job: JobTable): void {
    change.write(
      this.#db
        .deleteFrom('acm_job')
        .where('account', '=', job.account)
        .where('region', '=', job.region)
        .where('certificate_arn', '=', job.certificate_arn)
        .where('kind', '=', job.kind)
        .where('due_at', '=', job.due_at),
      { rows: 1 },
    );
  }

  #moveJob(change: Change, from: JobTable, to: JobTable): void {
    change.write(
      this.#db
        .updateTable('acm_job')
        .set({ due_at: to.due_at, attempts: to.attempts, is_leased: to.is_leased })
        .where('account', '=', from.account)
        .where('region', '=', from.region)
        .where('certificate_arn', '=', from.certificate_arn)
        .where('kind', '=', from.kind)
        .where('due_at', '=', from.due_at),
      { rows: 1 },
    );
  }
}

import type { Kysely } from 'kysely';
import type { Change } from '../../store/change.ts';
import type { AcmTables, JobTable } from './schema.ts';
import { jobStatements, type JobStatements } from './statements.ts';
import type { JobKind, Place } from './store.ts';

/** When what runs without a caller is due, and who has it in work. */
export class JobWriter {
  readonly #db: Kysely<AcmTables>;
  readonly #statements: JobStatements;

  constructor(db: Kysely<AcmTables>) {
    this.#db = db;
    this.#statements = jobStatements(db);
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
      this.#statements.put({
        account: certificate.account,
        region: certificate.region,
        certificate_arn: certificate.arn,
        kind,
        due_at: due.epochMilliseconds,
        attempts,
        is_leased: 0,
      }),
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
    this.finish(change, job);
    change.write(this.#statements.put(next));
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
    change.write(this.#statements.finish(job), { rows: 1 });
  }

  #moveJob(change: Change, from: JobTable, to: JobTable): void {
    change.write(this.#statements.move({ ...to, was_due_at: from.due_at }), { rows: 1 });
  }
}

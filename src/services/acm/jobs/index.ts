import { accountId, region, type AccountId, type Region } from '../../../aws/arn.ts';
import type { Call } from '../../../aws/call.ts';
import { describeError, type Log } from '../../../lib/log.ts';
import { Change } from '../../../store/change.ts';
import { GuardFailed } from '../../../store/store.ts';
import type { AcmPorts } from '../ports.ts';
import type { JobTable } from '../schema.ts';
import type { JobKind } from '../store.ts';
import { expireCertificate } from './expire-certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import type { JobStep } from './job.ts';
import { renewCertificate } from './renew-certificate.ts';
import { validateDomains } from './validate-domains.ts';

const steps: Readonly<Record<JobKind, JobStep>> = {
  'validate-domains': validateDomains,
  'issue-certificate': issueCertificate,
  'renew-certificate': renewCertificate,
  'expire-certificate': expireCertificate,
};

/** A step that takes longer than this is begun again by somebody else. */
const leaseSeconds = 120;

export interface JobHost {
  readonly commit: (change: Change) => Promise<void>;
  /**
   * Runs `work` with a call of `acm.<region>.amazonaws.com` in the account, commits its Change with the
   * audit records of nested calls, and runs it again when a guard failed.
   */
  readonly runJob: (
    job: { name: string; account: AccountId; region: Region },
    work: (call: Call) => Promise<void>,
  ) => Promise<void>;
  readonly log: Log;
}

/**
 * Begins what is due, at most `limit` jobs, and resolves with those that run now; none of them rejects. The worker
 * calls it again and again, also while some still wait for a slow name server; several workers may. A job that
 * throws is tried again later, for ever.
 */
export async function startDueJobs(
  when: { now: Temporal.Instant; limit: number },
  ports: AcmPorts,
  host: JobHost,
): Promise<readonly Promise<void>[]> {
  const due = await ports.reader.dueJobs(when.now, when.limit);
  const leased = await Promise.all(due.map((job) => lease(job, when.now, ports, host)));
  return leased.flatMap((job) => (job === undefined ? [] : [run(job, when.now, ports, host)]));
}

/** Undefined when somebody else has taken the job. */
async function lease(
  job: JobTable,
  now: Temporal.Instant,
  { writer }: AcmPorts,
  host: JobHost,
): Promise<JobTable | undefined> {
  const taking = new Change();
  const leased = writer.jobs.lease(taking, job, now.add({ seconds: leaseSeconds }));
  try {
    await host.commit(taking);
    return leased;
  } catch (error) {
    if (error instanceof GuardFailed) return undefined;
    throw error;
  }
}

async function run(
  leased: JobTable,
  now: Temporal.Instant,
  ports: AcmPorts,
  host: JobHost,
): Promise<void> {
  try {
    await host.runJob(
      { name: leased.kind, account: accountId(leased.account), region: region(leased.region) },
      async (call) => {
        // Set to another time while this ran (a record appeared): it is done then, on what is there then.
        if (!(await ports.reader.isLeased(leased))) return;
        const certificate = await ports.reader.certificate(call, leased.certificate_arn);
        const step = steps[leased.kind as JobKind];
        if (certificate === undefined) ports.writer.jobs.finish(call.change, leased);
        else await step(leased, certificate, call, ports);
      },
    );
  } catch (error) {
    host.log.warn('a job failed and will be tried again', {
      kind: leased.kind,
      certificate: leased.certificate_arn,
      error: describeError(error),
    });
    await postpone(leased, now, ports, host);
  }
}

/** A job that failed waits 1 s, 2 s, 4 s … at most 10 minutes. */
async function postpone(
  job: JobTable,
  now: Temporal.Instant,
  ports: AcmPorts,
  host: JobHost,
): Promise<void> {
  const change = new Change();
  ports.writer.jobs.reschedule(
    change,
    job,
    now.add({ seconds: Math.min(600, 2 ** Math.min(job.attempts - 1, 10)) }),
    job.attempts,
  );
  try {
    await host.commit(change);
  } catch (error) {
    // Its certificate is gone, somebody set it to another time, or the lease will end by itself.
    host.log.warn('a failed job could not be postponed', {
      certificate: job.certificate_arn,
      error: describeError(error),
    });
  }
}

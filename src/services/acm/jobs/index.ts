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
 * Does what is due, at most `limit` jobs, several at a time; resolves with how many were begun. The worker
 * calls it again and again; several workers may. A job that throws is tried again later, for ever.
 */
export async function runDueJobs(
  when: { now: Temporal.Instant; limit: number },
  ports: AcmPorts,
  host: JobHost,
): Promise<number> {
  const due = await ports.reader.dueJobs(when.now, when.limit);
  const begun = await Promise.all(due.map((job) => runOne(job, when.now, ports, host)));
  return begun.filter(Boolean).length;
}

async function runOne(
  job: JobTable,
  now: Temporal.Instant,
  ports: AcmPorts,
  host: JobHost,
): Promise<boolean> {
  const taking = new Change();
  const leased = ports.writer.lease(taking, job, now.add({ seconds: leaseSeconds }));
  try {
    await host.commit(taking);
  } catch (error) {
    if (error instanceof GuardFailed) return false;
    throw error;
  }
  try {
    await host.runJob(
      { name: job.kind, account: accountId(job.account), region: region(job.region) },
      async (call) => {
        const certificate = await ports.reader.certificate(call, leased.certificate_arn);
        const step = steps[leased.kind as JobKind];
        if (certificate === undefined) ports.writer.finish(call.change, leased);
        else await step(leased, certificate, call, ports);
      },
    );
  } catch (error) {
    host.log.warn('a job failed and will be tried again', {
      kind: job.kind,
      certificate: job.certificate_arn,
      error: describeError(error),
    });
    await postpone(leased, now, ports, host);
  }
  return true;
}

/** A job that failed waits 1 s, 2 s, 4 s … at most 10 minutes. */
async function postpone(
  job: JobTable,
  now: Temporal.Instant,
  ports: AcmPorts,
  host: JobHost,
): Promise<void> {
  const change = new Change();
  ports.writer.reschedule(
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

import { accountId, region, type AccountId, type Region } from '../../../aws/arn.ts';
import type { Call } from '../../../aws/call.ts';
import { faultPoint } from '../../../lib/fault-points.ts';
import { describeError, type Log } from '../../../lib/log.ts';
import { Change } from '../../../store/change.ts';
import { GuardFailed } from '../../../store/store.ts';
import type { AcmPorts } from '../ports.ts';
import type { JobTable } from '../schema.ts';
import type { JobKind } from '../store.ts';
import { announceExpiry } from './announce-expiry.ts';
import { expireCertificate } from './expire-certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import { leaseEnd, type JobStep } from './job.ts';
import { renewCertificate } from './renew-certificate.ts';
import { validateDomains } from './validate-domains.ts';

const steps: Readonly<Record<JobKind, JobStep>> = {
  'validate-domains': validateDomains,
  'issue-certificate': issueCertificate,
  'renew-certificate': renewCertificate,
  'expire-certificate': expireCertificate,
  'announce-expiry': announceExpiry,
};

export interface JobHost {
  readonly commit: (change: Change) => Promise<void>;
  /** The same, as soon as the store works: rejects for the store's sake only when the process ends. */
  readonly commitLater: (change: Change) => Promise<void>;
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
  const leased = await lease(due, when.now, ports, host);
  return leased.map((job) => run(job, when.now, ports, host));
}

/** All in one commit. @returns those that nobody else has taken meanwhile */
async function lease(
  due: readonly JobTable[],
  now: Temporal.Instant,
  ports: AcmPorts,
  host: JobHost,
): Promise<readonly JobTable[]> {
  const taking = new Change();
  const leased = due.map((job) => ports.writer.jobs.lease(taking, job, leaseEnd(now)));
  try {
    if (!taking.isEmpty) await host.commit(taking);
    return leased;
  } catch (error) {
    if (!(error instanceof GuardFailed)) throw error;
    if (due.length === 1) return [];
    const each = due.map((job) => lease([job], now, ports, host));
    return (await Promise.all(each)).flat();
  }
}

async function run(
  leased: JobTable,
  now: Temporal.Instant,
  ports: AcmPorts,
  host: JobHost,
): Promise<void> {
  let job = leased;
  faultPoint('job.leased', leased.kind);
  try {
    for (let next: JobTable | void = job; next !== undefined;) {
      job = next;
      next = await runStep(job, ports, host);
    }
  } catch (error) {
    host.log.warn('a job failed and will be tried again', {
      kind: job.kind,
      certificate: job.certificate_arn,
      error: describeError(error),
    });
    await postpone(job, now, ports, host);
  }
}

/** @returns what to go on with */
async function runStep(job: JobTable, ports: AcmPorts, host: JobHost): Promise<JobTable | void> {
  const { writer, reader } = ports;
  const outcome: { next?: JobTable | void } = {};
  let tries = 0;
  await host.runJob(
    { name: job.kind, account: accountId(job.account), region: region(job.region) },
    async (call) => {
      outcome.next = undefined;
      // Set to another time while this ran (a record appeared): it is done then, on what is there then. Every step's
      // Change holds only while the job is leased, so that it need not be asked before.
      if (tries++ > 0 && !(await reader.isLeased(job))) return;
      const certificate = await reader.certificate(call, job.certificate_arn);
      if (certificate === undefined) writer.jobs.finish(call.change, job);
      else outcome.next = await steps[job.kind as JobKind](job, certificate, call, ports);
    },
  );
  return outcome.next;
}

/**
 * A job that failed waits 1 s, 2 s, 4 s … at most 10 minutes. Where names are proved, all looks before count as tries:
 * then at most as long as between two of them.
 */
function secondsToNextTry({ kind, attempts }: JobTable): number {
  const most = (kind as JobKind) === 'validate-domains' ? 60 : 600;
  return Math.min(most, 2 ** Math.min(attempts - 1, 10));
}

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
    now.add({ seconds: secondsToNextTry(job) }),
    job.attempts,
  );
  try {
    // Where the store fails, that is why the job did.
    await host.commitLater(change);
  } catch (error) {
    // Its certificate is gone, somebody set it to another time, or the lease will end by itself.
    host.log.warn('a failed job could not be postponed', {
      certificate: job.certificate_arn,
      error: describeError(error),
    });
  }
}

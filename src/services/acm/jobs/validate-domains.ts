import type { Call } from '../../../aws/call.ts';
import { IssuerRefusal } from '../../../issuance/index.ts';
import {
  failed,
  isTooLate,
  isProved,
  secondsToNextCheck,
  validated,
  validationDeadline,
  type Certificate,
} from '../domain/certificate.ts';
import { isAmazonName } from '../domain/names.ts';
import type { AcmPorts } from '../ports.ts';
import type { JobTable } from '../schema.ts';
import { prepareIssuance } from './issue-certificate.ts';
import { leaseEnd, type JobStep } from './job.ts';
import { lookAtNames } from './look-at-names.ts';

/**
 * Looks for the CNAMEs of a requested certificate, until all are there or 72 hours are over. When they are, the key pair
 * and what the issuer will sign are kept in the same commit.
 */
export const validateDomains: JobStep = async (job, certificate, call, ports) => {
  if (certificate.status !== 'PENDING_VALIDATION')
    return ports.writer.jobs.finish(call.change, job);
  if (certificate.names.some(isAmazonName)) {
    ports.writer.update(call.change, certificate, failed(certificate, 'DOMAIN_NOT_ALLOWED'));
    return ports.writer.jobs.finish(call.change, job);
  }
  const { proved, obstacles } = await lookAtNames(
    certificate.account,
    certificate.validations,
    ports,
  );
  const now = call.clock.now();
  const next = validated(certificate, proved, now);
  if (next.status === 'PENDING_VALIDATION' && isProved(next.validations)) {
    const caa = await ports.caa.check(certificate);
    if (caa.verdict === 'allowed') return order(job, certificate, next, call, ports);
    obstacles.push(...caa.reasons);
    if (caa.verdict === 'forbidden' || isTooLate(certificate, now))
      return refuse(job, { certificate, proved: next, obstacles }, call, ports);
  }
  ports.writer.keepFinding(call.change, certificate, obstacles, now);
  if (next.status !== certificate.status || proved.size > 0)
    ports.writer.update(call.change, certificate, next);
  if (next.status !== 'PENDING_VALIDATION') return ports.writer.jobs.finish(call.change, job);
  const due = now.add({ seconds: secondsToNextCheck(job.attempts - 1) });
  const deadline = validationDeadline(certificate);
  ports.writer.jobs.reschedule(
    call.change,
    job,
    Temporal.Instant.compare(due, deadline) < 0 ? due : deadline,
    job.attempts,
  );
};

/** As ACM: nothing is ordered of a CA that the domain's CAA records do not allow. */
function refuse(
  job: JobTable,
  {
    certificate,
    proved,
    obstacles,
  }: { certificate: Certificate; proved: Certificate; obstacles: readonly string[] },
  call: Call,
  { writer }: AcmPorts,
): void {
  writer.keepFinding(call.change, certificate, obstacles, call.clock.now());
  writer.update(call.change, certificate, failed(proved, 'CAA_ERROR'));
  return writer.jobs.finish(call.change, job);
}

async function order(
  job: JobTable,
  certificate: Certificate,
  proved: Certificate,
  call: Call,
  ports: AcmPorts,
): Promise<JobTable | void> {
  const { writer } = ports;
  try {
    await prepareIssuance(proved, call, ports);
  } catch (error) {
    if (!(error instanceof IssuerRefusal)) throw error;
    writer.update(call.change, certificate, failed(proved, error.reason));
    return writer.jobs.finish(call.change, job);
  }
  writer.update(call.change, certificate, proved);
  return writer.jobs.handOn(call.change, job, 'issue-certificate', leaseEnd(call.clock.now()));
}

import type { Call } from '../../../aws/call.ts';
import { IssuerRefusal } from '../../../issuance/index.ts';
import {
  failed,
  isProved,
  secondsToNextCheck,
  validated,
  validationDeadline,
  type Certificate,
  type DomainControl,
} from '../domain/certificate.ts';
import { isAmazonName } from '../domain/names.ts';
import type { AcmPorts } from '../ports.ts';
import type { JobTable } from '../schema.ts';
import { prepareIssuance } from './issue-certificate.ts';
import { leaseEnd, type JobStep } from './job.ts';

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
  const proved = await provedNames(certificate.account, certificate.validations, ports);
  const now = call.clock.now();
  const next = validated(certificate, proved, now);
  if (next.status === 'PENDING_VALIDATION' && isProved(next.validations))
    return order(job, certificate, next, call, ports);
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

/** Those of `controls` not proved before whose CNAME is there now. A base name and its wildcard share one look-up. */
export async function provedNames(
  account: string,
  controls: readonly DomainControl[],
  ports: Pick<AcmPorts, 'domainControl'>,
): Promise<Set<string>> {
  const open = controls.filter((each) => each.status !== 'SUCCESS');
  const records = new Map(open.map((each) => [each.recordName, each]));
  const found = await Promise.all(
    [...records.values()].map(async ({ domainName, recordName, recordValue }) =>
      (await ports.domainControl.checkControl({
        account,
        domain: domainName.replace(/^\*\./, ''),
        recordName,
        recordValue,
      }))
        ? recordName
        : undefined,
    ),
  );
  return new Set(
    open.filter((each) => found.includes(each.recordName)).map((each) => each.domainName),
  );
}

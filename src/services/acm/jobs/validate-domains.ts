import {
  failed,
  isProved,
  secondsToNextCheck,
  validated,
  validationDeadline,
  type DomainControl,
} from '../domain/certificate.ts';
import { isAmazonName } from '../domain/names.ts';
import type { AcmPorts } from '../ports.ts';
import { leaseEnd, type JobStep } from './job.ts';

/** Looks for the CNAMEs of a requested certificate, until all are there or 72 hours are over. */
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
  if (next.status !== certificate.status || proved.size > 0)
    ports.writer.update(call.change, certificate, next);
  if (next.status !== 'PENDING_VALIDATION') return ports.writer.jobs.finish(call.change, job);
  if (isProved(next.validations))
    return ports.writer.jobs.handOn(call.change, job, 'issue-certificate', leaseEnd(now));
  const due = now.add({ seconds: secondsToNextCheck(job.attempts - 1) });
  const deadline = validationDeadline(certificate);
  ports.writer.jobs.reschedule(
    call.change,
    job,
    Temporal.Instant.compare(due, deadline) < 0 ? due : deadline,
    job.attempts,
  );
};

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

import { nextRenewalStep, wantsRenewal } from '../domain/renewal.ts';
import { leaseEnd, type JobStep } from './job.ts';
import { provedNames } from './validate-domains.ts';
import { faultPoint } from '../../../lib/fault-points.ts';

/** Proves control of the names anew and then orders a new certificate, if this one is in use or exported. */
export const renewCertificate: JobStep = async (job, certificate, call, ports) => {
  const { writer } = ports;
  const open =
    certificate.renewal?.status === 'PENDING_AUTO_RENEWAL' ||
    certificate.renewal?.status === 'PENDING_VALIDATION'
      ? certificate.renewal.validations
      : certificate.validations.map((each) => ({ ...each, status: 'PENDING_VALIDATION' as const }));
  const proved = wantsRenewal(certificate, call.clock.now())
    ? await provedNames(certificate.account, open, ports)
    : new Set<string>();
  const now = call.clock.now();
  const step = nextRenewalStep(certificate, proved, now);
  switch (step.do) {
    case 'nothing':
      return writer.jobs.finish(call.change, job);
    case 'wait':
      return writer.jobs.reschedule(call.change, job, now.add({ hours: 24 }), 0);
    case 'stop':
      writer.update(call.change, certificate, step.certificate);
      return writer.jobs.reschedule(call.change, job, now.add({ hours: 24 }), 0);
    case 'check-again':
      writer.update(call.change, certificate, step.certificate);
      // From a second to an hour: a renewal has weeks for it.
      return writer.jobs.reschedule(
        call.change,
        job,
        now.add({ seconds: Math.min(3600, 2 ** Math.min(job.attempts - 1, 12)) }),
        job.attempts,
      );
    case 'issue':
      faultPoint('renewal.proved');
      writer.update(call.change, certificate, step.certificate);
      return writer.jobs.handOn(call.change, job, 'issue-certificate', leaseEnd(now));
  }
};

import type { Call } from '../../../aws/call.ts';
import type { Certificate } from '../domain/certificate.ts';
import {
  isRenewing,
  nextRenewalLook,
  nextRenewalStep,
  renewalFailed,
  wantsRenewal,
} from '../domain/renewal.ts';
import type { AcmPorts } from '../ports.ts';
import type { JobTable } from '../schema.ts';
import { leaseEnd, type JobStep } from './job.ts';
import { lookAtNames } from './look-at-names.ts';
import { faultPoint } from '../../../lib/fault-points.ts';

/** Proves control of the names anew and then orders a new certificate, if this one is in use or exported. */
export const renewCertificate: JobStep = async (job, certificate, call, ports) => {
  const { writer } = ports;
  const look = await plannedLook(certificate, call, ports);
  if (look?.isDue === false) return writer.jobs.reschedule(call.change, job, look.at, 0);
  const open =
    certificate.renewal?.status === 'PENDING_AUTO_RENEWAL' ||
    certificate.renewal?.status === 'PENDING_VALIDATION'
      ? certificate.renewal.validations
      : certificate.validations.map((each) => ({ ...each, status: 'PENDING_VALIDATION' as const }));
  const { proved, obstacles } = wantsRenewal(certificate, call.clock.now())
    ? await lookAtNames(certificate.account, open, ports)
    : nothingSeen;
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
      writer.keepFinding(call.change, certificate, obstacles, now);
      return again(job, now, call, ports);
    case 'issue':
      faultPoint('renewal.proved');
      return issueIfAllowed(job, certificate, step.certificate, call, ports);
  }
};

const nothingSeen = { proved: new Set<string>(), obstacles: [] };

/** From a second to an hour: a renewal has weeks for it. */
function again(
  job: JobTable,
  now: Temporal.Instant,
  call: Call,
  { writer }: Pick<AcmPorts, 'writer'>,
): void {
  const seconds = Math.min(3600, 2 ** Math.min(job.attempts - 1, 12));
  writer.jobs.reschedule(call.change, job, now.add({ seconds }), job.attempts);
}

/** CAA records are looked at anew for each certificate, as RFC 8659 §3 has it. */
async function issueIfAllowed(
  job: JobTable,
  certificate: Certificate,
  proved: Certificate,
  call: Call,
  ports: AcmPorts,
): Promise<JobTable | void> {
  const { writer } = ports;
  const { verdict, reasons } = await ports.caa.check(certificate);
  const now = call.clock.now();
  const next = verdict === 'forbidden' ? renewalFailed(proved, 'CAA_ERROR', now) : proved;
  writer.update(call.change, certificate, next);
  if (verdict === 'allowed')
    return writer.jobs.handOn(call.change, job, 'issue-certificate', leaseEnd(now));
  writer.keepFinding(call.change, certificate, reasons, now);
  if (verdict === 'unknown') return again(job, now, call, ports);
  writer.jobs.reschedule(call.change, job, now.add({ hours: 24 }), 0);
}

/** Of a certificate whose CA may say when. Undefined for others, and once the renewal has begun, or was asked for. */
async function plannedLook(
  certificate: Certificate,
  call: Call,
  { reader, renewalAdvice }: AcmPorts,
): Promise<ReturnType<typeof nextRenewalLook> | undefined> {
  const { issuer, leaf } = certificate;
  const isOpen = certificate.status === 'ISSUED' && !isRenewing(certificate);
  if (issuer === undefined || leaf === undefined || !isOpen) return undefined;
  const material = await reader.material(certificate);
  const advice = material && (await renewalAdvice(issuer, material.certificate_pem));
  return nextRenewalLook(leaf, advice, call.clock.now());
}

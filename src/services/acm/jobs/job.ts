import type { Call } from '../../../aws/call.ts';
import type { Certificate } from '../domain/certificate.ts';
import type { AcmPorts } from '../ports.ts';
import type { JobTable } from '../schema.ts';

/** A step that takes longer than this is begun again by somebody else. */
const leaseSeconds = 120;

export function leaseEnd(now: Temporal.Instant): Temporal.Instant {
  return now.add({ seconds: leaseSeconds });
}

/**
 * Does one step. It leaves in `call.change` what it decided, together with the end of the job or its next
 * time, in one commit: a step that is cut off by a crash is done again when its lease ends.
 * @returns the job, leased by that commit, with which the same worker goes on at once
 */
export type JobStep = (
  job: JobTable,
  certificate: Certificate,
  call: Call,
  ports: AcmPorts,
) => Promise<JobTable | void>;

export function ownCall(call: Call): Call {
  return call.as(`acm.${call.region}.amazonaws.com`);
}

import { expired } from '../domain/certificate.ts';
import { expiredEvent } from '../domain/events.ts';
import { isRenewing, renewalFailed } from '../domain/renewal.ts';
import type { JobStep } from './job.ts';

/** Says EXPIRED once NotAfter has passed; a certificate that was renewed meanwhile has a later one. */
export const expireCertificate: JobStep = async (job, certificate, call, { writer, events }) => {
  const now = call.clock.now();
  const next = expired(certificate, now);
  if (next !== certificate) {
    writer.update(
      call.change,
      certificate,
      isRenewing(next) ? renewalFailed(next, 'OTHER', now) : next,
    );
    if (next.type !== 'IMPORTED') events.tell(call, next, expiredEvent(next));
  }
  if (next.status !== 'ISSUED' || next.leaf === undefined)
    return writer.jobs.finish(call.change, job);
  writer.jobs.reschedule(call.change, job, next.leaf.notAfter, 0);
};

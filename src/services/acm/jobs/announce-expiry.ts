import { announcements } from '../domain/events.ts';
import type { JobStep } from './job.ts';

/** Tells once a day that a certificate will end, and when nothing but a person can renew it. */
export const announceExpiry: JobStep = async (job, certificate, call, ports) => {
  const { reader, writer, events } = ports;
  const days = await reader.daysBeforeExpiry(certificate);
  const due = announcements(certificate, days, call.clock.now());
  for (const event of due.events) events.tell(call, certificate, event);
  if (due.next === undefined) writer.jobs.finish(call.change, job);
  else writer.jobs.reschedule(call.change, job, due.next, 0);
};

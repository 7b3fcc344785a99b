import type { Kysely } from 'kysely';
import type { Authority } from '../../aws/authority/authority.ts';
import { bindOperations, type Service } from '../../aws/operation.ts';
import type { Change } from '../../store/change.ts';
import { associationsDoor, type Associations } from './associations.ts';
import { startDueJobs, type JobHost } from './jobs/index.ts';
import { Inspection } from './inspection.ts';
import { measure, type Measured } from './measure.ts';
import { model } from './model.ts';
import { operations } from './operations/index.ts';
import type { AcmPorts } from './ports.ts';
import type { AcmTables } from './schema.ts';
import { AcmReader } from './store.ts';
import { AcmWriter } from './writer.ts';

export { acmAuthoritySets } from './authority-sets.ts';
export { renewalEligibility, validationDeadline } from './domain/certificate.ts';
export { isRenewing, renewalStart } from './domain/renewal.ts';
export type { CertificateFacts } from './inspection.ts';
export { acmMigrations, type AcmTables } from './schema.ts';
export { x509Port } from './x509.ts';

/** Operations whose request, or whose answer, may hold a private key. */
export const acmKeyCarriers: ReadonlySet<string> = new Set([
  'ExportCertificate',
  'ImportCertificate',
]);

/** The room with its three doors: the API, the services that use certificates, and the worker. */
export interface Acm {
  readonly service: Service;
  readonly associations: Associations;
  /** For the operator, over all accounts. */
  readonly inspection: Inspection;
  /** Records with these names (fully qualified, with the final dot) are new in a zone served here: looks for them at once. */
  recordsAppeared(change: Change, recordNames: readonly string[], now: Temporal.Instant): void;
  measure(now: Temporal.Instant): Promise<Measured>;
  /**
   * What a worker had begun when it died is due at once, not when its leases end. The only worker of an
   * installation says so when it starts.
   */
  endLeases(change: Change, now: Temporal.Instant): void;
  /**
   * Begins what is due, at most `limit` jobs, and resolves with those that run now; none of them rejects. The worker
   * calls it every 100 ms, and soon after each commit.
   */
  startDueJobs(
    when: { now: Temporal.Instant; limit: number },
    host: JobHost,
  ): Promise<readonly Promise<void>[]>;
}

export function createAcm(
  db: Kysely<AcmTables>,
  authority: Authority,
  others: Omit<AcmPorts, 'reader' | 'writer'>,
): Acm {
  const ports: AcmPorts = {
    ...others,
    reader: new AcmReader(db, authority),
    writer: new AcmWriter(db, authority, (change, what) => others.events.failed(change, what)),
  };
  return {
    service: {
      model,
      signingName: 'acm',
      eventSource: 'acm.amazonaws.com',
      readOnly: new Set([
        'DescribeCertificate',
        'ExportCertificate',
        'GetAccountConfiguration',
        'GetCertificate',
        'ListCertificates',
        'ListTagsForCertificate',
      ]),
      carriesKeys: acmKeyCarriers,
      isGlobal: false,
      operations: bindOperations(operations, ports),
    },
    associations: associationsDoor(ports),
    inspection: new Inspection(db, ports),
    recordsAppeared(change, recordNames, now) {
      if (recordNames.length === 0) return;
      ports.writer.jobs.checkAgain(change, recordNames, now);
    },
    measure: (now) => measure(db, now),
    endLeases: (change, now) => ports.writer.jobs.endLeases(change, now),
    startDueJobs: (when, host) => startDueJobs(when, ports, host),
  };
}

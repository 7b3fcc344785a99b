import type { Kysely } from 'kysely';
import { repeatedStatement } from '../../store/repeated-query.ts';
import type {
  AcmTables,
  AwaitedRecordTable,
  CertificateTable,
  FindingTable,
  IssuanceTable,
  JobTable,
  MaterialTable,
} from './schema.ts';

type CertificateKey = Pick<CertificateTable, 'account' | 'region' | 'arn'>;
type JobKey = Pick<JobTable, 'account' | 'region' | 'certificate_arn' | 'kind'>;
type CertificateValues = Pick<
  CertificateTable,
  'type' | 'status' | 'key_algorithm' | 'revision' | 'exported_revision' | 'detail' | 'version'
>;

export type CertificateStatements = ReturnType<typeof certificateStatements>;
export type JobStatements = ReturnType<typeof jobStatements>;

/** What every new certificate needs. */
export function certificateStatements(db: Kysely<AcmTables>) {
  return {
    insertCertificate: repeatedStatement((row: CertificateTable) =>
      db.insertInto('acm_certificate').values(row),
    ),
    awaitRecord: repeatedStatement((row: AwaitedRecordTable) =>
      db.insertInto('acm_awaited_record').values(row),
    ),
    /** Touches one row if the version is still what it was. */
    updateCertificate: repeatedStatement(
      ({
        account,
        region,
        arn,
        was,
        ...values
      }: CertificateKey & CertificateValues & { was: number }) =>
        db
          .updateTable('acm_certificate')
          .set(values)
          .where('account', '=', account)
          .where('region', '=', region)
          .where('arn', '=', arn)
          .where('version', '=', was),
    ),
    keepMaterial: repeatedStatement((row: MaterialTable) => {
      const { certificate_pem, chain_pem, ciphertext, kms_key_arn } = row;
      return db
        .insertInto('acm_material')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'region', 'certificate_arn'])
            .doUpdateSet({ certificate_pem, chain_pem, ciphertext, kms_key_arn }),
        );
    }),
    keepIssuance: repeatedStatement((row: IssuanceTable) =>
      db.insertInto('acm_issuance').values(row),
    ),
    updateIssuance: repeatedStatement(
      ({
        account,
        region,
        certificate_arn,
        prepared,
      }: Pick<IssuanceTable, 'account' | 'region' | 'certificate_arn' | 'prepared'>) =>
        db
          .updateTable('acm_issuance')
          .set({ prepared })
          .where('account', '=', account)
          .where('region', '=', region)
          .where('certificate_arn', '=', certificate_arn),
    ),
    keepFinding: repeatedStatement((row: FindingTable) => {
      const { found_at, obstacles } = row;
      return db
        .insertInto('acm_finding')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'region', 'certificate_arn'])
            .doUpdateSet({ found_at, obstacles }),
        );
    }),
    dropIssuance: repeatedStatement(({ account, region, certificate_arn }: Omit<JobKey, 'kind'>) =>
      db
        .deleteFrom('acm_issuance')
        .where('account', '=', account)
        .where('region', '=', region)
        .where('certificate_arn', '=', certificate_arn),
    ),
  };
}

/** What every job needs. Those on a job that is there touch one row if it is due when it was. */
export function jobStatements(db: Kysely<AcmTables>) {
  return {
    /** In the place of one of the same kind. */
    put: repeatedStatement((row: JobTable) => {
      const { due_at, attempts, is_leased } = row;
      return db
        .insertInto('acm_job')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'region', 'certificate_arn', 'kind'])
            .doUpdateSet({ due_at, attempts, is_leased }),
        );
    }),
    move: repeatedStatement((job: JobTable & { was_due_at: number }) =>
      db
        .updateTable('acm_job')
        .set({ due_at: job.due_at, attempts: job.attempts, is_leased: job.is_leased })
        .where('account', '=', job.account)
        .where('region', '=', job.region)
        .where('certificate_arn', '=', job.certificate_arn)
        .where('kind', '=', job.kind)
        .where('due_at', '=', job.was_due_at),
    ),
    finish: repeatedStatement((job: JobKey & Pick<JobTable, 'due_at'>) =>
      db
        .deleteFrom('acm_job')
        .where('account', '=', job.account)
        .where('region', '=', job.region)
        .where('certificate_arn', '=', job.certificate_arn)
        .where('kind', '=', job.kind)
        .where('due_at', '=', job.due_at),
    ),
  };
}

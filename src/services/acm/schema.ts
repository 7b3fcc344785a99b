import { sql, type Kysely } from 'kysely';
import { watch } from '../../aws/authority/schema.ts';
import { bytes } from '../../store/column-types.ts';
import { regionalTable } from '../../store/regional-table.ts';
import type { Migrations } from '../../store/store.ts';
import type { Sealed } from '../../lib/secret.ts';
import { certificateSet } from './authority-sets.ts';

/** What a certificate is found, guarded and ordered by; everything else of it is in `detail`. */
export interface CertificateTable {
  account: string;
  region: string;
  arn: string;
  created_at: number;
  type: string;
  status: string;
  key_algorithm: string;
  export_option: string;
  association_count: number;
  association_version: number;
  revision: number;
  exported_revision: number | null;
  version: number;
  /** JSON, see `CertificateDetail` in rows.ts. */
  detail: string;
}

/** A certificate with its private key as ciphertext of `aws/acm`, bound to `{aws:acm:arn}`. */
export interface MaterialTable {
  account: string;
  region: string;
  certificate_arn: string;
  certificate_pem: string;
  chain_pem: string | null;
  ciphertext: Sealed<'private-key'>;
  kms_key_arn: string;
}

/** One use of a certificate by a resource, with a ciphertext bound to both ARNs. */
export interface AssociationTable {
  account: string;
  region: string;
  certificate_arn: string;
  resource_arn: string;
  context_key: string;
  ciphertext: Sealed<'private-key'>;
  kms_key_arn: string;
  grant_id: string;
  /** Grows whenever the grant or the ciphertext is another one. */
  revision: number;
}

/** An order to the issuer: the key pair is made and what will be signed is fixed, before it is signed. */
export interface IssuanceTable {
  account: string;
  region: string;
  certificate_arn: string;
  ciphertext: Sealed<'private-key'>;
  kms_key_arn: string;
  /** The issuer's own words, given back to it. */
  prepared: string;
}

/** A certificate whose place another one has taken: it still holds, and can be revoked. */
export interface FormerTable {
  account: string;
  region: string;
  certificate_arn: string;
  /** Lower-case hex pairs joined by colons. */
  serial: string;
  not_after: number;
  certificate_pem: string;
}

export interface TagTable {
  account: string;
  region: string;
  certificate_arn: string;
  key: string;
  value: string;
}

export interface TokenTable {
  account: string;
  region: string;
  token: string;
  /** SHA-256 of operation and parameters, hex. */
  parameters: string;
  /** Empty when the call made no certificate. */
  certificate_arn: string;
  expires_at: number;
}

interface ConfigurationTable {
  account: string;
  region: string;
  days_before_expiry: number;
}

/** Work to be done for a certificate at a time. A running job has its time moved to the end of its lease. */
export interface JobTable {
  account: string;
  region: string;
  certificate_arn: string;
  kind: string;
  due_at: number;
  attempts: number;
  /** 1 while a worker does it, or died over it. */
  is_leased: number;
}

/** The names at which records are awaited: to find whom a new record concerns. */
export interface AwaitedRecordTable {
  account: string;
  region: string;
  certificate_arn: string;
  /** Fully qualified, with the final dot. */
  record_name: string;
}

/** What was in the way when the names of a certificate were last looked up: for people, nothing follows from it. */
export interface FindingTable {
  account: string;
  region: string;
  certificate_arn: string;
  found_at: number;
  /** A JSON array of lines. */
  obstacles: string;
}

export interface AcmTables {
  acm_certificate: CertificateTable;
  acm_material: MaterialTable;
  acm_association: AssociationTable;
  acm_issuance: IssuanceTable;
  acm_former_certificate: FormerTable;
  acm_tag: TagTable;
  acm_request_token: TokenTable;
  acm_account_configuration: ConfigurationTable;
  acm_job: JobTable;
  acm_awaited_record: AwaitedRecordTable;
  acm_finding: FindingTable;
}

const since3 = 'acm_former_certificate';
const jobKey = ['account', 'region', 'certificate_arn'] as const;

export const acmMigrations: Migrations = {
  'acm-0001': {
    async up(db) {
      await regionalTable(db, 'acm_certificate', 'arn')
        .addColumn('created_at', 'bigint', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('key_algorithm', 'text', (c) => c.notNull())
        .addColumn('export_option', 'text', (c) => c.notNull())
        .addColumn('association_count', 'integer', (c) => c.notNull())
        .addColumn('association_version', 'integer', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('exported_revision', 'integer')
        .addColumn('version', 'integer', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .execute();
      for (const filters of [[], ['status'], ['export_option'], ['status', 'export_option']]) {
        await db.schema
          .createIndex(['acm_certificate_by_algorithm', ...filters].join('_'))
          .on('acm_certificate')
          .columns(['account', 'region', 'key_algorithm', ...filters, 'created_at', 'arn'])
          .execute();
      }
      await regionalTable(db, 'acm_material', 'certificate_arn')
        .addColumn('certificate_pem', 'text', (c) => c.notNull())
        .addColumn('chain_pem', 'text')
        .addColumn('ciphertext', bytes as never, (c) => c.notNull())
        .addColumn('kms_key_arn', 'text', (c) => c.notNull())
        .execute();
      await regionalTable(db, 'acm_association', 'certificate_arn', 'resource_arn')
        .addColumn('context_key', 'text', (c) => c.notNull())
        .addColumn('ciphertext', bytes as never, (c) => c.notNull())
        .addColumn('kms_key_arn', 'text', (c) => c.notNull())
        .addColumn('grant_id', 'text', (c) => c.notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('acm_association_by_resource')
        .on('acm_association')
        .columns(['resource_arn', 'certificate_arn'])
        .execute();
      await regionalTable(db, 'acm_issuance', 'certificate_arn')
        .addColumn('ciphertext', bytes as never, (c) => c.notNull())
        .addColumn('kms_key_arn', 'text', (c) => c.notNull())
        .addColumn('prepared', 'text', (c) => c.notNull())
        .execute();
      await regionalTable(db, 'acm_tag', 'certificate_arn', 'key')
        .addColumn('value', 'text', (c) => c.notNull())
        .execute();
      await regionalTable(db, 'acm_request_token', 'token', 'parameters')
        .addColumn('certificate_arn', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .execute();
      await db.schema
        .createIndex('acm_request_token_by_certificate')
        .on('acm_request_token')
        .columns(['account', 'region', 'certificate_arn'])
        .execute();
      await db.schema
        .createIndex('acm_request_token_by_end')
        .on('acm_request_token')
        .columns(['expires_at'])
        .execute();
      await regionalTable(db, 'acm_awaited_record', 'certificate_arn', 'record_name').execute();
      await db.schema
        .createIndex('acm_awaited_record_by_name')
        .on('acm_awaited_record')
        .columns(['record_name', 'account', 'region', 'certificate_arn'])
        .execute();
      await regionalTable(db, 'acm_account_configuration')
        .addColumn('days_before_expiry', 'integer', (c) => c.notNull())
        .execute();
      await regionalTable(db, 'acm_job', 'certificate_arn', 'kind')
        .addColumn('due_at', 'bigint', (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('is_leased', 'integer', (c) => c.notNull())
        .execute();
      await db.schema.createIndex('acm_job_by_due').on('acm_job').columns(['due_at']).execute();
      await db.schema
        .createIndex('acm_job_by_lease')
        .on('acm_job')
        .columns(['is_leased', 'due_at'])
        .execute();
    },
  },
  'acm-0002': {
    async up(db) {
      await watch(db, certificateSet, ({ name }) => name !== since3);
    },
  },
  'acm-0003': {
    async up(db) {
      await regionalTable(db, since3, 'certificate_arn', 'serial')
        .addColumn('not_after', 'bigint', (c) => c.notNull())
        .addColumn('certificate_pem', 'text', (c) => c.notNull())
        .execute();
      await watch(db, certificateSet, ({ name }) => name === since3);
    },
  },
  'acm-0004': {
    async up(db: Kysely<Pick<AcmTables, 'acm_job'>>) {
      await db.schema
        .createIndex('acm_job_by_kind')
        .on('acm_job')
        .columns(['kind', 'due_at', 'certificate_arn'])
        .execute();
      // Certificates of before have nobody yet who tells of their end.
      await db
        .insertInto('acm_job')
        .columns([...jobKey, 'kind', 'due_at', 'attempts', 'is_leased'])
        .expression(
          db
            .selectFrom('acm_job')
            .select((eb) => [
              ...jobKey,
              sql.lit('announce-expiry').as('kind'),
              eb('due_at', '-', 90 * 86_400_000).as('due_at'),
              sql.lit(0).as('attempts'),
              sql.lit(0).as('is_leased'),
            ])
            .where('kind', '=', 'expire-certificate'),
        )
        .execute();
    },
  },
  'acm-0005': {
    async up(db) {
      await regionalTable(db, 'acm_finding', 'certificate_arn')
        .addColumn('found_at', 'bigint', (c) => c.notNull())
        .addColumn('obstacles', 'text', (c) => c.notNull())
        .execute();
    },
  },
};

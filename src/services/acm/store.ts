import { sql, type Kysely } from 'kysely';
import type { Certificate } from './domain/certificate.ts';
import { fromRow } from './rows.ts';
import type {
  AcmTables,
  AssociationTable,
  CertificateTable,
  IssuanceTable,
  JobTable,
  MaterialTable,
} from './schema.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A position in the order of `created_at, arn`. */
export interface Position {
  readonly createdAt: number;
  readonly arn: string;
}

export type JobKind =
  | 'validate-domains'
  | 'issue-certificate'
  | 'renew-certificate'
  | 'expire-certificate';

interface Wanted {
  readonly algorithms: readonly string[];
  readonly statuses?: readonly string[];
  readonly exportOption?: string;
  readonly after?: Position;
  readonly descending: boolean;
  readonly limit: number;
}

type Found = Pick<CertificateTable, 'arn' | 'created_at'>;

export class AcmReader {
  readonly #db: Kysely<AcmTables>;

  constructor(db: Kysely<AcmTables>) {
    this.#db = db;
  }

  async certificate(place: Place, arn: string): Promise<Certificate | undefined> {
    const row = await this.#db
      .selectFrom('acm_certificate')
      .select(certificateColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('arn', '=', arn)
      .executeTakeFirst();
    return row === undefined ? undefined : fromRow(row);
  }

  /**
   * At most `limit` certificates after `after`, in the order of their creation. Each pair of algorithm and
   * status, with the export option if there is one, is a range of an index: the cost depends on `limit` only.
   */
  async certificates(place: Place, wanted: Wanted): Promise<Certificate[]> {
    const ranges = wanted.algorithms.flatMap((algorithm) =>
      (wanted.statuses ?? [undefined]).map((status) =>
        this.#range(place, wanted, algorithm, status),
      ),
    );
    const sign = wanted.descending ? -1 : 1;
    const order = (a: Found, b: Found): number =>
      sign * (Number(a.created_at) - Number(b.created_at) || (a.arn < b.arn ? -1 : 1));
    const arns = (await Promise.all(ranges))
      .flat()
      .sort(order)
      .slice(0, wanted.limit)
      .map((row) => row.arn);
    if (arns.length === 0) return [];
    const rows = await this.#db
      .selectFrom('acm_certificate')
      .select(certificateColumns)
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('arn', 'in', arns)
      .execute();
    return rows.sort(order).map(fromRow);
  }

  #range(
    place: Place,
    { descending, exportOption, after, limit }: Wanted,
    algorithm: string,
    status: string | undefined,
  ): Promise<Found[]> {
    const direction = descending ? 'desc' : 'asc';
    let range = this.#db
      .selectFrom('acm_certificate')
      .select(['arn', 'created_at'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('key_algorithm', '=', algorithm)
      .orderBy('created_at', direction)
      .orderBy('arn', direction)
      .limit(limit);
    if (status !== undefined) range = range.where('status', '=', status);
    if (exportOption !== undefined) range = range.where('export_option', '=', exportOption);
    if (after !== undefined) {
      const comparison = descending ? sql`<` : sql`>`;
      range = range.where(
        sql<boolean>`(created_at, arn) ${comparison} (${after.createdAt}, ${after.arn})`,
      );
    }
    return range.execute();
  }

  material(
    certificate: Pick<Certificate, 'account' | 'region' | 'arn'>,
  ): Promise<MaterialTable | undefined> {
    return this.#db
      .selectFrom('acm_material')
      .select([
        'account',
        'region',
        'certificate_arn',
        'certificate_pem',
        'chain_pem',
        'ciphertext',
        'kms_key_arn',
      ])
      .where('account', '=', certificate.account)
      .where('region', '=', certificate.region)
      .where('certificate_arn', '=', certificate.arn)
      .executeTakeFirst();
  }

  issuance(certificate: Certificate): Promise<IssuanceTable | undefined> {
    return this.#db
      .selectFrom('acm_issuance')
      .select(['account', 'region', 'certificate_arn', 'ciphertext', 'kms_key_arn', 'prepared'])
      .where('account', '=', certificate.account)
      .where('region', '=', certificate.region)
      .where('certificate_arn', '=', certificate.arn)
      .executeTakeFirst();
  }

  associations(
    certificate: Pick<Certificate, 'account' | 'region' | 'arn'>,
  ): Promise<AssociationTable[]> {
    return this.#db
      .selectFrom('acm_association')
      .select(associationColumns)
      .where('account', '=', certificate.account)
      .where('region', '=', certificate.region)
      .where('certificate_arn', '=', certificate.arn)
      .orderBy('resource_arn')
      .execute();
  }

  /** What a resource serves with: its associations with certificate and chain. */
  materialOf(resourceArn: string) {
    return this.#db
      .selectFrom('acm_association as a')
      .innerJoin('acm_material as m', (join) =>
        join
          .onRef('m.account', '=', 'a.account')
          .onRef('m.region', '=', 'a.region')
          .onRef('m.certificate_arn', '=', 'a.certificate_arn'),
      )
      .select([
        'a.certificate_arn',
        'm.certificate_pem',
        'm.chain_pem',
        'a.ciphertext',
        'a.kms_key_arn',
        'a.grant_id',
        'a.revision',
      ])
      .where('a.resource_arn', '=', resourceArn)
      .orderBy('a.certificate_arn')
      .execute();
  }

  async tags(place: Place, arn: string): Promise<Map<string, string>> {
    const rows = await this.#db
      .selectFrom('acm_tag')
      .select(['key', 'value'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('certificate_arn', '=', arn)
      .orderBy('key')
      .execute();
    return new Map(rows.map((row) => [row.key, row.value]));
  }

  token(place: Place, token: string, parameters: string) {
    return this.#db
      .selectFrom('acm_request_token')
      .select(['certificate_arn', 'expires_at'])
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .where('token', '=', token)
      .where('parameters', '=', parameters)
      .executeTakeFirst();
  }

  async daysBeforeExpiry(place: Place): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('acm_account_configuration')
      .select('days_before_expiry')
      .where('account', '=', place.account)
      .where('region', '=', place.region)
      .executeTakeFirst();
    return row?.days_before_expiry;
  }

  dueJobs(now: Temporal.Instant, limit: number): Promise<JobTable[]> {
    return this.#db
      .selectFrom('acm_job')
      .select(jobColumns)
      .where('due_at', '<=', now.epochMilliseconds)
      .orderBy('due_at')
      .limit(limit)
      .execute();
  }

  /** Whether a job is still as it was leased: nobody set it to another time meanwhile. */
  async isLeased(job: JobTable): Promise<boolean> {
    const row = await this.#db
      .selectFrom('acm_job')
      .select('due_at')
      .where('account', '=', job.account)
      .where('region', '=', job.region)
      .where('certificate_arn', '=', job.certificate_arn)
      .where('kind', '=', job.kind)
      .executeTakeFirst();
    return row !== undefined && Number(row.due_at) === Number(job.due_at);
  }
}

const certificateColumns = [
  'account',
  'region',
  'arn',
  'created_at',
  'type',
  'status',
  'key_algorithm',
  'export_option',
  'association_count',
  'association_version',
  'revision',
  'exported_revision',
  'version',
  'detail',
] as const;
const associationColumns = [
  'account',
  'region',
  'certificate_arn',
  'resource_arn',
  'context_key',
  'ciphertext',
  'kms_key_arn',
  'grant_id',
  'revision',
] as const;
const jobColumns = [
  'account',
  'region',
  'certificate_arn',
  'kind',
  'due_at',
  'attempts',
  'is_leased',
] as const;

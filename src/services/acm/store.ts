import { sql, type Kysely } from 'kysely';
import { TamperedSet, type Authority } from '../../aws/authority/authority.ts';
import type { Soon } from '../../lib/soon.ts';
import { repeatedQuery } from '../../store/repeated-query.ts';
import { certificateOwner, certificateSet, type CertificateSet } from './authority-sets.ts';
import type { Certificate } from './domain/certificate.ts';
import { fromRow } from './rows.ts';
import type {
  AcmTables,
  AssociationTable,
  CertificateTable,
  FormerTable,
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
  | 'expire-certificate'
  | 'announce-expiry';

interface Wanted {
  readonly algorithms: readonly string[];
  readonly statuses?: readonly string[];
  readonly exportOption?: string;
  readonly after?: Position;
  readonly descending: boolean;
  readonly limit: number;
}

type CertificateName = Pick<Certificate, 'account' | 'region' | 'arn'>;
type Found = Pick<CertificateTable, 'arn' | 'created_at'>;

export class AcmReader {
  readonly #db: Kysely<AcmTables>;
  readonly #authority: Authority;
  readonly #dueJobs: (due: { now: number; limit: number }) => Soon<JobTable[]>;

  constructor(db: Kysely<AcmTables>, authority: Authority) {
    this.#db = db;
    this.#authority = authority;
    this.#dueJobs = repeatedQuery(db, ({ now, limit }: { now: number; limit: number }) =>
      db
        .selectFrom('acm_job')
        .select(jobColumns)
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit),
    );
  }

  async certificate(place: Place, arn: string): Promise<Certificate | undefined> {
    return (await this.#set({ ...placeOf(place), arn }))?.certificate;
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

  async material(certificate: CertificateName): Promise<MaterialTable | undefined> {
    return (await this.#set(certificate))?.material;
  }

  async issuance(certificate: CertificateName): Promise<IssuanceTable | undefined> {
    return (await this.#set(certificate))?.issuance;
  }

  /** What was issued under the ARN before, as far as it may still hold. */
  async formerCertificates(certificate: CertificateName): Promise<readonly FormerTable[]> {
    return (await this.#set(certificate))?.former ?? [];
  }

  /** The resources that hold an association, in order. */
  async inUseBy(certificate: CertificateName): Promise<string[]> {
    const set = await this.#set(certificate);
    return (set?.associations ?? []).map((each) => each.resource_arn);
  }

  /** In the order of the resources. */
  async associations(certificate: CertificateName): Promise<AssociationTable[]> {
    const rows = await this.#db
      .selectFrom('acm_association')
      .select(['resource_arn', 'revision'])
      .where('account', '=', certificate.account)
      .where('region', '=', certificate.region)
      .where('certificate_arn', '=', certificate.arn)
      .execute();
    if (rows.length === 0) return [];
    const revisions = new Map(rows.map((row) => [row.resource_arn, row.revision]));
    const set = await this.#set(certificate);
    return (set?.associations ?? []).flatMap((covered) => {
      const revision = revisions.get(covered.resource_arn);
      return revision === undefined ? [] : [{ ...covered, revision }];
    });
  }

  /** Counts the associations that a certificate got and lost; undefined when it is gone. */
  async associationVersion(certificate: CertificateName): Promise<number | undefined> {
    const row = await this.#db
      .selectFrom('acm_certificate')
      .select('association_version')
      .where('account', '=', certificate.account)
      .where('region', '=', certificate.region)
      .where('arn', '=', certificate.arn)
      .executeTakeFirst();
    return row?.association_version;
  }

  /**
   * What a resource serves with, in the order of the certificates. One that was tampered with is left out: the others
   * go on working.
   */
  async materialOf(
    resourceArn: string,
  ): Promise<(AssociationTable & { material: MaterialTable })[]> {
    const rows = await this.#db
      .selectFrom('acm_association')
      .select(['account', 'region', 'certificate_arn', 'revision'])
      .where('resource_arn', '=', resourceArn)
      .orderBy('certificate_arn')
      .execute();
    const found = await Promise.all(
      rows.map(async ({ account, region, certificate_arn: arn, revision }) => {
        const set = await this.#set({ account, region, arn }).catch(noneIfTampered);
        const covered = set?.associations.find((each) => each.resource_arn === resourceArn);
        const material = set?.material;
        return covered && material && { ...covered, revision, material };
      }),
    );
    return found.filter((each) => each !== undefined);
  }

  async #set(certificate: CertificateName): Promise<CertificateSet | undefined> {
    return this.#authority.load(certificateSet, certificateOwner(certificate));
  }

  /** In the order of the keys. */
  async tags(place: Place, arn: string): Promise<ReadonlyMap<string, string>> {
    return (await this.#set({ ...placeOf(place), arn }))?.tags ?? new Map<string, string>();
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

  async dueJobs(now: Temporal.Instant, limit: number): Promise<JobTable[]> {
    return this.#dueJobs({ now: now.epochMilliseconds, limit });
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

/** All of a certificate but what only guards it. */
export const certificateColumns = [
  'account',
  'region',
  'arn',
  'created_at',
  'type',
  'status',
  'key_algorithm',
  'export_option',
  'association_count',
  'revision',
  'exported_revision',
  'version',
  'detail',
] as const;
function placeOf({ account, region }: Place): Place {
  return { account, region };
}

function noneIfTampered(error: unknown): undefined {
  if (!(error instanceof TamperedSet)) throw error;
}

const jobColumns = [
  'account',
  'region',
  'certificate_arn',
  'kind',
  'due_at',
  'attempts',
  'is_leased',
] as const;

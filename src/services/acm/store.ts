import { sql, type Kysely } from 'kysely';
import type { Sealed } from '../../lib/secret.ts';
import type { Change } from '../../store/change.ts';
import type { Certificate, DomainControl, Leaf } from './domain/certificate.ts';
import type { Renewal } from './domain/renewal.ts';
import type { AcmTables, AssociationTable, CertificateTable, IssuanceTable, JobTable, MaterialTable } from './schema.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A position in the order of `created_at, arn`. */
export interface Position {
  readonly createdAt: number;
  readonly arn: string;
}

export type JobKind = 'validate-domains' | 'issue-certificate' | 'renew-certificate' | 'expire-certificate';

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
   * status is a range of an index, so the cost depends on `limit` only.
   */
  async certificates(
    place: Place,
    wanted: { algorithms: readonly string[]; statuses?: readonly string[]; after?: Position; descending: boolean; limit: number },
  ): Promise<Certificate[]> {
    const ranges = wanted.algorithms.flatMap((algorithm) =>
      (wanted.statuses ?? [undefined]).map((status) => {
        const direction = wanted.descending ? 'desc' : 'asc';
        let range = this.#db
          .selectFrom('acm_certificate')
          .select(['arn', 'created_at'])
          .where('account', '=', place.account)
          .where('region', '=', place.region)
          .where('key_algorithm', '=', algorithm)
          .orderBy('created_at', direction)
          .orderBy('arn', direction)
          .limit(wanted.limit);
        if (status !== undefined) range = range.where('status', '=', status);
        const { after } = wanted;
        if (after !== undefined) {
          const comparison = wanted.descending ? sql`<` : sql`>`;
          range = range.where(sql<boolean>`(created_at, arn) ${comparison} (${after.createdAt}, ${after.arn})`);
        }
        return range.execute();
      }),
    );
    const sign = wanted.descending ? -1 : 1;
    const order = (a: { arn: string; created_at: number }, b: { arn: string; created_at: number }): number =>
      sign * (Number(a.created_at) - Number(b.created_at) || (a.arn < b.arn ? -1 : 1));
    const arns = (await Promise.all(ranges)).flat().sort(order).slice(0, wanted.limit).map((row) => row.arn);
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

  material(certificate: Pick<Certificate, 'account' | 'region' | 'arn'>): Promise<MaterialTable | undefined> {
    return this.#db
      .selectFrom('acm_material')
      .select(['account', 'region', 'certificate_arn', 'certificate_pem', 'chain_pem', 'ciphertext', 'kms_key_arn'])
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

  associations(certificate: Pick<Certificate, 'account' | 'region' | 'arn'>): Promise<AssociationTable[]> {
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
        join.onRef('m.account', '=', 'a.account').onRef('m.region', '=', 'a.region').onRef('m.certificate_arn', '=', 'a.certificate_arn'))
      .select(['a.certificate_arn', 'm.certificate_pem', 'm.chain_pem', 'a.ciphertext', 'a.kms_key_arn', 'a.grant_id', 'a.revision'])
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
}

/** Builds the statements of a Change. Each that changes a certificate holds only if it is still as it was read. */
export class AcmWriter {
  readonly #db: Kysely<AcmTables>;

  constructor(db: Kysely<AcmTables>) {
    this.#db = db;
  }

  insert(change: Change, certificate: Certificate): void {
    change.write(this.#db.insertInto('acm_certificate').values(toRow(certificate)));
  }

  /** @param guard.associations: also only if the set of associations is as it was read */
  update(change: Change, before: Certificate, after: Certificate, guard: { associations?: true } = {}): void {
    const columns = toRow(after);
    let query = this.#db
      .updateTable('acm_certificate')
      .set({
        type: columns.type,
        status: columns.status,
        key_algorithm: columns.key_algorithm,
        revision: columns.revision,
        exported_revision: columns.exported_revision,
        detail: columns.detail,
        version: before.version + 1,
      })
      .where('account', '=', before.account)
      .where('region', '=', before.region)
      .where('arn', '=', before.arn)
      .where('version', '=', before.version);
    if (guard.associations === true) query = query.where('association_version', '=', before.associationVersion);
    change.write(query, { rows: 1 });
  }

  /** Only while nothing uses it. Key material, tags, tokens and jobs go with it. */
  delete(change: Change, certificate: Certificate): void {
    const { account, region, arn } = certificate;
    change.write(
      this.#db.deleteFrom('acm_certificate').where('account', '=', account).where('region', '=', region).where('arn', '=', arn)
        .where('version', '=', certificate.version).where('association_count', '=', 0),
      { rows: 1 },
    );
    for (const table of ['acm_material', 'acm_issuance', 'acm_tag', 'acm_request_token', 'acm_job'] as const) {
      change.write(this.#db.deleteFrom(table).where('account', '=', account).where('region', '=', region).where('certificate_arn', '=', arn));
    }
  }

  keepMaterial(change: Change, row: MaterialTable): void {
    const { certificate_pem, chain_pem, ciphertext, kms_key_arn } = row;
    change.write(
      this.#db.insertInto('acm_material').values(row)
        .onConflict((conflict) => conflict.columns(['account', 'region', 'certificate_arn']).doUpdateSet({ certificate_pem, chain_pem, ciphertext, kms_key_arn })),
    );
  }

  keepIssuance(change: Change, row: IssuanceTable): void {
    change.write(this.#db.insertInto('acm_issuance').values(row));
  }

  dropIssuance(change: Change, certificate: Certificate): void {
    change.write(this.#db.deleteFrom('acm_issuance').where('account', '=', certificate.account).where('region', '=', certificate.region).where('certificate_arn', '=', certificate.arn));
  }

  /** Holds only while the certificate is issued with the key pair that was read; other associations do not disturb it. */
  associate(change: Change, certificate: Certificate, row: Omit<AssociationTable, 'account' | 'region' | 'certificate_arn' | 'revision'>): void {
    const { account, region, arn } = certificate;
    change.write(
      this.#db.updateTable('acm_certificate')
        .set((eb) => ({ association_count: eb('association_count', '+', 1), association_version: eb('association_version', '+', 1) }))
        .where('account', '=', account).where('region', '=', region).where('arn', '=', arn)
        .where('status', '=', 'ISSUED').where('revision', '=', certificate.revision),
      { rows: 1 },
    );
    change.write(
      this.#db.insertInto('acm_association').values((eb) => ({
        account, region, certificate_arn: arn, ...row,
        revision: eb.selectFrom('acm_certificate').select('association_version').where('account', '=', account).where('region', '=', region).where('arn', '=', arn),
      })),
    );
  }

  /** The ciphertext, the grant, or both, of an association become others. */
  replaceAssociation(change: Change, old: AssociationTable, next: { ciphertext?: Sealed<'private-key'>; grant_id?: string }): void {
    const { account, region, certificate_arn, resource_arn } = old;
    change.write(
      this.#db.updateTable('acm_certificate')
        .set((eb) => ({ association_version: eb('association_version', '+', 1) }))
        .where('account', '=', account).where('region', '=', region).where('arn', '=', certificate_arn),
      { rows: 1 },
    );
    change.write(
      this.#db.updateTable('acm_association')
        .set((eb) => ({
          ...next,
          revision: eb.selectFrom('acm_certificate').select('association_version').where('account', '=', account).where('region', '=', region).where('arn', '=', certificate_arn),
        }))
        .where('account', '=', account).where('region', '=', region)
        .where('certificate_arn', '=', certificate_arn).where('resource_arn', '=', resource_arn).where('revision', '=', old.revision),
      { rows: 1 },
    );
  }

  disassociate(change: Change, old: AssociationTable): void {
    const { account, region, certificate_arn, resource_arn } = old;
    change.write(
      this.#db.deleteFrom('acm_association').where('account', '=', account).where('region', '=', region)
        .where('certificate_arn', '=', certificate_arn).where('resource_arn', '=', resource_arn).where('revision', '=', old.revision),
      { rows: 1 },
    );
    change.write(
      this.#db.updateTable('acm_certificate')
        .set((eb) => ({ association_count: eb('association_count', '-', 1), association_version: eb('association_version', '+', 1) }))
        .where('account', '=', account).where('region', '=', region).where('arn', '=', certificate_arn),
      { rows: 1 },
    );
  }

  setTag(change: Change, place: Place, arn: string, key: string, value: string): void {
    change.write(
      this.#db.insertInto('acm_tag').values({ account: place.account, region: place.region, certificate_arn: arn, key, value })
        .onConflict((conflict) => conflict.columns(['account', 'region', 'certificate_arn', 'key']).doUpdateSet({ value })),
    );
  }

  removeTag(change: Change, place: Place, arn: string, key: string): void {
    change.write(this.#db.deleteFrom('acm_tag').where('account', '=', place.account).where('region', '=', place.region).where('certificate_arn', '=', arn).where('key', '=', key));
  }

  /** Fails when a call with the same token and parameters was kept meanwhile. */
  keepToken(change: Change, place: Place, token: string, parameters: string, certificateArn: string, now: Temporal.Instant): void {
    change.write(this.#db.deleteFrom('acm_request_token').where('expires_at', '<=', now.epochMilliseconds));
    change.write(
      this.#db.insertInto('acm_request_token').values({
        account: place.account, region: place.region, token, parameters, certificate_arn: certificateArn,
        expires_at: now.add({ hours: 1 }).epochMilliseconds,
      }),
    );
  }

  setDaysBeforeExpiry(change: Change, place: Place, days: number): void {
    change.write(
      this.#db.insertInto('acm_account_configuration').values({ account: place.account, region: place.region, days_before_expiry: days })
        .onConflict((conflict) => conflict.columns(['account', 'region']).doUpdateSet({ days_before_expiry: days })),
    );
  }

  /** Sets the one job of this kind to `due`, whether there was one or not. */
  schedule(change: Change, certificate: Place & { arn: string }, kind: JobKind, due: Temporal.Instant, attempts = 0): void {
    change.write(
      this.#db.insertInto('acm_job')
        .values({ account: certificate.account, region: certificate.region, certificate_arn: certificate.arn, kind, due_at: due.epochMilliseconds, attempts })
        .onConflict((conflict) => conflict.columns(['account', 'region', 'certificate_arn', 'kind']).doUpdateSet({ due_at: due.epochMilliseconds, attempts })),
    );
  }

  /** Takes a job until `until`; fails when another worker took it. */
  lease(change: Change, job: JobTable, until: Temporal.Instant): JobTable {
    const leased = { ...job, due_at: until.epochMilliseconds, attempts: job.attempts + 1 };
    this.#moveJob(change, job, leased);
    return leased;
  }

  /** Puts a job that was leased to another time, and says so only if the lease still holds. */
  reschedule(change: Change, job: JobTable, due: Temporal.Instant, attempts: number): void {
    this.#moveJob(change, job, { ...job, due_at: due.epochMilliseconds, attempts });
  }

  finish(change: Change, job: JobTable): void {
    change.write(
      this.#db.deleteFrom('acm_job').where('account', '=', job.account).where('region', '=', job.region).where('certificate_arn', '=', job.certificate_arn)
        .where('kind', '=', job.kind).where('due_at', '=', job.due_at),
      { rows: 1 },
    );
  }

  #moveJob(change: Change, from: JobTable, to: JobTable): void {
    change.write(
      this.#db.updateTable('acm_job').set({ due_at: to.due_at, attempts: to.attempts })
        .where('account', '=', from.account).where('region', '=', from.region).where('certificate_arn', '=', from.certificate_arn)
        .where('kind', '=', from.kind).where('due_at', '=', from.due_at),
      { rows: 1 },
    );
  }
}

const certificateColumns = [
  'account', 'region', 'arn', 'created_at', 'type', 'status', 'key_algorithm', 'export_option',
  'association_count', 'association_version', 'revision', 'exported_revision', 'version', 'detail',
] as const;
const associationColumns = ['account', 'region', 'certificate_arn', 'resource_arn', 'context_key', 'ciphertext', 'kms_key_arn', 'grant_id', 'revision'] as const;
const jobColumns = ['account', 'region', 'certificate_arn', 'kind', 'due_at', 'attempts'] as const;

/** What of a certificate is kept as JSON: times as epoch milliseconds. */
interface CertificateDetail {
  domainName: string;
  names: readonly string[];
  transparency: Certificate['transparency'];
  issuedAt?: number;
  importedAt?: number;
  failureReason?: Certificate['failureReason'];
  validations: readonly DomainControl[];
  leaf?: Omit<Leaf, 'notBefore' | 'notAfter'> & { notBefore: number; notAfter: number };
  renewal?: Omit<Renewal, 'updatedAt'> & { updatedAt: number };
}

const instant = (milliseconds: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(milliseconds);

function fromRow(row: CertificateTable): Certificate {
  const { issuedAt, importedAt, failureReason, leaf, renewal, ...detail } = JSON.parse(row.detail) as CertificateDetail;
  return {
    ...detail,
    account: row.account,
    region: row.region,
    arn: row.arn,
    createdAt: instant(Number(row.created_at)),
    type: row.type as Certificate['type'],
    status: row.status as Certificate['status'],
    keyAlgorithm: row.key_algorithm as Certificate['keyAlgorithm'],
    exportOption: row.export_option as Certificate['exportOption'],
    associationCount: row.association_count,
    associationVersion: row.association_version,
    revision: row.revision,
    version: row.version,
    ...(row.exported_revision === null ? {} : { exportedRevision: row.exported_revision }),
    ...(issuedAt === undefined ? {} : { issuedAt: instant(issuedAt) }),
    ...(importedAt === undefined ? {} : { importedAt: instant(importedAt) }),
    ...(failureReason === undefined ? {} : { failureReason }),
    ...(leaf === undefined ? {} : { leaf: { ...leaf, notBefore: instant(leaf.notBefore), notAfter: instant(leaf.notAfter) } }),
    ...(renewal === undefined ? {} : { renewal: { ...renewal, updatedAt: instant(renewal.updatedAt) } }),
  };
}

function toRow(certificate: Certificate): CertificateTable {
  const { leaf, renewal } = certificate;
  const detail = {
    domainName: certificate.domainName,
    names: certificate.names,
    transparency: certificate.transparency,
    issuedAt: certificate.issuedAt?.epochMilliseconds,
    importedAt: certificate.importedAt?.epochMilliseconds,
    failureReason: certificate.failureReason,
    validations: certificate.validations,
    leaf: leaf && { ...leaf, notBefore: leaf.notBefore.epochMilliseconds, notAfter: leaf.notAfter.epochMilliseconds },
    renewal: renewal && { ...renewal, updatedAt: renewal.updatedAt.epochMilliseconds },
  };
  return {
    account: certificate.account,
    region: certificate.region,
    arn: certificate.arn,
    created_at: certificate.createdAt.epochMilliseconds,
    type: certificate.type,
    status: certificate.status,
    key_algorithm: certificate.keyAlgorithm,
    export_option: certificate.exportOption,
    association_count: certificate.associationCount,
    association_version: certificate.associationVersion,
    revision: certificate.revision,
    exported_revision: certificate.exportedRevision ?? null,
    version: certificate.version,
    detail: JSON.stringify(detail),
  };
}

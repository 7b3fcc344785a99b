import type { Kysely } from 'kysely';
import type { Authority, SetEdits } from '../../aws/authority/authority.ts';
import type { Sealed } from '../../lib/secret.ts';
import type { Change } from '../../store/change.ts';
import { certificateOwner, certificateSet } from './authority-sets.ts';
import type { Certificate } from './domain/certificate.ts';
import { FormerWriter } from './former-writer.ts';
import { newFailure, type Failure } from './domain/events.ts';
import { JobWriter } from './job-writer.ts';
import { toRow } from './rows.ts';
import type {
  AcmTables,
  AssociationTable,
  IssuanceTable,
  MaterialTable,
  TokenTable,
} from './schema.ts';
import { certificateStatements, type CertificateStatements } from './statements.ts';
import type { Place } from './store.ts';

/** Builds the statements of a Change. Each that changes a certificate holds only if it is still as it was read. */
export class AcmWriter {
  readonly jobs: JobWriter;
  readonly former: FormerWriter;
  readonly #db: Kysely<AcmTables>;
  readonly #statements: CertificateStatements;
  readonly #authority: Authority;
  readonly #failed: (change: Change, what: Failure) => void;

  /** @param failed told of whatever came to nothing in an update */
  constructor(
    db: Kysely<AcmTables>,
    authority: Authority,
    failed: (change: Change, what: Failure) => void,
  ) {
    this.#failed = failed;
    this.#db = db;
    this.#statements = certificateStatements(db);
    this.#authority = authority;
    this.jobs = new JobWriter(db);
    this.former = new FormerWriter(db, authority);
  }

  insert(change: Change, certificate: Certificate): void {
    const row = toRow(certificate);
    change.write(this.#statements.insertCertificate(row));
    this.#edit(change, certificate).put('acm_certificate', row);
    const { account, region, arn: certificate_arn, validations } = certificate;
    // A name and its wildcard share one record.
    for (const record_name of new Set(validations.map(({ recordName }) => recordName)))
      change.write(this.#statements.awaitRecord({ account, region, certificate_arn, record_name }));
  }

  update(change: Change, before: Certificate, after: Certificate): void {
    const { type, status, key_algorithm, revision, exported_revision, detail } = toRow(after);
    const { account, region, arn } = before;
    const key = { account, region, arn };
    const values = { type, status, key_algorithm, revision, exported_revision, detail };
    const version = before.version + 1;
    change.write(
      this.#statements.updateCertificate({ ...key, ...values, version, was: before.version }),
      { rows: 1 },
    );
    this.#edit(change, before).update('acm_certificate', key, { ...values, version });
    const failure = newFailure(before, after);
    if (failure !== undefined) this.#failed(change, failure);
  }

  /** Holds only if no association came or went since the version was read. */
  requireAssociationVersion(change: Change, certificate: Certificate, version: number): void {
    change.write(
      this.#db
        .selectFrom('acm_certificate')
        .select('arn')
        .where('account', '=', certificate.account)
        .where('region', '=', certificate.region)
        .where('arn', '=', certificate.arn)
        .where('association_version', '=', version),
      { rows: 1 },
    );
  }

  /** Holds only while no resource has an association. */
  requireUnused(change: Change, certificate: Certificate): void {
    change.write(
      this.#db
        .selectFrom('acm_certificate')
        .select('arn')
        .where('account', '=', certificate.account)
        .where('region', '=', certificate.region)
        .where('arn', '=', certificate.arn)
        .where('association_count', '=', 0),
      { rows: 1 },
    );
  }

  /** Only while nothing uses it. Key material, tags, tokens and jobs go with it. */
  delete(change: Change, certificate: Certificate): void {
    const { account, region, arn } = certificate;
    change.shred();
    change.write(
      this.#db
        .deleteFrom('acm_certificate')
        .where('account', '=', account)
        .where('region', '=', region)
        .where('arn', '=', arn)
        .where('version', '=', certificate.version)
        .where('association_count', '=', 0),
      { rows: 1 },
    );
    this.#authority.drop(change, certificateSet, certificateOwner(certificate));
    for (const table of [
      'acm_material',
      'acm_issuance',
      'acm_tag',
      'acm_request_token',
      'acm_job',
      'acm_awaited_record',
      'acm_former_certificate',
      'acm_finding',
    ] as const) {
      change.write(
        this.#db
          .deleteFrom(table)
          .where('account', '=', account)
          .where('region', '=', region)
          .where('certificate_arn', '=', arn),
      );
    }
  }

  keepMaterial(change: Change, row: MaterialTable): void {
    change.write(this.#statements.keepMaterial(row));
    this.#edit(change, { ...row, arn: row.certificate_arn }).put('acm_material', row);
  }

  keepIssuance(change: Change, row: IssuanceTable): void {
    change.write(this.#statements.keepIssuance(row));
    this.#edit(change, { ...row, arn: row.certificate_arn }).put('acm_issuance', row);
  }

  /** The issuer's new words for an order that it has begun. */
  updateIssuance(change: Change, row: IssuanceTable, prepared: string): void {
    const { account, region, certificate_arn } = row;
    const key = { account, region, certificate_arn };
    change.write(this.#statements.updateIssuance({ ...key, prepared }), { rows: 1 });
    this.#edit(change, { ...row, arn: certificate_arn }).update('acm_issuance', key, { prepared });
  }

  /** What is in the way of a certificate's issuance, as it was found now. */
  keepFinding(
    change: Change,
    { account, region, arn: certificate_arn }: Certificate,
    obstacles: readonly string[],
    now: Temporal.Instant,
  ): void {
    const key = { account, region, certificate_arn };
    const found_at = now.epochMilliseconds;
    change.write(
      this.#statements.keepFinding({ ...key, found_at, obstacles: JSON.stringify(obstacles) }),
    );
  }

  dropIssuance(change: Change, certificate: Certificate): void {
    const { account, region, arn: certificate_arn } = certificate;
    const key = { account, region, certificate_arn };
    change.write(this.#statements.dropIssuance(key));
    this.#edit(change, certificate).remove('acm_issuance', key);
  }

  /** Holds only while the certificate is issued with the key pair that was read; other associations do not disturb it. */
  associate(
    change: Change,
    certificate: Certificate,
    row: Omit<AssociationTable, 'account' | 'region' | 'certificate_arn' | 'revision'>,
  ): void {
    const { account, region, arn } = certificate;
    change.write(
      this.#db
        .updateTable('acm_certificate')
        .set((eb) => ({
          association_count: eb('association_count', '+', 1),
          association_version: eb('association_version', '+', 1),
        }))
        .where('account', '=', account)
        .where('region', '=', region)
        .where('arn', '=', arn)
        .where('status', '=', 'ISSUED')
        .where('revision', '=', certificate.revision),
      { rows: 1 },
    );
    change.write(
      this.#db.insertInto('acm_association').values((eb) => ({
        account,
        region,
        certificate_arn: arn,
        ...row,
        revision: eb
          .selectFrom('acm_certificate')
          .select('association_version')
          .where('account', '=', account)
          .where('region', '=', region)
          .where('arn', '=', arn),
      })),
    );
    const key = { account, region, certificate_arn: arn };
    this.#edit(change, certificate).put('acm_association', { ...key, ...row });
  }

  /** The ciphertext, the grant, or both, of an association become others. */
  replaceAssociation(
    change: Change,
    old: AssociationTable,
    next: { ciphertext?: Sealed<'private-key'>; grant_id?: string },
  ): void {
    const { account, region, certificate_arn, resource_arn } = old;
    if (next.ciphertext !== undefined) change.shred();
    change.write(
      this.#db
        .updateTable('acm_certificate')
        .set((eb) => ({ association_version: eb('association_version', '+', 1) }))
        .where('account', '=', account)
        .where('region', '=', region)
        .where('arn', '=', certificate_arn),
      { rows: 1 },
    );
    change.write(
      this.#db
        .updateTable('acm_association')
        .set((eb) => ({
          ...next,
          revision: eb
            .selectFrom('acm_certificate')
            .select('association_version')
            .where('account', '=', account)
            .where('region', '=', region)
            .where('arn', '=', certificate_arn),
        }))
        .where('account', '=', account)
        .where('region', '=', region)
        .where('certificate_arn', '=', certificate_arn)
        .where('resource_arn', '=', resource_arn)
        .where('revision', '=', old.revision),
      { rows: 1 },
    );
    const key = { account, region, certificate_arn, resource_arn };
    this.#edit(change, { ...old, arn: certificate_arn }).update('acm_association', key, next);
  }

  disassociate(change: Change, old: AssociationTable): void {
    const { account, region, certificate_arn, resource_arn } = old;
    change.shred();
    change.write(
      this.#db
        .deleteFrom('acm_association')
        .where('account', '=', account)
        .where('region', '=', region)
        .where('certificate_arn', '=', certificate_arn)
        .where('resource_arn', '=', resource_arn)
        .where('revision', '=', old.revision),
      { rows: 1 },
    );
    const key = { account, region, certificate_arn, resource_arn };
    this.#edit(change, { ...old, arn: certificate_arn }).remove('acm_association', key);
    change.write(
      this.#db
        .updateTable('acm_certificate')
        .set((eb) => ({
          association_count: eb('association_count', '-', 1),
          association_version: eb('association_version', '+', 1),
        }))
        .where('account', '=', account)
        .where('region', '=', region)
        .where('arn', '=', certificate_arn),
      { rows: 1 },
    );
  }

  setTag(change: Change, place: Place, arn: string, key: string, value: string): void {
    const { account, region } = place;
    const row = { account, region, certificate_arn: arn, key, value };
    change.write(
      this.#db
        .insertInto('acm_tag')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account', 'region', 'certificate_arn', 'key']).doUpdateSet({ value }),
        ),
    );
    this.#edit(change, { account, region, arn }).put('acm_tag', row);
  }

  removeTag(change: Change, place: Place, arn: string, key: string): void {
    change.write(
      this.#db
        .deleteFrom('acm_tag')
        .where('account', '=', place.account)
        .where('region', '=', place.region)
        .where('certificate_arn', '=', arn)
        .where('key', '=', key),
    );
    const { account, region } = place;
    const tag = { account, region, certificate_arn: arn, key };
    this.#edit(change, { account, region, arn }).remove('acm_tag', tag);
  }

  /** Fails when a call with the same token and parameters was kept meanwhile. */
  keepToken(
    change: Change,
    place: Place,
    kept: Pick<TokenTable, 'token' | 'parameters' | 'certificate_arn'>,
    now: Temporal.Instant,
  ): void {
    change.write(
      this.#db.deleteFrom('acm_request_token').where('expires_at', '<=', now.epochMilliseconds),
    );
    change.write(
      this.#db.insertInto('acm_request_token').values({
        account: place.account,
        region: place.region,
        ...kept,
        expires_at: now.add({ hours: 1 }).epochMilliseconds,
      }),
    );
  }

  setDaysBeforeExpiry(change: Change, place: Place, days: number): void {
    change.write(
      this.#db
        .insertInto('acm_account_configuration')
        .values({ account: place.account, region: place.region, days_before_expiry: days })
        .onConflict((conflict) =>
          conflict.columns(['account', 'region']).doUpdateSet({ days_before_expiry: days }),
        ),
    );
  }

  #edit(change: Change, certificate: Pick<Certificate, 'account' | 'region' | 'arn'>): SetEdits {
    return this.#authority.edit(change, certificateSet, certificateOwner(certificate));
  }
}

import { sql, type Kysely } from 'kysely';
import { parseArn } from '../../aws/arn.ts';
import type { Certificate } from './domain/certificate.ts';
import { acmeValidationRecord, validationRecord } from './domain/validation-record.ts';
import type { AcmPorts } from './ports.ts';
import { recordDigest } from './record-digest.ts';
import { fromRow } from './rows.ts';
import type { AcmTables } from './schema.ts';
import { certificateColumns, type AcmReader, type JobKind } from './store.ts';

/** A certificate, and what is going on about it: for the operator. */
export interface CertificateFacts {
  readonly certificate: Certificate;
  readonly jobs: readonly Job[];
  /** What was in the way of its issuance when that was last looked at. */
  readonly finding?: { readonly at: Temporal.Instant; readonly obstacles: readonly string[] };
  /** ARNs of the resources that it is associated with. */
  readonly inUseBy: readonly string[];
}

interface Job {
  readonly kind: JobKind;
  readonly dueAt: Temporal.Instant;
  readonly attempts: number;
}

interface Name {
  readonly account: string;
  readonly region: string;
  readonly arn: string;
}

/** Names in one query. */
const chunk = 200;

/** What the operator may see of the certificates of all accounts. What it costs depends on no number of certificates. */
export class Inspection {
  readonly #db: Kysely<AcmTables>;
  readonly #reader: AcmReader;
  readonly #validation: AcmPorts['validation'];

  constructor(
    db: Kysely<AcmTables>,
    { reader, validation }: Pick<AcmPorts, 'reader' | 'validation'>,
  ) {
    this.#db = db;
    this.#reader = reader;
    this.#validation = validation;
  }

  /** Undefined when there is no such certificate. @throws TamperedSet */
  async facts(arn: string): Promise<CertificateFacts | undefined> {
    const parsed = parseArn(arn);
    if (parsed === undefined) return undefined;
    const certificate = await this.#reader.certificate(parsed, arn);
    if (certificate === undefined) return undefined;
    const [jobs, finding, inUseBy] = await Promise.all([
      this.#jobs(certificate),
      this.#finding(certificate),
      this.#reader.inUseBy(certificate),
    ]);
    return { certificate, jobs, inUseBy, ...(finding === undefined ? {} : { finding }) };
  }

  /** ARNs of certificates of these accounts with exactly this name, at most `limit`. @param domain plain, without `*.` */
  async withDomain(
    domain: string,
    accounts: readonly string[],
    limit: number,
  ): Promise<readonly string[]> {
    const { installationId, zone } = this.#validation;
    const names = accounts.map(
      (account) =>
        validationRecord(domain, recordDigest(installationId, account, domain), zone).name,
    );
    names.push(acmeValidationRecord(domain, recordDigest(installationId, '', domain), zone).name);
    const found = new Set<string>();
    for (let from = 0; from < names.length && found.size < limit; from += chunk) {
      const rows = await this.#db
        .selectFrom('acm_awaited_record')
        .select('certificate_arn')
        .where('record_name', 'in', names.slice(from, from + chunk))
        .limit(limit)
        .execute();
      for (const row of rows) found.add(row.certificate_arn);
    }
    return [...found].slice(0, limit);
  }

  /** At most `limit` certificates after `after`, by account, Region and ARN. */
  async page(after: Name | undefined, limit: number): Promise<readonly Certificate[]> {
    const { account, region, arn } = after ?? { account: '', region: '', arn: '' };
    const rows = await this.#db
      .selectFrom('acm_certificate')
      .select(certificateColumns)
      .where(sql<boolean>`(account, region, arn) > (${account}, ${region}, ${arn})`)
      .orderBy('account')
      .orderBy('region')
      .orderBy('arn')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  /** ARNs of certificates that end before `until`, the first ones first. */
  endingBefore(until: Temporal.Instant, limit: number): Promise<readonly string[]> {
    return this.#due('expire-certificate', until, limit);
  }

  /** ARNs of certificates whose renewal is tried again and again, and again before `until`. */
  renewalsInTrouble(until: Temporal.Instant, limit: number): Promise<readonly string[]> {
    return this.#due('renew-certificate', until, limit, 3);
  }

  async #due(
    kind: JobKind,
    until: Temporal.Instant,
    limit: number,
    leastAttempts = 0,
  ): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('acm_job')
      .select('certificate_arn')
      .where('kind', '=', kind)
      .where('due_at', '<', until.epochMilliseconds)
      .where('attempts', '>=', leastAttempts)
      .orderBy('due_at')
      .limit(limit)
      .execute();
    return rows.map((row) => row.certificate_arn);
  }

  async #jobs({ account, region, arn }: Name): Promise<readonly Job[]> {
    const rows = await this.#db
      .selectFrom('acm_job')
      .select(['kind', 'due_at', 'attempts'])
      .where('account', '=', account)
      .where('region', '=', region)
      .where('certificate_arn', '=', arn)
      .execute();
    return rows.map(({ kind, due_at: dueAt, attempts }) => ({
      kind: kind as JobKind,
      dueAt: Temporal.Instant.fromEpochMilliseconds(Number(dueAt)),
      attempts,
    }));
  }

  async #finding({ account, region, arn }: Name): Promise<CertificateFacts['finding']> {
    const row = await this.#db
      .selectFrom('acm_finding')
      .select(['found_at', 'obstacles'])
      .where('account', '=', account)
      .where('region', '=', region)
      .where('certificate_arn', '=', arn)
      .executeTakeFirst();
    return row === undefined
      ? undefined
      : {
          at: Temporal.Instant.fromEpochMilliseconds(Number(row.found_at)),
          obstacles: JSON.parse(row.obstacles) as string[],
        };
  }
}

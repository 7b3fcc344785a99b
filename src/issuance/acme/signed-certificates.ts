import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { readPemCertificates } from '../../lib/pem.ts';
import type { Change } from '../../store/change.ts';
import type { AcmeTables, SignedTable } from './schema.ts';

/** Which CA has signed what, as long as it holds, and what of it the CA is still to hear is revoked. */
export class SignedCertificates {
  readonly #db: Kysely<AcmeTables>;

  constructor(db: Kysely<AcmeTables>) {
    this.#db = db;
  }

  /** @param issuer its name */
  keep(
    change: Change,
    issuer: string,
    certificatePem: string,
    { now, notAfter }: { readonly now: Temporal.Instant; readonly notAfter: Temporal.Instant },
  ): void {
    change.write(
      this.#db.deleteFrom('acme_certificate').where('not_after', '<', now.epochMilliseconds),
    );
    const row: SignedTable = {
      fingerprint: fingerprintOf(certificatePem),
      issuer,
      certificate_pem: certificatePem,
      not_after: notAfter.epochMilliseconds,
      revocation_reason: null,
      tell_at: null,
      attempts: 0,
    };
    change.write(
      this.#db
        .insertInto('acme_certificate')
        .values(row)
        .onConflict((conflict) => conflict.doNothing()),
    );
  }

  async has(certificatePem: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('acme_certificate')
      .select('fingerprint')
      .where('fingerprint', '=', fingerprintOf(certificatePem))
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The CA is told soon. One that is revoked already keeps its reason. */
  revoke(change: Change, certificatePem: string, reason: number, now: Temporal.Instant): void {
    change.write(
      this.#db
        .updateTable('acme_certificate')
        .set({ revocation_reason: reason, tell_at: now.epochMilliseconds })
        .where('fingerprint', '=', fingerprintOf(certificatePem))
        .where('revocation_reason', 'is', null),
    );
  }

  dueRevocations(now: Temporal.Instant, limit: number): Promise<SignedTable[]> {
    return this.#db
      .selectFrom('acme_certificate')
      .selectAll()
      .where('tell_at', '<=', now.epochMilliseconds)
      .orderBy('tell_at')
      .limit(limit)
      .execute();
  }

  /** @param at when the CA is told again; undefined when it knows */
  told(change: Change, row: SignedTable, at: Temporal.Instant | undefined): void {
    change.write(
      this.#db
        .updateTable('acme_certificate')
        .set({ tell_at: at?.epochMilliseconds ?? null, attempts: row.attempts + 1 })
        .where('fingerprint', '=', row.fingerprint)
        .where('tell_at', '=', row.tell_at),
    );
  }
}

function fingerprintOf(certificatePem: string): string {
  return hash('sha256', derOf(certificatePem));
}

export function derOf(certificatePem: string): Uint8Array {
  const [der = new Uint8Array(0)] = readPemCertificates(Buffer.from(certificatePem), 1);
  return der;
}

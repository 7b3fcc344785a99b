import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { CaCall } from './ports.ts';
import type { Tbs } from './profile.ts';
import type { PrivateCaTables } from './schema.ts';

/** Writes down what is going to be signed. A serial that is taken fails the Change. */
export function keepIssued(
  db: Kysely<PrivateCaTables>,
  call: CaCall,
  issued: { readonly issuerId: string; readonly tbs: Tbs; readonly subject: string },
): void {
  const { issuerId, tbs, subject } = issued;
  call.change.write(
    db.insertInto('ca_certificate').values({
      issuer_id: issuerId,
      serial: Buffer.from(tbs.serial).toString('hex'),
      tbs_digest: digestOf(tbs.der),
      subject,
      prepared_at: call.clock.now().epochMilliseconds,
      not_after: tbs.notAfter.epochMilliseconds,
      revoked_at: null,
      revocation_reason: null,
    }),
  );
}

/** Whether exactly this was written down, and the commit is done. */
export async function isKept(
  db: Kysely<PrivateCaTables>,
  issuerId: string,
  serial: string,
  tbs: Uint8Array,
): Promise<boolean> {
  const row = await db
    .selectFrom('ca_certificate')
    .select('tbs_digest')
    .where('issuer_id', '=', issuerId)
    .where('serial', '=', serial)
    .executeTakeFirst();
  return row?.tbs_digest === digestOf(tbs);
}

export interface Revoked {
  /** Hex. */
  readonly serial: string;
  readonly revokedAt: Temporal.Instant;
  readonly reason: number | undefined;
}

/** In the order of revocation, without those that ended before `since`. */
export async function revokedBy(
  db: Kysely<PrivateCaTables>,
  issuerId: string,
  since: Temporal.Instant,
): Promise<Revoked[]> {
  const rows = await db
    .selectFrom('ca_certificate')
    .select(['serial', 'revoked_at', 'revocation_reason'])
    .where('issuer_id', '=', issuerId)
    .where('revoked_at', 'is not', null)
    .where('not_after', '>=', since.epochMilliseconds)
    .orderBy('revoked_at')
    .execute();
  return rows.map((row) => ({
    serial: row.serial,
    revokedAt: Temporal.Instant.fromEpochMilliseconds(Number(row.revoked_at)),
    reason: row.revocation_reason ?? undefined,
  }));
}

function digestOf(tbs: Uint8Array): string {
  return createHash('sha256').update(tbs).digest('hex');
}

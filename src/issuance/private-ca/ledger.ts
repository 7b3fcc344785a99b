import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Soon } from '../../lib/soon.ts';
import type { Compilable } from '../../store/change.ts';
import { repeatedQuery, repeatedStatement } from '../../store/repeated-query.ts';
import type { CaCall } from './ports.ts';
import type { Tbs } from './profile.ts';
import type { IssuedTable, PrivateCaTables } from './schema.ts';

/** What was written down to be signed. */
export class Ledger {
  readonly #insertion: (row: IssuedTable) => Compilable;
  readonly #digest: (name: {
    readonly issuerId: string;
    readonly serial: string;
  }) => Soon<readonly { readonly tbs_digest: string }[]>;

  constructor(db: Kysely<PrivateCaTables>) {
    this.#insertion = repeatedStatement((row: IssuedTable) =>
      db.insertInto('ca_certificate').values(row),
    );
    this.#digest = repeatedQuery(
      db,
      ({ issuerId, serial }: { readonly issuerId: string; readonly serial: string }) =>
        db
          .selectFrom('ca_certificate')
          .select('tbs_digest')
          .where('issuer_id', '=', issuerId)
          .where('serial', '=', serial),
    );
  }

  /** Writes down what is going to be signed. A serial that is taken fails the Change. */
  keep(
    call: CaCall,
    issued: { readonly issuerId: string; readonly tbs: Tbs; readonly subject: string },
  ): void {
    const { issuerId, tbs, subject } = issued;
    call.change.write(
      this.#insertion({
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
  async has(issuerId: string, serial: string, tbs: Uint8Array): Promise<boolean> {
    const [row] = await this.#digest({ issuerId, serial });
    return row?.tbs_digest === digestOf(tbs);
  }
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
  return hash('sha256', tbs);
}

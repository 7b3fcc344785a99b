import type { Kysely } from 'kysely';
import { readPemCertificates } from '../../lib/pem.ts';
import { parseCertificate, type CertificateFields } from '../../lib/x509.ts';
import { IssuerRefusal } from '../issuer.ts';
import type { RevocationCode, Revoker } from '../revoker.ts';
import type { AuthorityReader } from './authorities.ts';
import { caOwner } from './authority-sets.ts';
import { listedSince } from './crl.ts';
import type { CaCall, PrivateCaPorts } from './ports.ts';
import type { PrivateCaTables } from './schema.ts';

/** Of certificates that have not ended: what the vault signs as one list (`maxFrameBytes`), with room for those that race. */
export const mostRevoked = 19_000;

/** Marks certificates as revoked in the ledger; the lists that follow say so. */
export class LeafRevoker implements Revoker {
  readonly #db: Kysely<PrivateCaTables>;
  readonly #reader: AuthorityReader;
  readonly #authority: PrivateCaPorts['authority'];

  constructor(
    db: Kysely<PrivateCaTables>,
    reader: AuthorityReader,
    { authority }: Pick<PrivateCaPorts, 'authority'>,
  ) {
    this.#db = db;
    this.#reader = reader;
    this.#authority = authority;
  }

  readonly revoke = async (
    call: CaCall,
    certificates: readonly string[],
    reason: RevocationCode,
  ): Promise<void> => {
    const issuers = new Map(
      (await this.#reader.all()).map(({ name, key }) => [text(name), key.caId]),
    );
    const signed = certificates.map((pem) => {
      const { issuer, serial } = certificateOf(pem);
      const caId = issuers.get(text(issuer.der));
      if (caId === undefined)
        throw new IssuerRefusal('OTHER', 'another authority signed the certificate');
      return { caId, serial: text(serial) };
    });
    for (const caId of new Set(signed.map((each) => each.caId))) {
      await this.#requireRoom(caId, signed.length, call.clock.now());
      this.#hasten(call, caId);
    }
    for (const { caId, serial } of signed) await this.#mark(call, caId, serial, reason);
  };

  /** A list that is too long would never be signed, and the last one ends. */
  async #requireRoom(caId: string, more: number, now: Temporal.Instant): Promise<void> {
    const { revoked } = await this.#db
      .selectFrom('ca_certificate')
      .select(({ fn }) => fn.countAll<number>().as('revoked'))
      .where('issuer_id', '=', caId)
      .where('revoked_at', 'is not', null)
      .where('not_after', '>=', listedSince(now).epochMilliseconds)
      .executeTakeFirstOrThrow();
    if (Number(revoked) + more > mostRevoked)
      throw new IssuerRefusal('OTHER', 'the revocation list of its authority is full');
  }

  async #mark(call: CaCall, caId: string, serial: string, reason: RevocationCode): Promise<void> {
    const row = await this.#db
      .selectFrom('ca_certificate')
      .select('revoked_at')
      .where('issuer_id', '=', caId)
      .where('serial', '=', serial)
      .executeTakeFirst();
    // It was written down before it was signed.
    if (row === undefined)
      this.#authority.refuse({ kind: 'ca-order', ...caOwner(`${caId} ${serial}`) });
    if (row.revoked_at !== null) return;
    call.change.write(
      this.#db
        .updateTable('ca_certificate')
        .set({
          revoked_at: call.clock.now().epochMilliseconds,
          revocation_reason: reason,
        })
        .where('issuer_id', '=', caId)
        .where('serial', '=', serial)
        .where('revoked_at', 'is', null),
      { rows: 1 },
    );
  }

  /** The list is due now, and at a time that it was not due before: one that is being made without this does not count. */
  #hasten(call: CaCall, caId: string): void {
    const now = call.clock.now().epochMilliseconds;
    call.change.write(
      this.#db
        .updateTable('ca_authority')
        .set((eb) => ({
          crl_due_at: eb
            .case()
            .when('crl_due_at', '>', now)
            .then(now)
            .else(eb('crl_due_at', '-', 1))
            .end(),
        }))
        .where('ca_id', '=', caId),
      { rows: 1 },
    );
  }
}

function certificateOf(pem: string): CertificateFields {
  const [der = new Uint8Array(0)] = readPemCertificates(Buffer.from(pem), 1);
  return parseCertificate(der);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

import type { Kysely } from 'kysely';
import { principalName } from '../../aws/principal.ts';
import { DerReader, explicit, integer, sequence, time, tlv } from '../../lib/der.ts';
import { extensionId } from '../../lib/oids.ts';
import { authorityKeyIdentifier, extension } from '../extensions.ts';
import type { AuthorityReader } from './authorities.ts';
import { revokedBy, type Revoked } from './ledger.ts';
import type { CaCall, PrivateCaPorts } from './ports.ts';
import { backdated, signatureAlgorithmOf, type IssuerFields } from './profile.ts';
import type { PrivateCaTables } from './schema.ts';

/** A list says that the next one comes after so many days … */
const nextUpdateDays = 7;
/** … and it comes earlier: a server that is down for days leaves nobody without a list that holds. */
const renewedAfterDays = 3;

/** Makes the lists that are due; resolves with their number. */
export async function renewDueCrls(
  db: Kysely<PrivateCaTables>,
  reader: AuthorityReader,
  ports: PrivateCaPorts,
  now: Temporal.Instant,
): Promise<number> {
  const due = await reader.dueForCrl(now);
  for (const { ca_id } of due) {
    await ports.run('IssueCertificateRevocationList', (call) =>
      renew(ca_id, db, reader, ports, call),
    );
  }
  return due.length;
}

/** RFC 5280 §3.3: an entry stays on one list at least that is issued after the certificate's end. */
export function listedSince(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ hours: nextUpdateDays * 24 });
}

async function renew(
  caId: string,
  db: Kysely<PrivateCaTables>,
  reader: AuthorityReader,
  { vault }: PrivateCaPorts,
  call: CaCall,
): Promise<void> {
  const now = call.clock.now();
  // Read again: somebody else may have been faster.
  const row = (await reader.dueForCrl(now)).find((each) => each.ca_id === caId);
  if (row === undefined) return;
  const issuer = reader.authority(row);
  const number = Number(row.crl_number) + 1;
  const revoked = await revokedBy(db, caId, listedSince(now));
  const { crl, receipt } = await vault.signCrl(
    issuer.key,
    certList(issuer, { number, now, revoked }),
    { principal: principalName(call.principal) },
  );
  call.audit.receipt(receipt);
  call.change.write(
    db
      .updateTable('ca_authority')
      .set({
        crl,
        crl_number: number,
        crl_due_at: now.add({ hours: renewedAfterDays * 24 }).epochMilliseconds,
      })
      .where('ca_id', '=', caId)
      .where('crl_number', '=', row.crl_number)
      // A revocation that came meanwhile has made it due at another time, and stands on the next list.
      .where('crl_due_at', '=', row.crl_due_at),
    { rows: 1 },
  );
}

/** DER TBSCertList. @see RFC 5280 §5.1 */
function certList(
  issuer: IssuerFields,
  list: { number: number; now: Temporal.Instant; revoked: readonly Revoked[] },
): Uint8Array {
  const entries = list.revoked.map(entry);
  return sequence(
    integer(1),
    signatureAlgorithmOf(issuer.spec),
    issuer.name,
    time(backdated(list.now)),
    time(list.now.add({ hours: nextUpdateDays * 24 })),
    // RFC 5280 §5.1.2.6: an empty list is left out.
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    explicit(
      0,
      sequence(
        extension(extensionId.authorityKeyIdentifier, authorityKeyIdentifier(issuer.publicKey)),
        extension(extensionId.crlNumber, integer(list.number)),
      ),
    ),
  );
}

function entry({ serial, revokedAt, reason }: Revoked): Uint8Array {
  // RFC 5280 §5.3.1: unspecified (0) is said by leaving the extension out.
  const extensions =
    reason === undefined || reason === 0
      ? []
      : [sequence(extension(extensionId.reasonCode, enumerated(reason)))];
  return sequence(integer(Buffer.from(serial, 'hex')), time(revokedAt), ...extensions);
}

export interface RevocationList {
  readonly der: Uint8Array;
  readonly thisUpdate: Temporal.Instant;
  /** When the next one comes at the latest. */
  readonly nextUpdate: Temporal.Instant;
}

/** @param der of a list that was made here */
export function readRevocationList(der: Uint8Array): RevocationList {
  const list = new DerReader(der).readSequence().readSequence();
  list.readInteger();
  list.next();
  list.next();
  return { der, thisUpdate: list.readTime(), nextUpdate: list.readTime() };
}

function enumerated(value: number): Uint8Array {
  return tlv(0x0a, Uint8Array.of(value));
}

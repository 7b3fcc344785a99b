import type { Kysely } from 'kysely';
import { principalName } from '../../aws/principal.ts';
import type { KeyFamily } from '../../lib/oids.ts';
import type { PrivateKeySpec } from '../../vault-client/vault.ts';
import {
  keyOf,
  rootPlace,
  type Authority,
  type AuthorityReader,
  type Place,
} from './authorities.ts';
import { caOwner, caSet } from './authority-sets.ts';
import { Ledger } from './ledger.ts';
import type { CaCall, PrivateCaPorts } from './ports.ts';
import { intermediateCertificate, rootCertificate } from './profile.ts';
import type { AuthorityTable, PrivateCaTables } from './schema.ts';

/** See docs/decisions/0001-private-ca-keys.md. */
const specs: Readonly<Record<`${Place['role']} ${KeyFamily}`, PrivateKeySpec>> = {
  'root EC': 'EC_secp384r1',
  'root RSA': 'RSA_4096',
  'intermediate EC': 'EC_prime256v1',
  'intermediate RSA': 'RSA_3072',
};

/** An intermediate signs until so many years before its end; then a new one takes its place. */
const lastYears = 2;

/** Makes the root and an intermediate for each family of keys, where they are missing: once, whoever else tries at the same time. */
export async function ensureAuthorities(
  db: Kysely<PrivateCaTables>,
  reader: AuthorityReader,
  ports: PrivateCaPorts,
): Promise<void> {
  const foundation = new Foundation(db, reader, ports);
  const root = await foundation.ensure(rootPlace, undefined);
  await Promise.all(
    (['EC', 'RSA'] as const).map((family) =>
      foundation.ensure({ role: 'intermediate', family }, root),
    ),
  );
}

class Foundation {
  readonly #db: Kysely<PrivateCaTables>;
  readonly #ledger: Ledger;
  readonly #reader: AuthorityReader;
  readonly #ports: PrivateCaPorts;

  constructor(db: Kysely<PrivateCaTables>, reader: AuthorityReader, ports: PrivateCaPorts) {
    this.#db = db;
    this.#ledger = new Ledger(db);
    this.#reader = reader;
    this.#ports = ports;
  }

  /** @param issuer undefined for the root */
  async ensure(place: Place, issuer: Authority | undefined): Promise<Authority> {
    const { run, clock } = this.#ports;
    if ((await this.#nextGeneration(place, issuer, clock.now())) !== undefined)
      await run('CreateCertificateAuthority', (call) => this.#prepare(place, issuer, call));
    if ((await this.#reader.newest(place))?.certificate === null)
      await run('IssueCertificateAuthorityCertificate', (call) => this.#sign(place, issuer, call));
    return this.#reader.current(place);
  }

  /** Of the authority that is to be made; undefined while the present one will do. */
  async #nextGeneration(
    place: Place,
    issuer: Authority | undefined,
    now: Temporal.Instant,
  ): Promise<number | undefined> {
    const newest = await this.#reader.newest(place);
    if (newest === undefined) return 1;
    const end = Temporal.Instant.fromEpochMilliseconds(Number(newest.not_after));
    const lastDay = end.toZonedDateTimeISO('UTC').subtract({ years: lastYears }).toInstant();
    const isSpent = Temporal.Instant.compare(lastDay, now) <= 0;
    // A root has no successor of itself, and one as short-lived as the present one is no use.
    const canLastLonger =
      issuer !== undefined && Temporal.Instant.compare(end, issuer.notAfter) < 0;
    return isSpent && canLastLonger ? newest.generation + 1 : undefined;
  }

  /** The key pair, and what its certificate will say. */
  async #prepare(place: Place, issuer: Authority | undefined, call: CaCall): Promise<void> {
    const now = call.clock.now();
    const generation = await this.#nextGeneration(place, issuer, now);
    // Somebody else was faster.
    if (generation === undefined) return;
    const { role, family } = place;
    const caId = call.random.uuid();
    const { receipt, ...key } = await this.#ports.vault.generateCaKey(
      { caId, role, spec: specs[`${role} ${family}`] },
      { principal: principalName(call.principal) },
    );
    call.audit.receipt(receipt);
    const moment = { now, random: call.random };
    const tbs =
      issuer === undefined
        ? rootCertificate(key, moment)
        : intermediateCertificate({ ...key, family }, issuer, moment);
    const issuerId = issuer?.key.caId ?? caId;
    const row: AuthorityTable = {
      ca_id: caId,
      role,
      family,
      generation,
      spec: key.spec,
      wrapped_key: key.wrapped,
      public_key: key.publicKey,
      issuer_id: issuerId,
      tbs_certificate: tbs.der,
      certificate: null,
      not_after: tbs.notAfter.epochMilliseconds,
      crl: null,
      crl_number: 0,
      crl_due_at: 0,
    };
    call.change.write(this.#db.insertInto('ca_authority').values(row));
    this.#ports.authority.edit(call.change, caSet, caOwner(caId)).put('ca_authority', row);
    this.#ledger.keep(call, { issuerId, tbs, subject: `${role} ${family} ${caId}` });
  }

  /** Of two that sign at the same time one is kept. */
  async #sign(place: Place, issuer: Authority | undefined, call: CaCall): Promise<void> {
    const row = await this.#reader.newest(place);
    if (row === undefined || row.certificate !== null) return;
    const own = keyOf(row);
    const { certificate, receipt } = await this.#ports.vault.signCertificate(
      issuer?.key ?? own,
      row.tbs_certificate,
      { principal: principalName(call.principal) },
      own,
    );
    call.audit.receipt(receipt);
    call.change.write(
      this.#db
        .updateTable('ca_authority')
        .set({ certificate })
        .where('ca_id', '=', row.ca_id)
        .where('certificate', 'is', null),
      { rows: 1 },
    );
    const { ca_id } = row;
    this.#ports.authority
      .edit(call.change, caSet, caOwner(ca_id))
      .update('ca_authority', { ca_id }, { certificate });
  }
}

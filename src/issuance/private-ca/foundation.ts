import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { principalName } from '../../aws/principal.ts';
import type { KeyFamily } from '../../lib/oids.ts';
import type { PrivateKeySpec } from '../../vault-client/vault.ts';
import {
  intermediatePlaces,
  keyOf,
  rootPlace,
  type Authority,
  type AuthorityReader,
  type AuthorityRow,
  type Place,
} from './authorities.ts';
import { caOwner, caSet } from './authority-sets.ts';
import { Ledger } from './ledger.ts';
import type { AuthorityNews, CaCall, PrivateCaPorts } from './ports.ts';
import {
  intermediateCertificate,
  intermediateYears,
  rootCertificate,
  yearsAfter,
} from './profile.ts';
import type { AuthorityTable, PrivateCaTables } from './schema.ts';

/** See docs/decisions/0001-private-ca-keys.md. */
const specs: Readonly<Record<`${Place['role']} ${KeyFamily}`, PrivateKeySpec>> = {
  'root EC': 'EC_secp384r1',
  'root RSA': 'RSA_4096',
  'intermediate EC': 'EC_prime256v1',
  'intermediate RSA': 'RSA_3072',
};

/**
 * So many years before its end an authority has a successor. A root's is on record a year before it signs: so long clients
 * have to learn of it.
 */
const lastYears: Readonly<Record<Place['role'], number>> = {
  root: intermediateYears + 1,
  intermediate: 2,
};

/**
 * Makes a root and an intermediate for each family of keys, where they are missing or soon end: once, whoever else tries
 * at the same time.
 */
export async function ensureAuthorities(
  db: Kysely<PrivateCaTables>,
  reader: AuthorityReader,
  ports: PrivateCaPorts,
): Promise<void> {
  const foundation = new Foundation(db, reader, ports);
  await foundation.ensure(rootPlace);
  await Promise.all(intermediatePlaces.map((place) => foundation.ensure(place)));
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

  async ensure(place: Place): Promise<void> {
    const { run, clock } = this.#ports;
    if ((await this.#nextGeneration(place, clock.now())) !== undefined)
      await run('CreateCertificateAuthority', (call) => this.#prepare(place, call));
    if ((await this.#reader.newest(place))?.certificate === null)
      await run('IssueCertificateAuthorityCertificate', (call) => this.#sign(place, call));
  }

  /** Of the authority that is to be made; undefined while the present one will do. */
  async #nextGeneration(place: Place, now: Temporal.Instant): Promise<number | undefined> {
    const newest = await this.#reader.newest(place);
    if (newest === undefined) return 1;
    const lastDay = yearsAfter(
      Temporal.Instant.fromEpochMilliseconds(Number(newest.not_after)),
      -lastYears[place.role],
    );
    return Temporal.Instant.compare(lastDay, now) <= 0 ? newest.generation + 1 : undefined;
  }

  /** The oldest root that outlives an intermediate which is made now: of all, clients know it longest. */
  async #signingRoot(now: Temporal.Instant): Promise<Authority> {
    const roots = await this.#reader.rootsInForce(now);
    const end = yearsAfter(now, intermediateYears);
    const root =
      roots.find(({ notAfter }) => Temporal.Instant.compare(end, notAfter) <= 0) ?? roots.at(-1);
    if (root === undefined) throw new Error('there is no root in force');
    return root;
  }

  /** The key pair, and what its certificate will say. */
  async #prepare(place: Place, call: CaCall): Promise<void> {
    const now = call.clock.now();
    const generation = await this.#nextGeneration(place, now);
    // Somebody else was faster.
    if (generation === undefined) return;
    const { role, family } = place;
    const issuer = role === 'root' ? undefined : await this.#signingRoot(now);
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
  async #sign(place: Place, call: CaCall): Promise<void> {
    const row = await this.#reader.newest(place);
    if (row === undefined || row.certificate !== null) return;
    const { ca_id, issuer_id } = row;
    const own = keyOf(row);
    const issuer = issuer_id === ca_id ? own : (await this.#reader.byId(issuer_id))?.key;
    if (issuer === undefined) throw new Error('the issuer of an authority is gone');
    const { certificate, receipt } = await this.#ports.vault.signCertificate(
      issuer,
      row.tbs_certificate,
      { principal: principalName(call.principal) },
      own,
    );
    call.audit.receipt(receipt);
    call.change.write(
      this.#db
        .updateTable('ca_authority')
        .set({ certificate })
        .where('ca_id', '=', ca_id)
        .where('certificate', 'is', null),
      { rows: 1 },
    );
    this.#ports.authority
      .edit(call.change, caSet, caOwner(ca_id))
      .update('ca_authority', { ca_id }, { certificate });
    announce({ ...row, certificate }, call, this.#ports);
  }
}

/** In the record of the call, and once it is kept to who operates the installation. */
function announce(
  row: AuthorityRow & { readonly certificate: Uint8Array },
  call: CaCall,
  { announce: tell }: PrivateCaPorts,
): void {
  const { role, generation, not_after, certificate } = row;
  const news: AuthorityNews = {
    role,
    generation,
    notAfter: Temporal.Instant.fromEpochMilliseconds(Number(not_after)).toString(),
    sha256: hash('sha256', certificate),
  };
  call.audit.additional({ ...news });
  call.change.afterCommit(() => tell(news));
}

import type { Kysely } from 'kysely';
import type { Authority as RowAuthority } from '../../aws/authority/authority.ts';
import type { KeyFamily } from '../../lib/oids.ts';
import { parseCertificate } from '../../lib/x509.ts';
import { writePem } from '../../lib/pem-writer.ts';
import type { CaKey } from '../../vault-client/vault.ts';
import { caOwner, caSet, type CoveredAuthority } from './authority-sets.ts';
import type { IssuerFields } from './profile.ts';
import type { AuthorityTable, PrivateCaTables } from './schema.ts';

/** An authority whose certificate is there. */
export interface Authority extends IssuerFields {
  readonly key: CaKey;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly certificatePem: string;
}

export type AuthorityRow = Omit<AuthorityTable, 'crl'>;

/** Which authority: of several generations the highest. */
export interface Place {
  readonly role: 'root' | 'intermediate';
  readonly family: KeyFamily;
}

/** Keys of roots are of this family. */
export const rootPlace: Place = { role: 'root', family: 'EC' };

export const intermediatePlaces: readonly Place[] = (['EC', 'RSA'] as const).map((family) => ({
  role: 'intermediate',
  family,
}));

const columns = [
  'ca_id',
  'role',
  'family',
  'generation',
  'spec',
  'wrapped_key',
  'public_key',
  'issuer_id',
  'tbs_certificate',
  'certificate',
  'not_after',
  'crl_number',
  'crl_due_at',
] as const satisfies readonly (keyof AuthorityRow)[];

/** Reads the authorities, as of the last commit: another process may have made a new one. */
export class AuthorityReader {
  readonly #db: Kysely<PrivateCaTables>;
  readonly #rowAuthority: RowAuthority;
  readonly #crlBaseUrl: string;
  /** By the rows that say so, which are the same objects until one is written. */
  readonly #known = new WeakMap<CoveredAuthority, Authority>();

  constructor(db: Kysely<PrivateCaTables>, rowAuthority: RowAuthority, crlBaseUrl: string) {
    this.#db = db;
    this.#rowAuthority = rowAuthority;
    this.#crlBaseUrl = crlBaseUrl;
  }

  /** Signed or not. */
  async newest({ role, family }: Place): Promise<AuthorityRow | undefined> {
    const row = await this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('role', '=', role)
      .where('family', '=', family)
      .orderBy('generation', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && this.#authentic(row);
  }

  /** The one that signs now. @throws Error before `ensureCa` */
  async current({ role, family }: Place): Promise<Authority> {
    const found = await this.#rowAuthority.lookUp(caSet, `current ${role} ${family}`, () =>
      this.#db
        .selectFrom('ca_authority')
        .select('ca_id')
        .where('role', '=', role)
        .where('family', '=', family)
        .where('certificate', 'is not', null)
        .orderBy('generation', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    const current = found && (await this.byId(found.ca_id));
    if (current === undefined)
      throw new Error('the private certification authority is not made yet');
    return current;
  }

  async byId(caId: string): Promise<Authority | undefined> {
    const row = await this.#rowAuthority.load(caSet, caOwner(caId));
    if (row === undefined || row.certificate === null) return undefined;
    let known = this.#known.get(row);
    if (known === undefined) {
      known = this.authority(row);
      this.#known.set(row, known);
    }
    return known;
  }

  /** Of every generation, also those that have ended. */
  async all(): Promise<Authority[]> {
    const places = await Promise.all(
      [rootPlace, ...intermediatePlaces].map((place) => this.#generations(place)),
    );
    return places.flat();
  }

  /** Oldest first. */
  async rootsInForce(now: Temporal.Instant): Promise<Authority[]> {
    const roots = await this.#generations(rootPlace);
    return roots.filter(({ notAfter }) => Temporal.Instant.compare(now, notAfter) < 0);
  }

  /** Oldest first. */
  async #generations({ role, family }: Place): Promise<Authority[]> {
    const rows = await this.#rowAuthority.lookUp(caSet, `all ${role} ${family}`, () =>
      this.#db
        .selectFrom('ca_authority')
        .select('ca_id')
        .where('role', '=', role)
        .where('family', '=', family)
        .where('certificate', 'is not', null)
        .orderBy('generation')
        .execute(),
    );
    const found = await Promise.all(rows.map(({ ca_id }) => this.byId(ca_id)));
    return found.filter((each) => each !== undefined);
  }

  /** Those whose revocation list is to be made anew. */
  async dueForCrl(now: Temporal.Instant): Promise<AuthorityRow[]> {
    const rows = await this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('crl_due_at', '<=', now.epochMilliseconds)
      .where('not_after', '>', now.epochMilliseconds)
      .where('certificate', 'is not', null)
      .execute();
    return Promise.all(rows.map((row) => this.#authentic(row)));
  }

  async crl(caId: string): Promise<Uint8Array | undefined> {
    const row = await this.#db
      .selectFrom('ca_authority')
      .select('crl')
      .where('ca_id', '=', caId)
      .executeTakeFirst();
    return row?.crl ?? undefined;
  }

  authority(row: CoveredAuthority): Authority {
    if (row.certificate === null) throw new TypeError('an authority without its certificate');
    const { subject, notAfter } = parseCertificate(row.certificate);
    return {
      key: keyOf(row),
      spec: row.spec,
      name: subject.der,
      publicKey: row.public_key,
      notAfter,
      crlUrl: `${this.#crlBaseUrl}/${row.ca_id}.crl`,
      certificate: row.certificate,
      certificatePem: writePem('CERTIFICATE', row.certificate),
    };
  }

  /** @throws TamperedSet */
  async #authentic(row: AuthorityRow): Promise<AuthorityRow> {
    const covered = await this.#rowAuthority.load(caSet, caOwner(row.ca_id));
    return { ...row, ...covered };
  }
}

export function keyOf(row: CoveredAuthority): CaKey {
  return {
    caId: row.ca_id,
    role: row.role,
    spec: row.spec,
    wrapped: row.wrapped_key,
    publicKey: row.public_key,
  };
}

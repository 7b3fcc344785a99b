import type { Kysely } from 'kysely';
import type { Authority as RowAuthority } from '../../aws/authority/authority.ts';
import type { KeyFamily } from '../../lib/oids.ts';
import { parseCertificate } from '../../lib/x509.ts';
import { writePem } from '../../lib/pem-writer.ts';
import type { CaKey } from '../../vault-client/vault.ts';
import { caOwner, caSet } from './authority-sets.ts';
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
  readonly role: CaKey['role'];
  readonly family: KeyFamily;
}

/** There is one root, and its key is of this family. */
export const rootPlace: Place = { role: 'root', family: 'EC' };

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
    const row = await this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('role', '=', role)
      .where('family', '=', family)
      .where('certificate', 'is not', null)
      .orderBy('generation', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) throw new Error('the private certification authority is not made yet');
    return this.authority(await this.#authentic(row));
  }

  async byId(caId: string): Promise<Authority | undefined> {
    const row = await this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('ca_id', '=', caId)
      .executeTakeFirst();
    if (row === undefined || row.certificate === null) return undefined;
    return this.authority(await this.#authentic(row));
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

  authority(row: AuthorityRow): Authority {
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

export function keyOf(row: AuthorityRow): CaKey {
  return {
    caId: row.ca_id,
    role: row.role,
    spec: row.spec,
    wrapped: row.wrapped_key,
    publicKey: row.public_key,
  };
}

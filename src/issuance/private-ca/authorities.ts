import type { Kysely } from 'kysely';
import type { KeyFamily } from '../../lib/oids.ts';
import { parseCertificate } from '../../lib/x509.ts';
import { writePem } from '../../lib/pem-writer.ts';
import type { CaKey } from '../../vault-client/vault.ts';
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

/** Reads the authorities. Nothing is kept in memory: another process may have made a new one. */
export class AuthorityReader {
  readonly #db: Kysely<PrivateCaTables>;
  readonly #crlBaseUrl: string;

  constructor(db: Kysely<PrivateCaTables>, crlBaseUrl: string) {
    this.#db = db;
    this.#crlBaseUrl = crlBaseUrl;
  }

  /** Signed or not. */
  newest({ role, family }: Place): Promise<AuthorityRow | undefined> {
    return this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('role', '=', role)
      .where('family', '=', family)
      .orderBy('generation', 'desc')
      .limit(1)
      .executeTakeFirst();
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
    return this.authority(row);
  }

  async byId(caId: string): Promise<Authority | undefined> {
    const row = await this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('ca_id', '=', caId)
      .executeTakeFirst();
    return row === undefined || row.certificate === null ? undefined : this.authority(row);
  }

  /** Those whose revocation list is to be made anew. */
  dueForCrl(now: Temporal.Instant): Promise<AuthorityRow[]> {
    return this.#db
      .selectFrom('ca_authority')
      .select(columns)
      .where('crl_due_at', '<=', now.epochMilliseconds)
      .where('not_after', '>', now.epochMilliseconds)
      .where('certificate', 'is not', null)
      .execute();
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

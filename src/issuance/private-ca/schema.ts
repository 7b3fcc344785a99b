import { watch } from '../../aws/authority/schema.ts';
import type { PrivateKeySpec } from '../../vault-client/vault.ts';
import type { Sealed } from '../../lib/secret.ts';
import { bytes } from '../../store/column-types.ts';
import type { Migrations } from '../../store/store.ts';
import { caSet } from './authority-sets.ts';

/** An authority of this installation. Its key pair and its TBSCertificate are there before its certificate. */
export interface AuthorityTable {
  /** UUID; the name of its revocation list. */
  ca_id: string;
  role: 'root' | 'intermediate';
  /** Of its own key: `RSA` or `EC`. */
  family: string;
  /** From 1. The highest one of a role and family signs. */
  generation: number;
  spec: PrivateKeySpec;
  wrapped_key: Sealed<'ca-key'>;
  public_key: Uint8Array;
  issuer_id: string;
  tbs_certificate: Uint8Array;
  /** DER; null until it is signed. */
  certificate: Uint8Array | null;
  not_after: number;
  /** DER of the last revocation list; null before the first. */
  crl: Uint8Array | null;
  crl_number: number;
  crl_due_at: number;
}

/** Every certificate that an authority was asked to sign, from before it is signed. */
export interface IssuedTable {
  issuer_id: string;
  /** Lower-case hex. */
  serial: string;
  /** SHA-256 of the TBSCertificate, hex: nothing else is ever signed under this serial. */
  tbs_digest: string;
  subject: string;
  prepared_at: number;
  not_after: number;
  revoked_at: number | null;
  /** CRLReason. @see RFC 5280 §5.3.1 */
  revocation_reason: number | null;
}

export interface PrivateCaTables {
  ca_authority: AuthorityTable;
  ca_certificate: IssuedTable;
}

export const privateCaMigrations: Migrations = {
  'ca-0001': {
    async up(db) {
      await db.schema
        .createTable('ca_authority')
        .addColumn('ca_id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('family', 'text', (c) => c.notNull())
        .addColumn('generation', 'integer', (c) => c.notNull())
        .addColumn('spec', 'text', (c) => c.notNull())
        .addColumn('wrapped_key', bytes as never, (c) => c.notNull())
        .addColumn('public_key', bytes as never, (c) => c.notNull())
        .addColumn('issuer_id', 'text', (c) => c.notNull())
        .addColumn('tbs_certificate', bytes as never, (c) => c.notNull())
        .addColumn('certificate', bytes as never)
        .addColumn('not_after', 'bigint', (c) => c.notNull())
        .addColumn('crl', bytes as never)
        .addColumn('crl_number', 'bigint', (c) => c.notNull())
        .addColumn('crl_due_at', 'bigint', (c) => c.notNull())
        .addUniqueConstraint('ca_authority_once', ['role', 'family', 'generation'])
        .execute();
      await db.schema
        .createIndex('ca_authority_by_due_crl')
        .on('ca_authority')
        .columns(['crl_due_at'])
        .execute();
      await db.schema
        .createTable('ca_certificate')
        .addColumn('issuer_id', 'text', (c) => c.notNull())
        .addColumn('serial', 'text', (c) => c.notNull())
        .addColumn('tbs_digest', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('prepared_at', 'bigint', (c) => c.notNull())
        .addColumn('not_after', 'bigint', (c) => c.notNull())
        .addColumn('revoked_at', 'bigint')
        .addColumn('revocation_reason', 'integer')
        .addPrimaryKeyConstraint('ca_certificate_pk', ['issuer_id', 'serial'])
        .execute();
      await db.schema
        .createIndex('ca_certificate_by_revocation')
        .on('ca_certificate')
        .columns(['issuer_id', 'revoked_at'])
        .execute();
    },
  },
  'ca-0002': {
    async up(db) {
      await watch(db, caSet);
    },
  },
};

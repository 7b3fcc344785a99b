import { watch } from '../../aws/authority/schema.ts';
import type { Sealed } from '../../lib/secret.ts';
import { bytes } from '../../store/column-types.ts';
import type { Migrations } from '../../store/store.ts';
import { issuerSet } from './authority-sets.ts';

/** A CA that may sign for an account, and our account with it. */
export interface IssuerTable {
  name: string;
  /** Whose certificates it signs; `*` for all accounts. */
  account: string;
  /** Names for which it is asked, with blanks between: `example.com` means also all below. */
  domains: string;
  /** Of several that could sign, the one with the lowest. */
  rank: number;
  directory_url: string;
  profile: string | null;
  /** CN of the issuer of the top of the chain that is wanted. */
  preferred_chain: string | null;
  /** URL of our account. */
  account_url: string;
  key_id: string;
  wrapped_key: Sealed<'ca-key'>;
  /** DER SubjectPublicKeyInfo. */
  public_key: Uint8Array;
}

/** A TXT record that some CA is about to look for. */
interface ChallengeTable {
  /** Plain name in the validation zone. */
  name: string;
  value: string;
  /** Whose it is: removed with it. */
  order_url: string;
  expires_at: number;
}

/** A certificate that a CA has signed for us: to know whom to tell that it is revoked. */
export interface SignedTable {
  /** SHA-256 of the DER, hex. */
  fingerprint: string;
  /** Name of the issuer. */
  issuer: string;
  certificate_pem: string;
  not_after: number;
  /** CRLReason, once it is revoked. */
  revocation_reason: number | null;
  /** When the CA is to be told; null when it need not be, or was. */
  tell_at: number | null;
  attempts: number;
}

export interface AcmeTables {
  acme_certificate: SignedTable;
  acme_issuer: IssuerTable;
  acme_challenge: ChallengeTable;
}

export const acmeMigrations: Migrations = {
  'acme-0001': {
    async up(db) {
      await db.schema
        .createTable('acme_issuer')
        .addColumn('name', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account', 'text', (c) => c.notNull())
        .addColumn('domains', 'text', (c) => c.notNull())
        .addColumn('rank', 'integer', (c) => c.notNull())
        .addColumn('directory_url', 'text', (c) => c.notNull())
        .addColumn('profile', 'text')
        .addColumn('preferred_chain', 'text')
        .addColumn('account_url', 'text', (c) => c.notNull())
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('wrapped_key', bytes as never, (c) => c.notNull())
        .addColumn('public_key', bytes as never, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('acme_challenge')
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('value', 'text', (c) => c.notNull())
        .addColumn('order_url', 'text', (c) => c.notNull())
        .addColumn('expires_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('acme_challenge_pk', ['name', 'value', 'order_url'])
        .execute();
      for (const column of ['order_url', 'expires_at'] as const) {
        await db.schema
          .createIndex(`acme_challenge_by_${column}`)
          .on('acme_challenge')
          .columns([column])
          .execute();
      }
      await watch(db, issuerSet);
    },
  },
  'acme-0002': {
    async up(db) {
      await db.schema
        .createTable('acme_certificate')
        .addColumn('fingerprint', 'text', (c) => c.primaryKey().notNull())
        .addColumn('issuer', 'text', (c) => c.notNull())
        .addColumn('certificate_pem', 'text', (c) => c.notNull())
        .addColumn('not_after', 'bigint', (c) => c.notNull())
        .addColumn('revocation_reason', 'integer')
        .addColumn('tell_at', 'bigint')
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .execute();
      for (const column of ['not_after', 'tell_at'] as const) {
        await db.schema
          .createIndex(`acme_certificate_by_${column}`)
          .on('acme_certificate')
          .columns([column])
          .execute();
      }
    },
  },
};

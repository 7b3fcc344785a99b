import type { Authority } from '../../aws/authority/authority.ts';
import type { AuditNotes, Call } from '../../aws/call.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../vault-client/vault.ts';

/** What the authority needs of a call. A whole `Call` fits. */
export type CaCall = Pick<Call, 'principal' | 'clock' | 'random' | 'change'> & {
  readonly audit: Pick<AuditNotes, 'receipt' | 'additional'>;
};

/** An authority that did not exist before. */
export interface AuthorityNews {
  readonly role: 'root' | 'intermediate';
  readonly generation: number;
  /** ISO 8601. */
  readonly notAfter: string;
  /** Of its certificate, hex. */
  readonly sha256: string;
}

export interface PrivateCaPorts {
  readonly vault: Pick<Vault, 'generateCaKey' | 'signCertificate' | 'signCrl'>;
  /** Of the rows of authorities. */
  readonly authority: Authority;
  readonly clock: Clock;
  /** Where revocation lists are found, without the last part: `http://127.0.0.1:4580/crl`. */
  readonly crlBaseUrl: string;
  /** Told of each authority once it is there: of a new root clients have to learn. It must not throw. */
  readonly announce: (news: AuthorityNews) => void;
  /**
   * What the authority does by itself and not on a call: runs `work`, commits its Change with an audit record that
   * holds the receipts, and runs it again when a guard failed. Resolves after the commit.
   * @param eventName of the record
   */
  readonly run: <T>(eventName: string, work: (call: CaCall) => Promise<T>) => Promise<T>;
}
